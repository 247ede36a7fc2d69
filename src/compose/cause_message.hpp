// SPDX-License-Identifier: MIT
// The cause of a verdict in a few words, part of a sentence: what stands behind the subject in a list.
#pragma once

#include <string>
#include <vector>

#include "fcrdns/verdict.hpp"

namespace fcrdns {

/// Of an address: "no PTR record", "mail.example.com -> 198.51.100.9", …
std::string cause_message(const Evidence& evidence, const Verdict& verdict);
/// Of a host name without an address: "no address", "A lookup failed: SERVFAIL", …
std::string no_address_message(const Verdict& verdict, const std::vector<Answer>& lookups, const Origin& origin);

}  // namespace fcrdns
