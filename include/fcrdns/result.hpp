// SPDX-License-Identifier: MIT
// Result<T>: a value, or an Error whose message is a sentence for the user; Result<T, E> where more than that is told.
// The subset of std::expected this project uses, so that a later switch is one alias.
// A failed DNS lookup is not an Error but an Answer: errors are bad input, a
// broken set-up and output that cannot be written.
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace fcrdns {

/// Why something could not be done: one sentence, printable, that names the input.
struct Error {
    std::string message;
};

template <class T, class E = Error>
class [[nodiscard]] Result {
public:
    /// A value, or an error instead of one.
    Result(T value) : state_(std::move(value)) {}
    Result(E error) : state_(std::move(error)) {}

    /// True when a value is held.
    explicit operator bool() const { return std::holds_alternative<T>(state_); }
    /// The value; only to be called when there is one.
    T& operator*() { return *std::get_if<T>(&state_); }
    const T& operator*() const { return *std::get_if<T>(&state_); }
    T* operator->() { return std::get_if<T>(&state_); }
    const T* operator->() const { return std::get_if<T>(&state_); }
    /// The error; only to be called when there is no value.
    const E& error() const { return *std::get_if<E>(&state_); }

private:
    std::variant<T, E> state_;
};

}  // namespace fcrdns
