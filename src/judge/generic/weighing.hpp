// SPDX-License-Identifier: MIT
// Weighing: which of the clues found on a name count, and which of those a person is told.
#pragma once

#include <string>
#include <vector>

#include "judge/generic/clue.hpp"

namespace fcrdns {

/// The clues that count: of those on the same text only the heaviest, of equals the shortest; none of rule `ignored`.
Clues without_overlaps(const Clues& clues, const GenericRule* ignored);
/// `kept` with the chain of numbers instead of what was found inside it, where the chain says more.
Clues with_chain(const Clues& kept, const Clue& chain);
/// What the clues weigh together. Numbers that nobody knows the meaning of count once, as the heaviest of them:
/// operators' names have several, too; and in a chain of numbers a server's word is a place of its operator's.
int sum_of(const Clues& kept);
/// A person wants few reasons: each rule once, and no hints beside what is sure. `kept` begins with the heaviest.
std::vector<GenericEvidence> evidence_of(const Clues& kept, const std::string& text);

}  // namespace fcrdns
