// SPDX-License-Identifier: MIT
// Explanations: the paragraphs under a verdict line, written for an operator with
// the bounce in hand: the cause, the reply a receiver gives, and what to do.
#pragma once

#include <string>

#include "fcrdns/render.hpp"

namespace fcrdns {

/// Why, and what a receiver answers.
void append_cause(std::string& out, const Report& report);
/// What the zones' own servers said; nothing where they were not asked.
void append_source(std::string& out, const Report& report);
/// What to publish, where, who runs that zone, and how long the old state sticks.
void append_fix(std::string& out, const Report& report, const TextOptions& options);
/// How long resolvers remember what is to be changed; empty where that is not known.
std::string memory_text(const Report& report);
/// The answers in zone-file form with TTL, server, transport and milliseconds.
void append_answers(std::string& out, const Report& report);
/// Notes that explain but do not warn.
void append_notes(std::string& out, const Report& report);

/// Which addresses of a host name could not be had: "IPv4 addresses", "IPv6 addresses" or "addresses".
std::string lacking_addresses(const Report& report);

}  // namespace fcrdns
