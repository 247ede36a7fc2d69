// SPDX-License-Identifier: MIT
#include "cli/run/run.hpp"

#include <unistd.h>

#include "cli/parse/target.hpp"
#include "cli/run/loop.hpp"
#include "cli/run/wanted_resolver.hpp"

namespace fcrdns::cli {
namespace {

bool names_one_target(const Options& options) {
    if (options.operands.size() != 1 || options.file || options.operands.front() == "-") return false;
    const auto target = parse_target(options.operands.front(), options.limit);
    return !target || !std::holds_alternative<BlockTarget>(*target);
}

}  // namespace

Result<int> run(const Options& options, const StandardStreams& streams) {
    if (!streams.output_open && !options.quiet) return Error{"standard output is closed, so results cannot be written"};
    TargetSource source(options, streams.input_open);
    if (holds_results(options) && source.total().value_or(0) > most_held_targets) return too_many_to_hold();
    const auto resolver = wanted_resolver(options);
    if (!resolver) return resolver.error();
    const bool one_target = names_one_target(options);
    TextOptions text;
    text.color = use_color(options.color);
    text.verbose = options.verbose;
    if (options.servers.empty()) text.servers_from = resolver_configuration;
    const auto renderer = make_renderer(options, one_target, text);
    TaskOptions task_options;
    task_options.ask_ipv4 = !options.ipv6_only;
    task_options.ask_ipv6 = !options.ipv4_only;
    task_options.explain = one_target;
    if (options.helo) task_options.helo = parse_helo(*options.helo);
    task_options.compose.receivers = options.receivers;
    task_options.compose.advice = options.format != Format::text || one_target || options.verbose || options.receivers;
    Output output(STDOUT_FILENO, !options.unordered, holds_results(options));
    return Loop(options, source, **resolver, *renderer, output, task_options).run();
}

}  // namespace fcrdns::cli
