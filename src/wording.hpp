// SPDX-License-Identifier: MIT
// Wording: the small phrases that several sentences share, so that a server, a
// duration or a failed lookup is named the same way everywhere. Printable ASCII only.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "fcrdns/answer.hpp"

namespace fcrdns {

/// "no answer", "SERVFAIL", "SERVFAIL (DNSSEC Bogus)", "unreachable (Connection refused)", …
std::string failure_text(const Answer& answer);
/// "the zone of 1.113.0.203.in-addr.arpa was not found (no SOA record)": no zone or no servers of it to be asked
/// directly; empty where they were found or their lookup failed.
std::string unfound_text(const Answer& answer);
/// The server as an operator would type it after @: the port only where it is not 53.
std::string server_text(const Endpoint& server);
/// "40 s", "8 min 20 s", "10 min", "2 h 5 min", "3 days".
std::string duration_text(std::uint32_t seconds);
/// "1 name", "12 names".
std::string count_text(std::size_t count, std::string_view one, std::string_view many);
/// "a", "a and b", "a, b and c", "a, b, c and 4 more".
std::string join_some(const std::vector<std::string>& items);
/// The pieces one after the other: for what every record of a list says, where formatting would take longer.
std::string joined(std::initializer_list<std::string_view> pieces);
/// Every octet that is not printable ASCII, and the backslash, as `\DDD`; so is the second of two
/// number signs, with which several CI systems let a log line give commands (`##[`, `##vso[`).
std::string printable(std::string_view octets);
/// As printable(), cut short with "..." when it is long: for repeating input in a sentence.
std::string quoted_input(std::string_view octets);

}  // namespace fcrdns
