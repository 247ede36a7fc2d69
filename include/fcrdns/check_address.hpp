// SPDX-License-Identifier: MIT
// check_address: the whole way for one address, waiting for the answers. Programs
// with an event loop of their own keep Check and Resolver apart instead.
#pragma once

#include "fcrdns/report.hpp"
#include "fcrdns/resolver.hpp"

namespace fcrdns {

/// Asks `resolver` all that the address raises and returns when every answer is in: at the latest when its
/// tries are used up. An IPv4-mapped address is checked as its IPv4 address.
Report check_address(Resolver& resolver, const IpAddress& address, const ComposeOptions& options = {});

}  // namespace fcrdns
