// SPDX-License-Identifier: MIT
// Numbers in names that can stand for an octet of an IPv4 address.
#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "judge/generic/name_parts.hpp"

namespace fcrdns {

/// The four octets of an address, as numbers.
using Octets = std::array<unsigned, 4>;

/// The value of one to three digits, at most 255.
inline std::optional<unsigned> octet_value(std::string_view digits) {
    if (digits.size() > 3) return std::nullopt;
    unsigned value = 0;
    for (const char c : digits) value = value * 10 + static_cast<unsigned>(c - '0');
    if (value > 255) return std::nullopt;
    return value;
}

/// True for a number that a letter follows directly.
inline bool precedes_letter(const NameParts& name, const Span& number) {
    return number.end < name.text().size() && is_letter(name.text()[number.end]);
}

}  // namespace fcrdns
