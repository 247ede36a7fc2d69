// SPDX-License-Identifier: MIT
// The command line as CLI11 reads it: one table of options, from which parsing,
// checks and help follow. What is wrong is said in sentences of our own, so that
// they are the same with every version of CLI11. What the words given then mean
// together is given.hpp's.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <functional>

#include "cli/parse/choices.hpp"
#include "cli/parse/given.hpp"
#include "cli/parse/help_text.hpp"
#include "cli/parse/number.hpp"
#include "cli/parse/parse_target.hpp"
#include "dns/server_address.hpp"
#include "fcrdns/resolver.hpp"
#include "fcrdns/version.hpp"
#include "text/printable.hpp"

namespace fcrdns::cli {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

// Rewrites a word as the whole number that `read` makes of it. CLI11's own ranges also take nan, blanks, octal and
// hexadecimal numbers.
template <class Read>
CLI::Validator number(const std::string& expected, Read read) {
    const auto rewrite = [expected, read](std::string& word) {
        const auto value = read(word);
        if (!value) return fmt::format("{}: expected {}", quoted_input(word), expected);
        word = std::to_string(*value);
        return std::string();
    };
    return CLI::Validator(rewrite, "");
}

CLI::Validator whole_number(std::uint64_t smallest, std::uint64_t largest) {
    return number(fmt::format("a whole number from {} to {}", smallest, largest),
                  [=](const std::string& word) { return parse_count(word, smallest, largest); });
}

template <class Duration>
std::optional<std::int64_t> count_of(const std::optional<Duration>& time) {
    return time ? std::optional<std::int64_t>(time->count()) : std::nullopt;
}

CLI::Validator milliseconds_of(double smallest, double largest) {
    return number(fmt::format("a number of seconds from {} to {}", smallest, largest),
                  [=](const std::string& word) { return count_of(parse_seconds(word, smallest, largest)); });
}

CLI::Validator seconds_of_duration() {
    return number("a duration up to a week, such as 30, 90s, 10m or 2h",
                  [](const std::string& word) { return count_of(parse_duration(word)); });
}

template <class Value>
CLI::Validator one_of(const std::vector<Named<Value>>& choices) {
    const auto check = [&choices](const std::string& word) {
        if (find_named(choices, word) != nullptr) return std::string();
        return fmt::format("{}: expected {}", quoted_input(word), alternatives(choices));
    };
    return CLI::Validator(check, "");
}

CLI::Validator server_address() {
    const auto check = [](std::string& word) {
        const auto server = parse_server(word, 0);
        return server ? std::string() : server.error().message;
    };
    return CLI::Validator(check, "");
}

CLI::Validator format_and_file() {
    const auto check = [](const std::string& word) {
        if (report_file(word)) return std::string();
        return fmt::format("{}: expected FORMAT=FILE with {}", quoted_input(word), alternatives(report_formats()));
    };
    return CLI::Validator(check, "");
}

// As a script gives it whose variable is not set.
CLI::Validator not_empty(const std::string& expected) {
    const auto check = [expected](const std::string& word) {
        return word.empty() ? fmt::format(": expected {}", expected) : std::string();
    };
    return CLI::Validator(check, "");
}

// The table of options. An option's value reaches its field by way of these.
class Table {
public:
    explicit Table(CLI::App& app) : app_(app) {}

