// SPDX-License-Identifier: MIT
// The command line, read with CLI11 as a tokenizer only: help text, sentences and
// exit codes are ours, so that they are the same with every version of it.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>

#include "cli/parse/number.hpp"
#include "cli/parse/options.hpp"
#include "dns/server_address.hpp"
#include "help_text.hpp"
#include "text/printable.hpp"

namespace fcrdns::cli {
namespace {

using Words = std::vector<std::string>;
using Setter = Result<bool> (*)(Options&, const std::string& name, const std::string& word);

// An option that takes a value: how it is spelled, and what its word does to the options.
struct ValueOption {
    const char* names;
    bool repeatable;
    Setter set;
};

struct Flag {
    const char* names;
    void (*set)(Options&);
};

Error expected(const std::string& name, const std::string& word, std::string_view what) {
    return Error{fmt::format("{} {}: expected {}", name, quoted_input(word), what)};
}

template <class Field>
Result<bool> set_count(Field& field, const std::string& name, const std::string& word, std::uint64_t smallest,
                       std::uint64_t largest) {
    const auto number = parse_count(word, smallest, largest);
    if (!number) return expected(name, word, fmt::format("a whole number from {} to {}", smallest, largest));
    field = static_cast<Field>(*number);
    return true;
}

template <class Field>
Result<bool> set_seconds(Field& field, const std::string& name, const std::string& word, double smallest,
                         double largest) {
    const auto time = parse_seconds(word, smallest, largest);
    if (!time) return expected(name, word, fmt::format("a number of seconds from {} to {}", smallest, largest));
    field = *time;
    return true;
}

Result<bool> add_server(Options& options, const std::string& name, const std::string& word) {
    // The port is filled in by finish(), when --port is known.
    const auto server = parse_server(word, 0);
    if (!server) return Error{fmt::format("{}{}", name == "@" ? "@" : name + ' ', server.error().message)};
    options.servers.push_back(*server);
    return true;
}

Result<bool> set_wait(Options& options, const std::string& name, const std::string& word) {
    const auto duration = parse_duration(word);
    if (!duration) return expected(name, word, "a duration up to a week, such as 30, 90s, 10m or 2h");
    options.wait = *duration;
    return true;
}

Result<bool> set_format(Options& options, const std::string& name, const std::string& word) {
    constexpr std::array<std::pair<std::string_view, Format>, 5> formats = {{{"text", Format::text},
                                                                             {"json", Format::json},
                                                                             {"junit", Format::junit},
                                                                             {"nagios", Format::nagios},
                                                                             {"github", Format::github}}};
    for (const auto& [spelled, format] : formats) {
        if (word != spelled) continue;
        options.format = format;
        return true;
    }
    return expected(name, word, "text, json, junit, nagios or github");
}

Result<bool> set_color(Options& options, const std::string& name, const std::string& word) {
    if (word == "auto") {
        options.color = ColorWhen::automatic;
    } else if (word == "always") {
        options.color = ColorWhen::always;
    } else if (word == "never") {
        options.color = ColorWhen::never;
    } else {
        return expected(name, word, "auto, always or never");
    }
    return true;
}

constexpr std::uint64_t largest_block = std::uint64_t{1} << 32U;

// The one table of options with a value; the help text is checked against the parser that it builds.
constexpr std::array<ValueOption, 13> value_options = {{
    {"-f,--file", false,
     [](Options& o, const std::string&, const std::string& w) -> Result<bool> { return o.file = w, true; }},
    {"--limit", false,
     [](Options& o, const std::string& n, const std::string& w) { return set_count(o.limit, n, w, 1, largest_block); }},
    {"--helo", false,
     [](Options& o, const std::string&, const std::string& w) -> Result<bool> { return o.helo = w, true; }},
    {"--wait", false, set_wait},
    {"-s,--server", true, add_server},
    {"-p,--port", false,
     [](Options& o, const std::string& n, const std::string& w) { return set_count(o.port, n, w, 1, 65535); }},
    {"--timeout", false,
     [](Options& o, const std::string& n, const std::string& w) { return set_seconds(o.timeout, n, w, 0.05, 60); }},
    {"--tries", false,
     [](Options& o, const std::string& n, const std::string& w) { return set_count(o.tries, n, w, 1, 10); }},
    {"--deadline", false,
     [](Options& o, const std::string& n, const std::string& w) { return set_seconds(o.deadline, n, w, 0.1, 3600); }},
    {"--jobs", false,
     [](Options& o, const std::string& n, const std::string& w) { return set_count(o.jobs, n, w, 1, 20000); }},
    {"--rate", false,
     [](Options& o, const std::string& n, const std::string& w) { return set_count(o.rate, n, w, 1, 1000000); }},
    {"--format", false, set_format},
    {"--color", false, set_color},
}};

constexpr std::array<Flag, 12> flags = {{
    {"-4", [](Options& o) { o.ipv4_only = true; }},
    {"-6", [](Options& o) { o.ipv6_only = true; }},
    {"--receivers", [](Options& o) { o.receivers = true; }},
    {"--direct", [](Options& o) { o.direct = true; }},
    {"--strict", [](Options& o) { o.strict = true; }},
    {"--tcp", [](Options& o) { o.tcp = true; }},
    {"-j,--json", [](Options& o) { o.format = Format::json; }},
    {"--unordered", [](Options& o) { o.unordered = true; }},
    {"-v,--verbose", [](Options& o) { o.verbose = true; }},
    {"-q,--quiet", [](Options& o) { o.quiet = true; }},
    {"-h,--help", [](Options& o) { o.action = Action::help; }},
    {"-V,--version", [](Options& o) { o.action = Action::version; }},
}};

std::string long_name(std::string_view names) {
    const std::size_t comma = names.find(',');
    return std::string(comma == std::string_view::npos ? names : names.substr(comma + 1));
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j < row.size(); ++j) row[j] = j;
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0]++;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t replaced = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({replaced, row[j] + 1, row[j + 1] + 1});
        }
    }
    return row.back();
}

