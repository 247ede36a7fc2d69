// SPDX-License-Identifier: MIT
// Letters: ASCII words compared without regard to case, whatever the locale.
#pragma once

#include <algorithm>
#include <string_view>

#include "fcrdns/dns_name.hpp"

namespace fcrdns::refusal {

constexpr bool is_alnum(char c) {
    return is_digit(c) || is_letter(c);
}
constexpr bool is_hex_digit(char c) {
    return is_digit(c) || (to_lower(c) >= 'a' && to_lower(c) <= 'f');
}

/// True when `text` is `lower`, which is in lower case.
inline bool same_word(std::string_view lower, std::string_view text) {
    return std::equal(lower.begin(), lower.end(), text.begin(), text.end(),
                      [](char a, char b) { return a == to_lower(b); });
}
/// True when `text` begins with `lower`, which is in lower case.
inline bool starts_with_word(std::string_view text, std::string_view lower) {
    return text.size() >= lower.size() && same_word(lower, text.substr(0, lower.size()));
}
/// True when `lower`, which is in lower case, stands in `text`.
inline bool contains_word(std::string_view text, std::string_view lower) {
    return std::search(text.begin(), text.end(), lower.begin(), lower.end(),
                       [](char a, char b) { return to_lower(a) == b; }) != text.end();
}

}  // namespace fcrdns::refusal
