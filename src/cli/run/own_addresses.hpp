// SPDX-License-Identifier: MIT
// Own addresses: what this machine sends from, as its kernel says. Nothing is sent to find out.
#pragma once

#include <string>

#include "cli/parse/options.hpp"
#include "flow/target.hpp"

namespace fcrdns::cli {

/// The item that --me stands for; `note` is a sentence about a family that is left out, empty where none is.
InputItem own_addresses(const Options& options, std::string& note);

}  // namespace fcrdns::cli
