// SPDX-License-Identifier: MIT
// Few<T>: a list that mostly has one element or none, and then allocates nothing.
// A step of a check raises one question as a rule, and a list has steps by the million.
#pragma once

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

namespace fcrdns {

template <class T>
class Few {
public:
    Few() = default;
    Few(T only) : only_(std::move(only)) {}

    void push_back(T value) {
        if (empty()) {
            only_ = std::move(value);
            return;
        }
        if (only_) {
            more_.push_back(std::move(*only_));
            only_.reset();
        }
        more_.push_back(std::move(value));
    }
    bool empty() const { return !only_ && more_.empty(); }
    std::size_t size() const { return only_ ? 1 : more_.size(); }
    T* begin() { return only_ ? &*only_ : more_.data(); }
    T* end() { return begin() + size(); }
    const T* begin() const { return only_ ? &*only_ : more_.data(); }
    const T* end() const { return begin() + size(); }
    /// The first element; only to be called when there is one.
    const T& front() const { return *begin(); }
    const T& operator[](std::size_t i) const { return begin()[i]; }

private:
    std::optional<T> only_;
    std::vector<T> more_;
};

}  // namespace fcrdns
