// SPDX-License-Identifier: MIT
// System resolver: asks the servers that the system's configuration names, or the zones' own
// servers, which those are then only asked to find.
#pragma once

#include <memory>

#include "fcrdns/resolver.hpp"

namespace fcrdns {

/// Where the system names its servers (resolv.conf(5)).
inline constexpr const char* system_configuration = "/etc/resolv.conf";

struct SystemResolverOptions {
    ResolverOptions ask = {};  ///< how; its `servers` are those of the system
    bool direct = false;       ///< ask the zones' own servers instead of a resolver's cache
};

/// A resolver over c-ares that asks the system's servers, or why there is none.
Result<std::unique_ptr<Resolver>> system_resolver(const SystemResolverOptions& options = {});

}  // namespace fcrdns
