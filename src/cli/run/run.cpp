// SPDX-License-Identifier: MIT
#include "cli/run/run.hpp"

#include <unistd.h>

#include "cli/run/loop.hpp"
#include "cli/run/wanted_resolver.hpp"
#include "fcrdns/system_resolver.hpp"

namespace fcrdns::cli {
Result<int> run(const Options& options, const StandardStreams& streams) {
    if (!streams.output_open && !options.quiet) return Error{"standard output is closed, so results cannot be written"};
    TargetSource source(options, streams.input_open);
    if (holds_results(options) && source.total().value_or(0) > most_held_targets) return too_many_to_hold();
    const auto resolver = wanted_resolver(options);
    if (!resolver) return resolver.error();
    const bool one_target = source.is_one_target();
    TextOptions text;
    text.color = use_color(options.color);
    text.verbose = options.verbose;
    if (options.servers.empty()) text.servers_from = system_configuration;
    const auto renderer = make_renderer(options, one_target, text);
    TargetCheckOptions check_options;
    check_options.ask_ipv4 = !options.ipv6_only;
    check_options.ask_ipv6 = !options.ipv4_only;
    check_options.explain = one_target;
    if (options.helo) check_options.helo = parse_helo(*options.helo);
    check_options.compose.receivers = options.receivers;
    check_options.compose.advice = options.format != Format::text || one_target || options.verbose || options.receivers;
    Output output(STDOUT_FILENO, !options.unordered, holds_results(options));
    return Loop(options, source, **resolver, *renderer, output, check_options).run();
}

}  // namespace fcrdns::cli
