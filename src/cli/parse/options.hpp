// SPDX-License-Identifier: MIT
// Options: what the command line said, checked, and nothing else.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fcrdns/answer.hpp"
#include "fcrdns/result.hpp"

namespace fcrdns::cli {

enum class Format : std::uint8_t { text, json, junit, nagios, github, markdown };
enum class ColorWhen : std::uint8_t { automatic, always, never };

/// A report that is written to a file beside what goes to standard output.
struct ReportFile {
    Format format = Format::json;
    std::string path;
};

struct Options {
    std::optional<std::string> print;  ///< what --help or --version asks to be printed instead of checking anything

    std::vector<std::string> operands;  ///< targets as written; "-" is standard input
    std::optional<std::string> file;
    std::optional<std::string> bounce;  ///< a text that names refused clients
    bool me = false;                    ///< the addresses that this machine sends from
    bool mx = false;                    ///< host names are mail domains
    bool ipv4_only = false;
    bool ipv6_only = false;
    std::uint64_t limit = 65536;

    std::optional<std::string> helo;
    bool receivers = false;
    bool direct = false;
    bool strict = false;
    std::optional<std::chrono::seconds> wait;

    std::vector<Endpoint> servers;  ///< empty: those of the system
    std::uint16_t port = 53;
    bool tcp = false;
    std::chrono::milliseconds timeout{2000};
    unsigned tries = 3;
    std::optional<std::chrono::milliseconds> deadline;
    std::size_t jobs = 0;
    std::size_t rate = 0;

    Format format = Format::text;
    bool unordered = false;
    bool summary = false;
    std::vector<ReportFile> reports;
    bool verbose = false;
    bool quiet = false;
    ColorWhen color = ColorWhen::automatic;
};

struct CommandLine {
    Result<Options> options;  ///< or the sentence for standard error
    bool plugin = false;      ///< a monitoring plugin's output is asked for, whether or not the rest can be parsed
};

/// What the arguments ask for.
CommandLine parse_arguments(int argc, const char* const* argv);
/// What stands on standard error when there is no target at all; `input_waits` where standard input has something.
std::string usage_text(bool input_waits);

}  // namespace fcrdns::cli
