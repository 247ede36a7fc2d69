// SPDX-License-Identifier: MIT
// JUnit XML in the structure that the xunit plugin's junit-10 schema describes: one
// suite, a test case per address, failures and errors with the full text inside.
#include "render/junit.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "compose/mail_domain.hpp"
#include "text/printable.hpp"

namespace fcrdns {
namespace {

enum class CaseResult : std::uint8_t { passed, failure, error };

CaseResult result_of(const Verdict& verdict, bool strict) {
    switch (verdict.kind) {
        case VerdictKind::pass: return strict && has_warning(verdict) ? CaseResult::failure : CaseResult::passed;
        case VerdictKind::fail: return CaseResult::failure;
        default: return CaseResult::error;
    }
}

// Reports are printable ASCII and line feeds, so only the markup characters are special.
std::string escaped(std::string_view text) {
    std::string safe;
    for (const char c : text) {
        switch (c) {
            case '&': safe += "&amp;"; break;
            case '<': safe += "&lt;"; break;
            case '>': safe += "&gt;"; break;
            case '"': safe += "&quot;"; break;
            default: safe += c;
        }
    }
    return safe;
}

// What a test report may group by: the reason, or the first warning where warnings count.
std::string_view type_of(const Verdict& verdict) {
    return verdict.kind == VerdictKind::pass ? to_word(verdict.findings.front().code) : to_word(verdict.reason);
}

std::string seconds_text(std::chrono::milliseconds time) {
    return fmt::format("{}.{:03}", time.count() / 1000, time.count() % 1000);
}

// The PTR lookup, then the forward lookups, which are asked at the same time.
std::chrono::milliseconds time_of(const Report& report) {
    if (!report.evidence) return std::chrono::milliseconds(0);
    std::chrono::microseconds forward{0};
    for (const PtrName& name : report.evidence->names) {
        if (name.forward) forward = std::max(forward, name.forward->elapsed);
    }
    return std::chrono::round<std::chrono::milliseconds>(report.evidence->ptr.elapsed + forward);
}

std::string name_of(const Report& report) {
    const std::string subject = subject_text(report);
    const std::string from = report.evidence ? origin_text(report) : std::string();
    return from.empty() ? subject : fmt::format("{} {}", from, subject);
}

std::string full_text(const Report& report, const TextOptions& options) {
    TextOptions plain = options;
    plain.color = false;
    std::string story;
    append_text_full(story, report, plain);
    return story;
}

// Of what has no report.
std::string error_case(std::string_view name, std::string_view type, std::string_view message) {
    return fmt::format(
        "<testcase classname=\"fcrdns-check\" name=\"{}\" time=\"0.000\">\n"
        "<error type=\"{}\" message=\"{}\"/>\n</testcase>\n",
        escaped(name), type, escaped(message));
}

}  // namespace

void append_junit_head(std::string& out, const RunSummary& summary) {
    const Tally& tally = summary.tally;
    const std::size_t further = summary.unfinished.value_or(0) + (summary.trouble.empty() ? 0U : 1U);
    const std::string attributes =
        fmt::format(R"(name="fcrdns-check" tests="{}" failures="{}" errors="{}" time="{}")", tally.total() + further,
                    tally.fail + (summary.strict ? tally.warn : 0), tally.temporary + tally.invalid + further,
                    seconds_text(summary.elapsed));
    out += fmt::format("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites {0}>\n<testsuite {0}>\n", attributes);
}

void append_junit_case(std::string& out, const Report& report, bool strict, const TextOptions& options) {
    out += fmt::format(R"(<testcase classname="fcrdns-check" name="{}" time="{}")", escaped(name_of(report)),
                       seconds_text(time_of(report)));
    if (is_clean_pass(report.verdict)) {
        out += "/>\n";
        return;
    }
    const CaseResult result = result_of(report.verdict, strict);
    const std::string story = escaped(full_text(report, options));
    if (result == CaseResult::passed) {
        out += fmt::format(">\n<system-out>{}</system-out>\n</testcase>\n", story);
        return;
    }
    const std::string_view element = result == CaseResult::failure ? "failure" : "error";
    out += fmt::format(">\n<{0} type=\"{1}\" message=\"{2}\">{3}</{0}>\n</testcase>\n", element,
                       type_of(report.verdict), escaped(report.message), story);
}

void append_junit_unfinished(std::string& out, const Subject& subject) {
    out += error_case(quoted_input(subject.input), "interrupted", "interrupted before there was a result");
}

void append_junit_foot(std::string& out, const RunSummary& summary) {
    if (!summary.trouble.empty()) out += error_case("input", "unreadable", summary.trouble);
    out += "</testsuite>\n</testsuites>\n";
}

}  // namespace fcrdns
