// SPDX-License-Identifier: MIT
// The sentences of --help around its table of options, and what is said where there is no target.
#pragma once

namespace fcrdns::cli {

inline constexpr const char* usage_lines =
    "Usage: fcrdns-check [OPTION]... TARGET... [@SERVER]\n"
    "       fcrdns-check [OPTION]... --file FILE\n";

inline constexpr const char* targets_paragraph =
    "\n"
    "TARGET is an IPv4 or IPv6 address, a host name (all its A and AAAA addresses\n"
    "are checked), a block such as 192.0.2.0/28, or - for a list on standard input.\n"
    "\n";

inline constexpr const char* help_footer =
    "Examples:\n"
    "  fcrdns-check 203.0.113.1\n"
    "  fcrdns-check --receivers --helo mail.example.com mail.example.com\n"
    "\n"
    "Exit status: 0 all pass, 1 at least one fails, 2 trouble (wrong usage, a bad\n"
    "target, output that cannot be written), 3 nothing fails, but an answer could\n"
    "not be had: try again.\n"
    "\n"
    "The manual says more: man fcrdns-check";

/// What stands behind the usage lines where there is no target at all.
inline constexpr const char* usage_example = "Example: fcrdns-check 203.0.113.1\n";
inline constexpr const char* usage_of_input = "To read a list from standard input: fcrdns-check -\n";
inline constexpr const char* usage_hint = "Try --help for all options.\n";

}  // namespace fcrdns::cli
