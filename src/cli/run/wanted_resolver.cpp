// SPDX-License-Identifier: MIT
#include "cli/run/wanted_resolver.hpp"

#include <utility>

#include "cli/exit/complain.hpp"
#include "fcrdns/authoritative_resolver.hpp"
#include "fcrdns/system_resolver.hpp"

namespace fcrdns::cli {
namespace {

Result<ResolverOptions> resolver_options(const Options& options, bool one_target) {
    ResolverOptions wanted;
    wanted.servers = options.servers;
    wanted.tcp_only = options.tcp;
    wanted.timeout = options.timeout;
    wanted.tries = options.tries;
    wanted.jobs = options.jobs;
    if (options.rate != 0) wanted.rate = make_rate_limit(options.rate);
    wanted.share_answers = !options.direct && !options.wait;
    wanted.try_tcp = one_target;
    if (!wanted.servers.empty()) return wanted;
    auto system = read_system_servers(system_configuration, options.port);
    if (!system) {
        return Error{system.error().message + "; name a resolver to ask: fcrdns-check @9.9.9.9 203.0.113.1"};
    }
    for (const std::string& warning : system->warnings) complain(warning);
    wanted.servers = std::move(system->servers);
    wanted.tcp_only = wanted.tcp_only || system->use_tcp;
    return wanted;
}

}  // namespace

Result<std::unique_ptr<Resolver>> wanted_resolver(const Options& options, bool one_target) {
    const auto how_to_ask = resolver_options(options, one_target);
    if (!how_to_ask) return how_to_ask.error();
    return options.direct ? make_authoritative_resolver(*how_to_ask, options.port)
                          : make_diagnosing_resolver(*how_to_ask);
}

}  // namespace fcrdns::cli
