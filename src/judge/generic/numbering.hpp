// SPDX-License-Identifier: MIT
// Numbering: customer, line and server numbers, codes, hardware addresses and machines'
// identifiers, which say that nobody thought of this name.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "judge/generic/clue.hpp"
#include "judge/generic/name_parts.hpp"

namespace fcrdns {

/// Three or more numbers strung together: slot, port and line of a place in a network.
std::optional<Clue> number_chain(const NameParts& name);

/// How many digits a number has without the zeros before it; 0 for zero.
std::size_t unpadded_size(std::string_view digits);

/// Operators name hosts by the year of the system: srv2019.
bool is_year(std::string_view digits);

/// Adds the clues that the numbers of the name are, whatever the address.
void find_numbering(const NameParts& name, Clues& clues);

}  // namespace fcrdns
