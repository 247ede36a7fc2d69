// SPDX-License-Identifier: MIT
// What all fuzz targets share: an input that is eaten from the front, and a demand
// that ends the process, so that libFuzzer and the replay of the corpus both see it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <span>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace fcrdns::fuzz {

inline void demand(bool holds, std::string_view what) {
    if (holds) return;
    std::fprintf(stderr, "broken: %.*s\n", static_cast<int>(what.size()), what.data());
    std::abort();
}

inline bool is_printable(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

class Input {
public:
    Input(const std::uint8_t* data, std::size_t size) : rest_(data, size) {}

    bool empty() const { return rest_.empty(); }
    std::uint8_t octet() {
        if (rest_.empty()) return 0;
        const std::uint8_t first = rest_.front();
        rest_ = rest_.subspan(1);
        return first;
    }
    std::span<const std::uint8_t> take(std::size_t count) {
        const auto taken = rest_.first(std::min(count, rest_.size()));
        rest_ = rest_.subspan(taken.size());
        return taken;
    }
    std::span<const std::uint8_t> take_rest() { return take(rest_.size()); }
    /// As many octets as the next one says.
    std::string_view text() { return as_text(take(octet())); }

    static std::string_view as_text(std::span<const std::uint8_t> octets) {
        return {reinterpret_cast<const char*>(octets.data()), octets.size()};
    }

private:
    std::span<const std::uint8_t> rest_;
};

}  // namespace fcrdns::fuzz
