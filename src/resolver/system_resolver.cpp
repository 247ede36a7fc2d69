// SPDX-License-Identifier: MIT
#include "fcrdns/system_resolver.hpp"

#include <utility>

#include "fcrdns/authoritative_resolver.hpp"

namespace fcrdns {

Result<std::unique_ptr<Resolver>> system_resolver(const SystemResolverOptions& options) {
    auto system = read_system_servers(system_configuration, 53);
    if (!system) return system.error();
    ResolverOptions how_to_ask = options.ask;
    how_to_ask.servers = std::move(system->servers);
    how_to_ask.tcp_only = how_to_ask.tcp_only || system->use_tcp;
    return options.direct ? make_authoritative_resolver(how_to_ask, 53) : make_diagnosing_resolver(how_to_ask);
}

}  // namespace fcrdns
