// SPDX-License-Identifier: MIT
// Numbering: customer, line and server numbers, codes, hardware addresses and machines'
// identifiers, which say that nobody thought of this name.
#pragma once

#include "generic/clue.hpp"
#include "generic/name_parts.hpp"

namespace fcrdns {

void find_numbering(const NameParts& name, Clues& clues);

}  // namespace fcrdns
