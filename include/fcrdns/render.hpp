// SPDX-License-Identifier: MIT
// Renderers: pure functions from reports to text. Every octet that leaves here is
// printable ASCII or LF (colour codes apart), whatever came from the DNS.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fcrdns/report.hpp"

namespace fcrdns {

struct TextOptions {
    bool color = false;
    bool verbose = false;      ///< also the answers of the DNS and the `iprev=` words
    std::string servers_from;  ///< where the servers were named, such as "/etc/resolv.conf"
};

/// One line for a list: status word, address, cause; empty for invalid input.
void append_text_line(std::string& out, const Report& report, const TextOptions& options);
/// The whole story: verdict, cause, reply, fix; one line for a clean pass, empty for invalid input.
void append_text_full(std::string& out, const Report& report, const TextOptions& options);
/// One JSON object and a line feed; `queries` fills the member of that name.
void append_json(std::string& out, const Report& report, bool queries);

/// The whole story of a report, as the program prints it for a single target.
std::string to_text(const Report& report, const TextOptions& options = {});
/// The report as one JSON object, without a line feed; `queries` adds the answers of the DNS.
std::string to_json(const Report& report, bool queries = false);

/// How many reports of each kind there were.
struct Tally {
    std::size_t pass = 0;
    std::size_t warn = 0;
    std::size_t fail = 0;
    std::size_t temporary = 0;
    std::size_t invalid = 0;
    std::size_t invalid_lines = 0;  ///< of these, those that stand in a list

    void count(const Report& report);
    std::size_t total() const { return pass + warn + fail + temporary + invalid; }
};

/// How a whole run went.
struct RunSummary {
    Tally tally;
    bool strict = false;  ///< warnings count as failures
    std::chrono::milliseconds elapsed{0};
    std::string trouble;                    ///< the first sentence about what could not be read or done; else empty
    bool interrupted = false;               ///< by a signal, before the end of the input
    std::optional<std::size_t> unfinished;  ///< targets without a result; none where it is not known how many there are
};

/// "5 addresses: 1 pass, 1 warn, 2 fail, 1 temporary", "11 of 12 addresses (interrupted): ...",
/// "2 addresses, 1 invalid line: ...".
std::string run_text(const RunSummary& summary);

/// What a monitoring core reads from a plugin's exit status (Monitoring Plugins guidelines).
enum class PluginStatus : int { ok = 0, warning = 1, critical = 2, unknown = 3 };

/// What one report calls for; `strict` makes a warning critical.
PluginStatus plugin_status(const Verdict& verdict, bool strict);
/// What the run calls for: critical beats warning beats unknown beats ok; unknown where nothing was checked.
PluginStatus plugin_status(const RunSummary& summary);
/// The place of a status in that order, 0 for the worst.
unsigned plugin_rank(PluginStatus status);
/// What it is about, and the cause: "203.0.113.1: no PTR record".
std::string cause_text(const Report& report);
/// The plugin's one line: status, the worst causes, the counts where there are several, and perfdata.
void append_nagios(std::string& out, const RunSummary& summary, const std::vector<std::string>& causes);

/// What a report is to a CI system.
enum class Annotation : std::uint8_t { none, warning, error };

/// At most this many annotations of a kind are shown by GitHub for a step.
inline constexpr std::size_t most_annotations = 10;

Annotation github_annotation(const Verdict& verdict, bool strict);
/// A workflow command of the kind, its data the cause and the records that would fix it; ends with a line feed.
std::string github_command(const Report& report, Annotation annotation);
/// The commands, at most `most_annotations` of them; where `total` is more, the last says how many more.
void append_github(std::string& out, Annotation annotation, const std::vector<std::string>& commands,
                   std::size_t total);

/// The head of a JUnit document, with the counts of its test cases.
void append_junit_head(std::string& out, const RunSummary& summary);
/// One test case; a warning is a failure with `strict`.
void append_junit_case(std::string& out, const Report& report, bool strict, const TextOptions& options);
/// The end of a JUnit document.
void append_junit_foot(std::string& out);
/// A test case with an error, for a target that an interrupted run did not come to.
void append_junit_unfinished(std::string& out, const Subject& subject);

}  // namespace fcrdns
