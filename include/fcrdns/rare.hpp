// SPDX-License-Identifier: MIT
// Rare<T>: a value that is mostly absent, and then costs no more than a pointer.
// Answers travel by the million; what few of them carry must not be moved with each.
// It copies its value like std::optional, of which it has the part that is used here.
#pragma once

#include <memory>
#include <optional>
#include <utility>

namespace fcrdns {

template <class T>
class Rare {
public:
    Rare() = default;
    Rare(std::nullopt_t) {}
    Rare(T value) : held_(std::make_unique<T>(std::move(value))) {}
    Rare(const Rare& other) : held_(other ? std::make_unique<T>(*other) : nullptr) {}
    Rare(Rare&&) noexcept = default;
    Rare& operator=(const Rare& other) {
        if (this != &other) *this = Rare(other);
        return *this;
    }
    Rare& operator=(Rare&&) noexcept = default;
    ~Rare() = default;

    /// Holds a value-initialised T from now on, and gives it.
    T& emplace() { return *(held_ = std::make_unique<T>()); }
    /// True when a value is held.
    explicit operator bool() const { return held_ != nullptr; }
    /// The value; only to be called when there is one.
    T& operator*() { return *held_; }
    const T& operator*() const { return *held_; }
    T* operator->() { return held_.get(); }
    const T* operator->() const { return held_.get(); }

private:
    std::unique_ptr<T> held_;
};

}  // namespace fcrdns
