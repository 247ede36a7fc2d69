// SPDX-License-Identifier: MIT
// The resolver that the options describe: the servers of the command line or of the
// system, asked as wanted, or with --direct the zones' own servers.
#pragma once

#include <memory>

#include "cli/parse/options.hpp"
#include "fcrdns/resolver.hpp"

namespace fcrdns::cli {

/// The resolver for a run, or why there is none; lines of the system's configuration that cannot be
/// used are named on standard error.
Result<std::unique_ptr<Resolver>> wanted_resolver(const Options& options, bool one_target);

}  // namespace fcrdns::cli
