// SPDX-License-Identifier: MIT
// Run: from the options to what the loop needs, and through it.
#pragma once

#include "cli/exit/terminal.hpp"
#include "cli/parse/options.hpp"

namespace fcrdns::cli {

/// Checks everything that the options name; sentences go to standard error, results to standard output.
/// The number to exit with, or the sentence that says why nothing could be checked.
Result<int> run(const Options& options, const StandardStreams& streams);

}  // namespace fcrdns::cli
