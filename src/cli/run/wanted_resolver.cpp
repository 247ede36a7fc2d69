// SPDX-License-Identifier: MIT
#include "cli/run/wanted_resolver.hpp"

#include <utility>

#include "cli/exit/complain.hpp"
#include "fcrdns/direct_resolver.hpp"

namespace fcrdns::cli {
namespace {

Result<ResolverOptions> resolver_options(const Options& options) {
    ResolverOptions wanted;
    wanted.servers = options.servers;
    wanted.tcp_only = options.tcp;
    wanted.timeout = options.timeout;
    wanted.tries = options.tries;
    wanted.jobs = options.jobs;
    wanted.rate = options.rate;
    wanted.share_answers = !options.direct && !options.wait;
    if (!wanted.servers.empty()) return wanted;
    auto system = read_system_servers(resolver_configuration, options.port);
    if (!system) return system.error();
    for (const std::string& warning : system->warnings) complain(warning);
    wanted.servers = std::move(system->servers);
    wanted.tcp_only = wanted.tcp_only || system->use_tcp;
    return wanted;
}

// The zones' own servers are asked by resolvers of their own, one for each, without recursion.
Result<std::unique_ptr<Resolver>> make_direct(const ResolverOptions& how_to_ask, std::uint16_t port) {
    auto finder = make_resolver(how_to_ask);
    if (!finder) return finder.error();
    return make_direct_resolver(
        std::move(*finder),
        [how_to_ask](const Endpoint& server) {
            ResolverOptions one = how_to_ask;
            one.servers = {server};
            one.recursion_desired = false;
            return make_resolver(one);
        },
        port);
}

}  // namespace

Result<std::unique_ptr<Resolver>> wanted_resolver(const Options& options) {
    const auto how_to_ask = resolver_options(options);
    if (!how_to_ask) return how_to_ask.error();
    return options.direct ? make_direct(*how_to_ask, options.port) : make_resolver(*how_to_ask);
}

}  // namespace fcrdns::cli
