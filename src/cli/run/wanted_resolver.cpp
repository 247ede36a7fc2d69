// SPDX-License-Identifier: MIT
#include "cli/run/wanted_resolver.hpp"

#include <utility>

#include "cli/exit/complain.hpp"
#include "fcrdns/direct_resolver.hpp"
#include "resolver/route.hpp"

namespace fcrdns::cli {
namespace {

Result<ResolverOptions> resolver_options(const Options& options, bool one_target) {
    ResolverOptions wanted;
    wanted.servers = options.servers;
    wanted.tcp_only = options.tcp;
    wanted.timeout = options.timeout;
    wanted.tries = options.tries;
    wanted.jobs = options.jobs;
    wanted.rate = options.rate;
    wanted.share_answers = !options.direct && !options.wait;
    wanted.try_tcp = one_target;
    if (!wanted.servers.empty()) return wanted;
    auto system = read_system_servers(resolver_configuration, options.port);
    if (!system) {
        return Error{system.error().message + "; name a resolver to ask: fcrdns-check @9.9.9.9 203.0.113.1"};
    }
    for (const std::string& warning : system->warnings) complain(warning);
    wanted.servers = std::move(system->servers);
    return wanted;
}

// The zones' own servers are asked by resolvers of their own, one for each, without recursion.
Result<std::unique_ptr<Resolver>> make_direct(const ResolverOptions& how_to_ask, std::uint16_t port) {
    auto resolver = make_resolver(how_to_ask);
    if (!resolver) return resolver.error();
    // A zone that does not validate has servers too.
    ResolverOptions unchecked = how_to_ask;
    unchecked.checking_disabled = true;
    auto finder = make_diagnosing_resolver(unchecked);
    if (!finder) return finder.error();
    return make_direct_resolver(
        std::move(*resolver),
        [how_to_ask](const Endpoint& server) {
            if (auto why = lack_of_route(server)) return Result<std::unique_ptr<Resolver>>(Error{std::move(*why)});
            ResolverOptions one = how_to_ask;
            one.servers = {server};
            one.recursion_desired = false;
            return make_resolver(one);
        },
        port, std::move(*finder));
}

}  // namespace

Result<std::unique_ptr<Resolver>> wanted_resolver(const Options& options, bool one_target) {
    const auto how_to_ask = resolver_options(options, one_target);
    if (!how_to_ask) return how_to_ask.error();
    return options.direct ? make_direct(*how_to_ask, options.port) : make_diagnosing_resolver(*how_to_ask);
}

}  // namespace fcrdns::cli
