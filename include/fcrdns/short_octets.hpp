// SPDX-License-Identifier: MIT
// ShortOctets: up to 255 octets as a value that allocates nothing while they are few.
// Names are copied at every step of a check, and nearly all of them fit; a million
// addresses cost noticeably less time this way than with strings.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace fcrdns {

class ShortOctets {
public:
    ShortOctets() = default;
    /// A copy of `octets`, of which there are at most 255.
    explicit ShortOctets(std::string_view octets) { assign(octets); }
    ShortOctets(const ShortOctets& other) { assign(other.view()); }
    ShortOctets(ShortOctets&& other) noexcept { take(other); }
    ShortOctets& operator=(const ShortOctets& other) {
        if (this != &other) *this = ShortOctets(other);
        return *this;
    }
    ShortOctets& operator=(ShortOctets&& other) noexcept {
        if (this == &other) return *this;
        release();
        take(other);
        return *this;
    }
    ~ShortOctets() { release(); }

    std::string_view view() const { return {data(), size_}; }
    /// The octets, to be changed in place.
    char* data() { return size_ <= room ? inline_ : heap_; }
    const char* data() const { return size_ <= room ? inline_ : heap_; }
    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }

private:
    static constexpr std::size_t room = 47;

    void assign(std::string_view octets) {
        size_ = static_cast<std::uint8_t>(octets.size());
        if (size_ > room) heap_ = new char[size_];
        if (size_ != 0) std::memcpy(data(), octets.data(), size_);
        // clang-tidy 14 takes the copy into one ShortOctets for the end of the pointer in the one beside it.
        // NOLINTNEXTLINE(clang-analyzer-cplusplus.NewDeleteLeaks)
    }
    void take(ShortOctets& other) noexcept {
        std::memcpy(inline_, other.inline_, sizeof inline_);
        size_ = other.size_;
        other.size_ = 0;
    }
    void release() noexcept {
        // clang-tidy 14 takes the end of std::optional's union for a second destructor call.
        // NOLINTNEXTLINE(clang-analyzer-cplusplus.NewDelete)
        if (size_ > room) delete[] heap_;
    }

    union {
        char inline_[room] = {};
        char* heap_;
    };
    std::uint8_t size_ = 0;
};

}  // namespace fcrdns