Error unknown_option(const std::string& word) {
    const std::string given = word.substr(0, std::min<std::size_t>(word.find('='), 40));
    std::string nearest;
    std::size_t best = std::min<std::size_t>(4, given.size() - 2);  // further away it is another word, not a slip
    const auto consider = [&](const char* names) {
        const std::string name = long_name(names);
        const bool cut_short = name.starts_with(given);
        const std::size_t distance = cut_short ? 0 : edit_distance(given, name);
        if (name.size() > 2 && given.size() > 3 && distance < best) {
            best = distance;
            nearest = name;
        }
    };
    for (const ValueOption& option : value_options) consider(option.names);
    for (const Flag& flag : flags) consider(flag.names);
    const std::string hint = nearest.empty() ? "try --help" : fmt::format("did you mean {}?", nearest);
    return Error{fmt::format("{}: unknown option; {}", quoted_input(word), hint)};
}

// CLI11 names the option first and then says in its own words, which differ by version, what is wrong.
Error in_our_words(const CLI::ParseError& error) {
    const std::string message = error.what();
    if (error.get_name() == "ArgumentMismatch") {
        return Error{fmt::format("{} needs a value", message.substr(0, message.find(':')))};
    }
    return Error{printable(message)};
}

// Where no argument may be one, as mostly, CLI11 is not asked: to tell it all options takes longer than all else that
// the program does for one address.
bool may_be_option(const std::string& argument) {
    return argument.size() > 1 && argument.front() == '-';
}

// CLI11 takes the next word as the value where nothing follows the `=`, and complains of a
// value given to a flag in words of its own.
std::optional<Error> misused_equals_sign(const std::string& word) {
    const std::size_t equals = word.find('=');
    if (!word.starts_with("--") || equals == std::string::npos) return std::nullopt;
    const std::string name = word.substr(0, equals);
    const auto is_named = [&](const auto& option) { return long_name(option.names) == name; };
    if (std::any_of(flags.begin(), flags.end(), is_named)) return Error{name + " takes no value"};
    const bool empty = equals + 1 == word.size();
    if (empty && std::any_of(value_options.begin(), value_options.end(), is_named))
        return Error{name + " needs a value"};
    return std::nullopt;
}

