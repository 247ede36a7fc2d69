// SPDX-License-Identifier: MIT
// Letters: what ASCII words are made of, and how they are compared, whatever the locale.
#pragma once

#include <string_view>

#include "dns/case.hpp"

namespace fcrdns::refusal {

constexpr bool is_alnum(char c) {
    return is_digit(c) || is_letter(c);
}
constexpr bool is_hex_digit(char c) {
    return is_digit(c) || (to_lower(c) >= 'a' && to_lower(c) <= 'f');
}

/// True when `text` begins with `word`.
inline bool starts_with_word(std::string_view text, std::string_view word) {
    return equals_ignoring_case(text.substr(0, word.size()), word);
}
/// True when `lower`, which is in lower case, stands in `text`.
inline bool contains_word(std::string_view text, std::string_view lower) {
    return find_ignoring_case(text, lower) != std::string_view::npos;
}

}  // namespace fcrdns::refusal
