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
/// Who could not find out, and what to do about that; nothing where every lookup had its answer.
void append_failure(std::string& out, const Report& report, const TextOptions& options);
/// Why a failed lookup does not matter: no receiver can find the name.
std::string unfindable_text(const Report& report, const TextOptions& options);
/// What to publish, where, who runs that zone, and how long caches keep the old state.
void append_fix(std::string& out, const Report& report, const TextOptions& options);
/// The options of the fix, step by step, with their records.
void append_steps(std::string& out, const Report& report);
/// Whom to give this to; nothing where there is no fix.
void append_forward_hint(std::string& out, const Report& report);
/// How long caches keep what is to be changed; empty where that is not known.
std::string caching_text(const Report& report);
/// The answers in zone-file form with TTL, server, transport and milliseconds.
void append_answers(std::string& out, const Report& report);
/// That the address of this machine is hidden, and how to find the one that receivers see.
void append_nat(std::string& out, const Report& report);
/// Notes that explain but do not warn.
void append_notes(std::string& out, const Report& report);
/// True when a note is worth reading beside a clean pass.
bool has_note_on_pass(const Report& report);

/// Where a text names the address, such as "from line 3 of bounce.eml"; empty where it was given itself.
std::string taken_from_text(const Report& report);
/// The same as a paragraph, and what the text means for the verdict.
void append_taken_from(std::string& out, const Report& report);

/// What of a name could not be had: "IPv4 addresses", "IPv6 addresses", "addresses" or "MX hosts".
std::string what_is_lacking(const Report& report);

}  // namespace fcrdns
