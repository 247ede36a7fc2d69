// SPDX-License-Identifier: MIT
// ASCII compared without regard to case, whatever the locale.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "fcrdns/dns_name.hpp"

namespace fcrdns {

/// True when both are the same but for the case of letters.
inline bool equals_ignoring_case(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    return a == b ||
           std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return to_lower(x) == to_lower(y); });
}
/// Where `lower`, which is in lower case, first stands in `text`; npos where it does not.
inline std::size_t find_ignoring_case(std::string_view text, std::string_view lower) {
    const auto at = std::search(text.begin(), text.end(), lower.begin(), lower.end(),
                                [](char a, char b) { return to_lower(a) == b; });
    return at == text.end() ? std::string_view::npos : static_cast<std::size_t>(at - text.begin());
}

}  // namespace fcrdns
