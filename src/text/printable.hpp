// SPDX-License-Identifier: MIT
// Printable text: octets from the DNS, from files and from the command line as printable ASCII,
// so that nothing in them can speak to a terminal, a log or a CI system.
#pragma once

#include <string>
#include <string_view>

namespace fcrdns {

/// Every octet that is not printable ASCII, and the backslash, as `\DDD`; so is the second of two
/// number signs, with which several CI systems let a log line give commands (`##[`, `##vso[`).
std::string printable(std::string_view octets);
/// As printable(), cut short with "..." when it is long: for repeating input in a sentence.
std::string quoted_input(std::string_view octets);
/// `text` without blanks, tabs, CR and LF at its ends.
std::string_view without_outer_blanks(std::string_view text);

}  // namespace fcrdns
