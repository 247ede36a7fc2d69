// SPDX-License-Identifier: MIT
#include "cli/parse/given.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/parse/choices.hpp"
#include "cli/parse/help_text.hpp"
#include "cli/parse/suggestion.hpp"
#include "dns/server_address.hpp"
#include "text/printable.hpp"

namespace fcrdns::cli {
namespace {

Error unknown_option(const std::string& word, const Words& long_names) {
    const std::string nearest = nearest_name(word.substr(0, std::min<std::size_t>(word.find('='), 40)), long_names);
    const std::string hint = nearest.empty() ? "try --help" : fmt::format("did you mean {}?", nearest);
    return Error{fmt::format("{}: unknown option; {}", quoted_input(word), hint)};
}

std::optional<Error> add_server(Options& options, const std::string& word) {
    // The port is filled in when --port is known.
    const auto server = parse_server(word, 0);
    if (!server) return server.error();
    options.servers.push_back(*server);
    return std::nullopt;
}

// Targets, @servers, and options that are not known.
std::optional<Error> take_operands(Options& options, const Given& given, const Words& long_names) {
    bool operands_only = false;
    for (const std::string& word : given.operands) {
        if (!operands_only && word == "--") {
            operands_only = true;
        } else if (!operands_only && word.size() > 1 && word.front() == '-') {
            return unknown_option(word, long_names);
        } else if (!word.empty() && word.front() == '@') {
            if (const auto wrong = add_server(options, word.substr(1))) return Error{"@" + wrong->message};
        } else {
            options.operands.push_back(word);
        }
    }
    return std::nullopt;
}

}  // namespace

std::optional<Error> complete(Options& options, const Given& given, const Words& long_names) {
    for (const std::string& word : given.servers) (void)add_server(options, word);
    for (const std::string& word : given.reports) options.reports.push_back(*report_file(word));
    if (auto wrong = take_operands(options, given, long_names)) return wrong;
    if (given.json && given.format && options.format != Format::json)
        return Error{"--json and --format ask for different formats"};
    if (given.json) options.format = Format::json;
    for (Endpoint& server : options.servers) {
        if (server.port == 0) server.port = options.port;
    }
    // Monitoring cores stop a plugin after 10 s and then know nothing at all.
    if (options.format == Format::nagios && !options.deadline) options.deadline = std::chrono::seconds(8);
    return std::nullopt;
}

std::string usage_text(bool input_waits) {
    return std::string(usage_lines) + usage_example + (input_waits ? usage_of_input : "") + usage_hint;
}

}  // namespace fcrdns::cli
