// SPDX-License-Identifier: MIT
// Findings in words: one sentence for each, and the two or three words of a list line.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fcrdns/report.hpp"

namespace fcrdns {

/// Why a receiver refuses a HELO name by its form alone, and its reply.
struct HeloRefusal {
    std::string_view why;
    std::string reply;
};

/// One sentence per finding of the verdict, in its order.
std::vector<FindingText> finding_texts(const Evidence& evidence, const Verdict& verdict, const Origin& origin);
/// What the addresses are that a resolver has made of A records.
std::string synthesised_sentence(const std::vector<std::string>& addresses);
/// What a strict receiver says to the name; none where it has to look it up.
std::optional<HeloRefusal> helo_refusal(const Helo& helo);
/// A few words for a line in a list, such as "generic name".
std::string_view short_words(FindingCode code);
/// Those of every warning, with commas between them.
std::string warning_words(const Verdict& verdict);

}  // namespace fcrdns
