// SPDX-License-Identifier: MIT
// Numbers on the command lines of the benchmark's tools.
#pragma once

#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <system_error>

namespace bench {

/// The number that the word is. Another word ends the program: a benchmark of a misread world is worth nothing.
template <class T>
T number(std::string_view word) {
    T value{};
    const char* const end = word.data() + word.size();
    const auto [rest, error] = std::from_chars(word.data(), end, value);
    if (error != std::errc{} || rest != end) {
        (void)std::fprintf(stderr, "not a number, or out of range: %.*s\n", static_cast<int>(word.size()), word.data());
        std::exit(2);
    }
    return value;
}

}  // namespace bench