    void group(const char* name) { app_.option_defaults()->group(name); }
    CLI::Option* flag(const char* names, bool& field, const char* text) { return app_.add_flag(names, field, text); }
    CLI::Option* text(const char* names, const char* value, std::optional<std::string>& field, const char* text) {
        const auto set = [&field](const std::string& word) { field = word; };
        return app_.add_option_function<std::string>(names, set, text)->type_name(value);
    }
    template <class Field>
    CLI::Option* count(const char* names, const char* value, Field& field, const CLI::Validator& range,
                       const char* text) {
        return app_.add_option(names, field, text)->type_name(value)->transform(range);
    }
    template <class Duration, class Field>
    CLI::Option* time(const char* names, const char* value, Field& field, const CLI::Validator& range,
                      const char* text) {
        const auto set = [&field](std::int64_t count) { field = Duration(count); };
        return app_.add_option_function<std::int64_t>(names, set, text)->type_name(value)->transform(range);
    }
    template <class Value>
    CLI::Option* choice(const char* names, const char* value, Value& field, const std::vector<Named<Value>>& choices,
                        const std::string& text) {
        const auto set = [&](const std::string& word) { field = find_named(choices, word)->value; };
        return app_.add_option_function<std::string>(names, set, text)->type_name(value)->check(one_of(choices));
    }
    // Given any number of times, with one value each.
    CLI::Option* repeated(const char* names, const char* value, Words& field, const CLI::Validator& check,
                          const char* text) {
        return app_.add_option(names, field, text)->type_name(value)->allow_extra_args(false)->check(check);
    }

private:
    CLI::App& app_;
};

void add_options(CLI::App& app, Options& o, Given& given) {
    Table table(app);
    table.group("Input");
    table.text("-f,--file", "FILE", o.file, "read targets from FILE, one per line (# comments; - is stdin)");
    table.text("--bounce", "FILE", o.bounce,
               "read a bounce message or log lines (- is stdin) and check\nthe addresses that were refused in it");
    table.flag("--me", o.me, "check the addresses that this machine sends from");
    table.flag("--mx", o.mx, "host names are mail domains: check their MX hosts");
    CLI::Option* ipv4 = table.flag("-4", o.ipv4_only, "use only the IPv4 addresses of host names");
    table.flag("-6", o.ipv6_only, "use only the IPv6 addresses of host names")->excludes(ipv4);
    table
        .count("--limit", "N", o.limit, whole_number(1, std::uint64_t{1} << largest_limit_bits),
               "refuse blocks larger than N addresses")
        ->capture_default_str();

    table.group("Checks");
    table.text("--helo", "NAME", o.helo, "also compare the name your server says in EHLO")->check(not_empty("a name"));
    table.flag("--receivers", o.receivers, "show what known receivers would do");
    table.flag("--direct", o.direct, "ask the zones' own servers instead of the resolver's cache");
    table.flag("--strict", o.strict, "treat warnings as failures");
    table.time<seconds>("--wait", "DURATION", o.wait, seconds_of_duration(),
                        "check again until all pass or DURATION is over");

    table.group("DNS");
    table.repeated("-s,--server", "ADDR", given.servers, server_address(),
                   "ask this resolver: ADDR, ADDR:PORT, [ADDR]:PORT\n"
                   "(repeatable; default: those of the system); same as @ADDR");
    table.count("-p,--port", "PORT", o.port, whole_number(1, 65535), "port for servers given without one")
        ->capture_default_str();
    table.flag("--tcp", o.tcp, "use TCP only");
    table
        .time<milliseconds>("--timeout", "SEC", o.timeout, milliseconds_of(0.05, 60),
                            "wait for the first try, doubled for each further one")
        ->default_str(fmt::format("{}", static_cast<double>(o.timeout.count()) / 1000));
    table.count("--tries", "N", o.tries, whole_number(1, 10), "tries per server")->capture_default_str();
    table.time<milliseconds>("--deadline", "SEC", o.deadline, milliseconds_of(0.1, 3600), "limit for one address");
    table.count("--jobs", "N", o.jobs, whole_number(1, 20000), "questions in flight at most");
    table.count("--rate", "N", o.rate, whole_number(1, 1000000), "at most N queries per second");

    table.group("Output");
    table.flag("-j,--json", given.json, "one JSON object per line; same as --format json");
    table.choice("--format", "FORMAT", o.format, formats(), alternatives(formats()));
    table.flag("--unordered", o.unordered, "print results as they finish, not in input order");
    table.flag("--summary", o.summary, "for lists and blocks: the addresses of each cause, and a map");
    table.repeated("--report", "F=FILE", given.reports, format_and_file(),
                   "also write a report: json, junit, github or markdown");
    table.flag("-v,--verbose", o.verbose, "show the DNS answers, and details for each target");
    table.flag("-q,--quiet", o.quiet, "print no results; only set the exit status");
    table.choice("--color", "WHEN", o.color, colors(), alternatives(colors()) + " (NO_COLOR is honoured)");
    app.set_help_flag("-h,--help", "show this help");
    app.set_version_flag(
        "-V,--version", [] { return fmt::format("fcrdns-check {} (c-ares {})", version, cares_version()); },
        "show the version, and that of c-ares");
}

bool takes_value(const CLI::Option& option) {
    return option.get_items_expected_max() != 0;
}

// As usual on Unix: "-f, --file FILE", long names in a column of their own, defaults behind the text.
class HelpFormat : public CLI::Formatter {
public:
    HelpFormat() { column_width(23); }
    std::string make_usage(const CLI::App*, std::string) const override {
        return std::string(usage_lines) + targets_paragraph;
    }
    std::string make_group(std::string group, bool is_positional,
                           std::vector<const CLI::Option*> options) const override {
        std::string text = group + ":\n";
        for (const CLI::Option* option : options) text += make_option(option, is_positional);
        return text;
    }
    std::string make_option_name(const CLI::Option* option, bool) const override {
        const std::string brief = option->get_snames().empty() ? "    " : "-" + option->get_snames().front();
        if (option->get_lnames().empty()) return brief;
        return brief + (option->get_snames().empty() ? "--" : ", --") + option->get_lnames().front();
    }
    std::string make_option_opts(const CLI::Option* option) const override {
        return takes_value(*option) ? " " + option->get_type_name() : "";
    }
    std::string make_option_desc(const CLI::Option* option) const override {
        const std::string preset = option->get_default_str();
        return option->get_description() + (preset.empty() ? "" : fmt::format(" ({})", preset));
    }
};

Words long_names(const CLI::App& app) {
    Words names;
    for (const CLI::Option* option : app.get_options()) {
        for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
    return names;
}

// CLI11 takes the next word as the value where nothing follows the `=`, and makes something of a flag's value.
std::optional<Error> misused_equals_sign(const CLI::App& app, const Words& arguments) {
    for (const std::string& word : arguments) {
        if (word == "--") break;
        const std::size_t equals = word.find('=');
        if (!word.starts_with("--") || equals == std::string::npos) continue;
        const std::string name = word.substr(0, equals);
        const CLI::Option* option = app.get_option_no_throw(name);
        if (option == nullptr) continue;
        if (!takes_value(*option)) return Error{name + " takes no value"};
        if (equals + 1 == word.size()) return Error{name + " needs a value"};
    }
    return std::nullopt;
}

// CLI11 names the option first and then says in its own words, which differ by version, what is wrong.
Error in_our_words(const CLI::App& app, const CLI::ParseError& error) {
    const std::string message = error.what();
    const std::size_t colon = std::min(message.find(':'), message.size());
    const std::string name = message.substr(0, colon);
    if (error.get_name() == "ArgumentMismatch") {
        const CLI::Option* option = app.get_option_no_throw(name);
        return Error{name + (option != nullptr && option->count() > 1 ? " is given twice" : " needs a value")};
    }
    // "--tries: 0: expected ..." is what a check of ours says, behind the name.
    if (error.get_name() == "ValidationError") return Error{name + message.substr(std::min(colon + 1, message.size()))};
    constexpr std::string_view excludes = " excludes ";
    if (const std::size_t verb = message.find(excludes); verb != std::string::npos) {
        return Error{fmt::format("{} and {} exclude each other", message.substr(0, verb),
                                 message.substr(verb + excludes.size()))};
    }
    return Error{printable(message)};
}

}  // namespace

CommandLine parse_arguments(int argc, const char* const* argv) {
    Words arguments(argv + std::min(argc, 1), argv + argc);
    Options options;
    Given given;
    CLI::App app("", "fcrdns-check");
    app.allow_extras();
    app.formatter(std::make_shared<HelpFormat>());
    app.footer(help_footer);
    add_options(app, options, given);

    std::optional<Error> wrong = misused_equals_sign(app, arguments);
    std::reverse(arguments.begin(), arguments.end());  // as CLI11 wants them
    try {
        app.parse(std::move(arguments));
        given.operands = app.remaining();
        given.format = app.count("--format") != 0;
        if (!wrong) wrong = complete(options, given, long_names(app));
    } catch (const CLI::CallForHelp&) {
        options.print = app.help();
    } catch (const CLI::CallForVersion& call) {
        options.print = std::string(call.what()) + '\n';
    } catch (const CLI::ParseError& error) {
        if (!wrong) wrong = in_our_words(app, error);
    }
    const Words words = app.get_option("--format")->results();
    const bool plugin = std::find(words.begin(), words.end(), "nagios") != words.end();
    if (wrong) return {*wrong, plugin};
    return {std::move(options), plugin};
}

}  // namespace fcrdns::cli
