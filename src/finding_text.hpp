// SPDX-License-Identifier: MIT
// Findings in words: one sentence for each, and the two or three words of a list line.
#pragma once

#include <string_view>
#include <vector>

#include "fcrdns/report.hpp"

namespace fcrdns {

/// One sentence per finding of the verdict, in its order.
std::vector<FindingText> finding_texts(const Evidence& evidence, const Verdict& verdict, const Origin& origin);
/// A few words for a line in a list, such as "generic name".
std::string_view short_words(FindingCode code);

}  // namespace fcrdns
