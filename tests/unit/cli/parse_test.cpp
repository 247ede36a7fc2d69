// SPDX-License-Identifier: MIT
// The command line: what each option means, its range, and the sentence for each mistake.
#include <string>
#include <vector>

#include "catch.hpp"
#include "cli/parse/options.hpp"

using namespace fcrdns;
using namespace fcrdns::cli;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

using Words = std::vector<std::string>;

Result<Options> parse(const Words& words) {
    std::vector<const char*> argv = {"fcrdns-check"};
    for (const std::string& word : words) argv.push_back(word.c_str());
    return parse_arguments(static_cast<int>(argv.size()), argv.data()).options;
}

Options good(const Words& words) {
    auto options = parse(words);
    INFO((options ? "" : options.error().message));
    REQUIRE(options);
    return std::move(*options);
}

std::string mistake(const Words& words) {
    const auto options = parse(words);
    return options ? "none" : options.error().message;
}

}  // namespace

TEST_CASE("the defaults") {
    const Options options = good({});
    CHECK(options.operands.empty());
    CHECK_FALSE(options.print);
    CHECK(options.servers.empty());
    CHECK(options.port == 53);
    CHECK(options.timeout == milliseconds(2000));
    CHECK(options.tries == 3);
    CHECK(options.limit == 65536);
    CHECK(options.jobs == 0);
    CHECK(options.rate == 0);
    CHECK_FALSE(options.deadline);
    CHECK_FALSE(options.wait);
    CHECK_FALSE(options.me);
    CHECK_FALSE(options.mx);
    CHECK(good({"--me", "--mx"}).me);
    CHECK(good({"--me", "--mx"}).mx);
    CHECK(options.format == Format::text);
    CHECK(options.color == ColorWhen::automatic);
}

TEST_CASE("options with a value, in all their spellings") {
    CHECK(good({"--timeout", "0.05"}).timeout == milliseconds(50));
    CHECK(good({"--timeout=60"}).timeout == milliseconds(60000));
    CHECK(good({"--tries", "10"}).tries == 10);
    CHECK(good({"--deadline", "0.1"}).deadline == milliseconds(100));
    CHECK(good({"--deadline", "3600"}).deadline == milliseconds(3600000));
    CHECK(good({"--jobs", "20000"}).jobs == 20000);
    CHECK(good({"--rate", "1000000"}).rate == 1000000);
    CHECK(good({"--limit", "4294967296"}).limit == 4294967296U);
    CHECK(good({"-p", "5353"}).port == 5353);
    CHECK(good({"--port", "65535"}).port == 65535);
    CHECK(good({"--wait", "10m"}).wait == seconds(600));
    CHECK(good({"--helo", "mail.example.com"}).helo == "mail.example.com");
    CHECK(good({"-f", "list.txt"}).file == "list.txt");
    CHECK(good({"--file=-"}).file == "-");
    CHECK(good({"--color", "always"}).color == ColorWhen::always);
    CHECK(good({"--color=never"}).color == ColorWhen::never);
    CHECK(good({"--format", "json"}).format == Format::json);
    CHECK(good({"-j"}).format == Format::json);
    CHECK(good({"--json", "--format", "json"}).format == Format::json);
}

TEST_CASE("flags") {
    const Options options = good({"-6", "--receivers", "--direct", "--strict", "--tcp", "--unordered", "-v", "-q"});
    CHECK(options.ipv6_only);
    CHECK(options.receivers);
    CHECK(options.direct);
    CHECK(options.strict);
    CHECK(options.tcp);
    CHECK(options.unordered);
    CHECK(options.verbose);
    CHECK(options.quiet);
    CHECK(good({"-4"}).ipv4_only);
    CHECK(good({"-qv"}).quiet);
    CHECK(good({"-j", "-j"}).format == Format::json);
    CHECK(good({"-h"}).print.value_or("").starts_with("Usage: fcrdns-check "));
    CHECK(good({"--version"}).print.value_or("").starts_with("fcrdns-check "));
}

TEST_CASE("operands: brackets, options after them, and what follows --") {
    CHECK(good({"203.0.113.1", "[2001:db8::1]", "-v", "mail.example.com"}).operands ==
          Words{"203.0.113.1", "[2001:db8::1]", "mail.example.com"});
    CHECK(good({"-s", "192.0.2.1", "203.0.113.1"}).operands == Words{"203.0.113.1"});
    CHECK(good({"--helo", "m.example", "203.0.113.1"}).operands == Words{"203.0.113.1"});
    CHECK(good({"-"}).operands == Words{"-"});
    CHECK(good({""}).operands == Words{""});
    CHECK(good({"--", "-1.2.3.4", "--json"}).operands == Words{"-1.2.3.4", "--json"});
    CHECK(good({"[1,2]"}).operands == Words{"[1,2]"});
    CHECK(good({"a=b", "{}", "name[203.0.113.1]"}).operands == Words{"a=b", "{}", "name[203.0.113.1]"});
}

TEST_CASE("servers: repeated, by @, and with the port of --port wherever it stands") {
    const Options options = good(
        {"-s", "192.0.2.1", "@[2001:db8::1]:5300", "203.0.113.1", "--server", "192.0.2.2:54", "@::1", "-p", "5353"});
    std::string servers;
    for (const Endpoint& server : options.servers) servers += server.to_text() + ' ';
    CHECK(servers == "192.0.2.1:5353 192.0.2.2:54 [2001:db8::1]:5300 [::1]:5353 ");
    CHECK(options.operands == Words{"203.0.113.1"});
}

