// SPDX-License-Identifier: MIT
// Clues: what the rules find in a name, before it is weighed. A rule is a row of
// rules.hpp; a clue says where it was met and how much it weighs there.
#pragma once

#include <algorithm>

#include "fcrdns/generic_name.hpp"
#include "judge/generic/name_parts.hpp"

namespace fcrdns {

/// How much a clue says. Clues on different parts of a name add up; `enough` makes it generic.
namespace weight {
inline constexpr int hint = 1;    ///< counts only beside others
inline constexpr int half = 2;    ///< two such make it generic
inline constexpr int enough = 3;  ///< generic unless something speaks against it
inline constexpr int sure = 6;    ///< generic even on a host with a role (www, ns, vpn)
}  // namespace weight

struct Clue {
    Span span;
    const GenericRule* rule;
    int weight;
};

inline constexpr std::size_t most_clues = 48;
using Clues = BoundedList<Clue, most_clues>;

/// True when a clue of at least this weight was found on a part of `span`.
inline bool is_covered(const Clues& clues, const Span& span, int least = weight::hint) {
    return std::any_of(clues.begin(), clues.end(),
                       [&](const Clue& clue) { return clue.weight >= least && clue.span.overlaps(span); });
}

}  // namespace fcrdns
