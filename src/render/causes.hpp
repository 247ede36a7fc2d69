// SPDX-License-Identifier: MIT
// Causes: what stands behind the results of a list, in words that name no host and no address,
// so that equal ones can be counted, or after the name of what they are about.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "fcrdns/report.hpp"

namespace fcrdns {

/// Why the address did not pass, or what was warned about, such as "no PTR record" or "generic name"; empty for a
/// clean pass and for invalid input. Of finitely many words, whatever the DNS says.
std::string cause_words(const Report& report);

/// What it is about, and the cause: "203.0.113.1: no PTR record".
std::string cause_text(const Report& report);

/// The place of a result in the order FAIL, TEMP, WARN, PASS; 0 is the worst.
unsigned severity_rank(const Verdict& verdict);

/// How often each cause was met.
class CauseCounts {
public:
    /// Counts a result; a clean pass and invalid input have no cause.
    void count(const Report& report);
    /// Appends a line for each cause with its count, worst first: "   73 no PTR record".
    void append_to(std::string& out) const;

private:
    std::map<std::pair<unsigned, std::string>, std::size_t> counts_;
};

}  // namespace fcrdns