TEST_CASE("mistakes: one sentence each") {
    struct Row {
        Words words;
        std::string sentence;
    };
    const std::string timeout = ": expected a number of seconds from 0.05 to 60";
    const std::vector<Row> rows = {
        {{"--timeout", "0"}, "--timeout 0" + timeout},
        {{"--timeout", "-1"}, "--timeout -1" + timeout},
        {{"--timeout", "1e9"}, "--timeout 1e9" + timeout},
        {{"--timeout", "nan"}, "--timeout nan" + timeout},
        {{"--timeout", "5s"}, "--timeout 5s" + timeout},
        {{"--timeout", "99999999999999999999"}, "--timeout 99999999999999999999" + timeout},
        {{"--timeout", ""}, "--timeout " + timeout},
        {{"--tries", "0"}, "--tries 0: expected a whole number from 1 to 10"},
        {{"--tries", "11"}, "--tries 11: expected a whole number from 1 to 10"},
        {{"--deadline", "0.05"}, "--deadline 0.05: expected a number of seconds from 0.1 to 3600"},
        {{"--jobs", "20001"}, "--jobs 20001: expected a whole number from 1 to 20000"},
        {{"--rate", "0"}, "--rate 0: expected a whole number from 1 to 1000000"},
        {{"--limit", "4294967297"}, "--limit 4294967297: expected a whole number from 1 to 4294967296"},
        {{"-p", "65536"}, "--port 65536: expected a whole number from 1 to 65535"},
        {{"--wait", "1d"}, "--wait 1d: expected a duration up to a week, such as 30, 90s, 10m or 2h"},
        {{"--color", "red"}, "--color red: expected auto, always or never"},
        {{"-s", "dns.example"}, "--server dns.example: expected a server's address: ADDR, ADDR:PORT or [ADDR]:PORT"},
        {{"@127.0.0.1:0"}, "@127.0.0.1:0: a port is 1 to 65535"},
        {{"@"}, "@: expected a server's address: ADDR, ADDR:PORT or [ADDR]:PORT"},
        {{"--json", "--format", "text"}, "--json and --format ask for different formats"},
        {{"-4", "-6"}, "-4 and -6 exclude each other"},
        {{"--tries", "2", "--tries", "3"}, "--tries is given twice"},
        {{"-f", "a", "--file", "b"}, "--file is given twice"},
        {{"--timeout"}, "--timeout needs a value"},
        {{"--josn"}, "--josn: unknown option; did you mean --json?"},
        {{"--jsn"}, "--jsn: unknown option; did you mean --json?"},
        {{"--recievers"}, "--recievers: unknown option; did you mean --receivers?"},
        {{"--timeuot=3"}, "--timeuot=3: unknown option; did you mean --timeout?"},
        {{"--something-else"}, "--something-else: unknown option; try --help"},
        {{"-x"}, "-x: unknown option; try --help"},
        {{"-1.2.3.4"}, "-1.2.3.4: unknown option; try --help"},
        {{"--\x1b[2J"}, "--\\027[2J: unknown option; try --help"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.words);
        CHECK(mistake(row.words) == row.sentence);
    }
    CHECK(mistake({"--format", "xml"}).starts_with("--format xml: expected text"));
    for (const std::string value : {"yes", "1", "false", "true", ""}) {
        CHECK(mistake({"--json=" + value}) == "--json takes no value");
    }
    CHECK(mistake({"--helo=", "192.0.2.1"}) == "--helo needs a value");
    CHECK(mistake({"--tries", "2", "--tries", "3", "--port"}) == "--port needs a value");
    CHECK(mistake({std::string("--") + std::string(100000, 'x')}).size() < 200);
}

TEST_CASE("a plugin's output is asked for, whether or not the rest can be parsed") {
    const auto asks = [](const Words& words) {
        std::vector<const char*> argv = {"fcrdns-check"};
        for (const std::string& word : words) argv.push_back(word.c_str());
        return parse_arguments(static_cast<int>(argv.size()), argv.data()).plugin;
    };
    CHECK(asks({"--format", "nagios", "192.0.2.1"}));
    CHECK(asks({"--format=nagios"}));
    CHECK(asks({"--json=1", "--format", "nagios"}));
    CHECK(asks({"--no-such-option", "--format", "nagios"}));
    CHECK(asks({"--tries", "0", "--format", "nagios", "--timeout"}));
    CHECK_FALSE(asks({"192.0.2.1"}));
    CHECK_FALSE(asks({"--helo", "--format", "nagios"}));
    CHECK_FALSE(asks({"--", "--format", "nagios"}));
}

TEST_CASE("the usage text begins the help text") {
    const std::string help = good({"--help"}).print.value_or("");
    CHECK(help.starts_with("Usage: fcrdns-check [OPTION]... TARGET... [@SERVER]\n"));
    CHECK(help.ends_with('\n'));
    const std::string usage = usage_text(false);
    CHECK(usage.find("Example: fcrdns-check 203.0.113.1\n") != std::string::npos);
    CHECK(usage.ends_with("Try --help for all options.\n"));
    CHECK(usage.find("standard input") == std::string::npos);
    CHECK(usage_text(true).find("\nTo read a list from standard input: fcrdns-check -\n") != std::string::npos);
    CHECK(help.starts_with(usage.substr(0, usage.find("Example"))));
}
