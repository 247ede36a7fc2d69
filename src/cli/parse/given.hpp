// SPDX-License-Identifier: MIT
// Given: the words of the command line whose meaning hangs on others, and what they come to together.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/parse/options.hpp"

namespace fcrdns::cli {

using Words = std::vector<std::string>;

/// What becomes a part of Options only when all is known.
struct Given {
    Words servers;  ///< of --server
    Words reports;  ///< of --report, each with a format and a file
    bool json = false;
    bool format = false;  ///< --format was given
    Words operands;       ///< what is no known option, in order, with `--`
};

/// Completes the options by what was given; the sentence that says what is wrong, where something is. `long_names`
/// are those of all options, of which an unknown one may be a misspelling.
std::optional<Error> complete(Options& options, const Given& given, const Words& long_names);

}  // namespace fcrdns::cli
