// SPDX-License-Identifier: MIT
#include "cli/run/run.hpp"

#include <algorithm>

#include "cli/exit/complain.hpp"
#include "cli/run/loop.hpp"
#include "cli/run/results.hpp"
#include "cli/run/wanted_resolver.hpp"
#include "fcrdns/system_resolver.hpp"

namespace fcrdns::cli {

Result<int> run(const Options& options, const StandardStreams& streams) {
    if (!streams.output_open && !options.quiet) return Error{"standard output is closed, so results cannot be written"};
    TargetSource source(options, streams.input_open);
    if (!source.note().empty() && !options.quiet) complain(source.note());
    const auto limited = limited_format(options);
    if (limited && source.total().value_or(0) > most_held_targets) return too_many_to_hold(*limited);
    const bool one_target = source.is_one_target();
    const auto resolver = wanted_resolver(options, one_target);
    if (!resolver) return resolver.error();
    TextOptions text;
    text.color = use_color(options.color);
    text.verbose = options.verbose;
    if (options.servers.empty()) text.servers_from = system_configuration;
    const auto results = Results::open(options, one_target, text);
    if (!results) return results.error();
    TargetCheckOptions check_options;
    check_options.ask_ipv4 = !options.ipv6_only;
    check_options.ask_ipv6 = !options.ipv4_only;
    const auto wants = [&](Format format) {
        return (!options.quiet && options.format == format) ||
               std::any_of(options.reports.begin(), options.reports.end(),
                           [&](const ReportFile& report) { return report.format == format; });
    };
    check_options.mail_domains = options.mx;
    check_options.look_for_mail_hosts = one_target && !options.quiet;
    check_options.explain = one_target || wants(Format::markdown);
    if (options.helo) check_options.helo = parse_helo(*options.helo);
    check_options.compose.receivers = options.receivers;
    check_options.compose.advice =
        !wants(Format::text) || !options.reports.empty() || one_target || options.verbose || options.receivers;
    return Loop(options, source, **resolver, **results, check_options).run();
}

}  // namespace fcrdns::cli