// What CLI11 leaves over: targets, @servers, and options that it does not know.
Result<bool> take_operands(Options& options, const std::vector<std::string>& rest) {
    bool operands_only = false;
    for (const std::string& word : rest) {
        if (!operands_only && word == "--") {
            operands_only = true;
        } else if (!operands_only && word.size() > 1 && word.front() == '-') {
            return unknown_option(word);
        } else if (!word.empty() && word.front() == '@') {
            if (auto added = add_server(options, "@", word.substr(1)); !added) return added.error();
        } else {
            options.operands.push_back(word);
        }
    }
    return true;
}

Result<bool> finish(Options& options, bool json_flag, bool format_given) {
    if (options.ipv4_only && options.ipv6_only)
        return Error{"-4 and -6 exclude each other; leave out both for all addresses"};
    if (json_flag && format_given && options.format != Format::json)
        return Error{"--json and --format ask for different formats"};
    for (Endpoint& server : options.servers) {
        if (server.port == 0) server.port = options.port;
    }
    // Monitoring cores stop a plugin after 10 s and then know nothing at all.
    if (options.format == Format::nagios && !options.deadline) options.deadline = std::chrono::seconds(8);
    return true;
}

}  // namespace

Result<Options> parse_arguments(int argc, const char* const* argv) {
    const std::vector<std::string> arguments(argv + std::min(argc, 1), argv + argc);
    if (std::none_of(arguments.begin(), arguments.end(), may_be_option)) {
        Options options;
        if (auto taken = take_operands(options, arguments); !taken) return taken.error();
        if (auto finished = finish(options, false, false); !finished) return finished.error();
        return options;
    }
    for (int i = 1; i < argc && argv[i] != std::string_view("--"); ++i) {
        if (const auto misused = misused_equals_sign(argv[i])) return *misused;
    }
    CLI::App app;
    app.set_help_flag("");
    app.allow_extras();
    std::array<Words, value_options.size()> words;
    for (std::size_t i = 0; i < value_options.size(); ++i) {
        app.add_option(value_options[i].names, words[i])->allow_extra_args(false);
    }
    std::array<const CLI::Option*, flags.size()> given_flags{};
    for (std::size_t i = 0; i < flags.size(); ++i) {
        given_flags[i] = app.add_flag(flags[i].names)->disable_flag_override();
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return in_our_words(error);
    }

    Options options;
    bool format_given = false;
    bool json_flag = false;
    for (std::size_t i = 0; i < flags.size(); ++i) {
        if (given_flags[i]->count() == 0) continue;
        flags[i].set(options);
        json_flag = json_flag || long_name(flags[i].names) == "--json";
    }
    for (std::size_t i = 0; i < value_options.size(); ++i) {
        const std::string name = long_name(value_options[i].names);
        if (words[i].size() > 1 && !value_options[i].repeatable) return Error{fmt::format("{} is given twice", name)};
        for (const std::string& word : words[i]) {
            if (auto set = value_options[i].set(options, name, word); !set) return set.error();
        }
        format_given = format_given || (name == "--format" && !words[i].empty());
    }
    if (auto taken = take_operands(options, app.remaining()); !taken) return taken.error();
    if (auto finished = finish(options, json_flag, format_given); !finished) return finished.error();
    return options;
}

bool asks_for_nagios(int argc, const char* const* argv) {
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        if (word == "--format=nagios") return true;
        if (word == "--format" && i + 1 < argc && std::string_view(argv[i + 1]) == "nagios") return true;
    }
    return false;
}

std::string usage_text() {
    const std::string_view help = help_text_bytes;
    const std::size_t two_lines = help.find('\n', help.find('\n') + 1) + 1;
    return std::string(help.substr(0, two_lines)) + "Example: fcrdns-check 203.0.113.1\nTry --help for all options.\n";
}

std::string help_text() {
    return std::string(help_text_bytes);
}

}  // namespace fcrdns::cli
