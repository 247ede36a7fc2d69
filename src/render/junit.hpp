// SPDX-License-Identifier: MIT
// JUnit XML: a report as a test case.
#pragma once

#include <string>

#include "fcrdns/render.hpp"
#include "render/tally.hpp"

namespace fcrdns {

/// The head of a JUnit document, with the counts of its test cases.
void append_junit_head(std::string& out, const RunSummary& summary);
/// One test case; a warning is a failure with `strict`.
void append_junit_case(std::string& out, const Report& report, bool strict, const TextOptions& options);
/// The end of a JUnit document; before it a test case with an error, where something could not be read.
void append_junit_foot(std::string& out, const RunSummary& summary);
/// A test case with an error, for a target that an interrupted run did not come to.
void append_junit_unfinished(std::string& out, const Subject& subject);

}  // namespace fcrdns
