// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "render/text/explain.hpp"
#include "text/paragraphs.hpp"
#include "text/printable.hpp"

namespace fcrdns {
namespace {

// A server's own log is in hand: its reader is the receiver, and the fault is elsewhere.
std::string receiver_sentence(const Report& report) {
    switch (report.verdict.kind) {
        case VerdictKind::fail:
            return "It is a mail server's own log of a client that it refused. If that server is yours, nothing is "
                   "wrong "
                   "with it: what follows is for whoever runs that client.";
        case VerdictKind::temperror:
            return "It is a mail server's own log of a client that it refused. If that server is yours and asks this "
                   "resolver, the resolver is at fault, and the server refuses everybody.";
        case VerdictKind::pass:
            return "It is a mail server's own log of a client that it refused. If that server is yours and still "
                   "refuses "
                   "it, ask the resolver that it uses: fcrdns-check @ADDRESS " +
                   report.evidence->address.to_text();
        case VerdictKind::invalid: break;
    }
    return {};
}

}  // namespace

std::string taken_from_text(const Report& report) {
    const auto& taken = report.subject.taken_from;
    if (!taken) return {};
    if (!taken->file) return fmt::format("from line {} of the text given", taken->line);
    return fmt::format("from line {} of {}", taken->line,
                       *taken->file == "-" ? "standard input" : quoted_input(*taken->file));
}

void append_taken_from(std::string& out, const Report& report) {
    const auto& taken = report.subject.taken_from;
    if (!taken || !report.evidence) return;
    append_line(out, fmt::format("{}, {}:", report.evidence->address.to_text(), taken_from_text(report)), 2);
    append_paragraph(out, taken->words, 4);
    if (taken->refused_here) append_paragraph(out, receiver_sentence(report), 2);
    if (report.verdict.kind == VerdictKind::pass && !taken->other_cause.empty()) {
        append_paragraph(
            out, fmt::format("Note: the text gives another reason than reverse DNS: {}.", taken->other_cause), 2);
    }
    out += '\n';
}

}  // namespace fcrdns
