// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "compose/finding_text.hpp"
#include "compose/mail_domain.hpp"
#include "compose/wording.hpp"
#include "dns/server_address.hpp"
#include "fcrdns/render.hpp"
#include "render/status_word.hpp"
#include "render/text/explain.hpp"
#include "text/paragraphs.hpp"
#include "text/phrases.hpp"

namespace fcrdns {
namespace {

void append_status(std::string& out, const Report& report, const TextOptions& options) {
    append_status_word(out, status_word(report.verdict), options.color);
    out += "  ";
}

std::string cannot_tell(const Report& report) {
    const Answer* answer = failed_lookup(report);
    if (answer == nullptr) return "cannot tell";
    std::string text = "cannot tell";
    if (!report.evidence) text += " its " + what_is_lacking(report);
    text += ": ";
    if (report.evidence && answer->question.type != RecordType::ptr) text += answer->question.name.to_text() + ": ";
    text += failure_text(*answer);
    if (report.evidence && report.evidence->deadline_reached) text += " before the deadline";
    if (answer->outcome == Outcome::not_sent) return text;
    if (answer->server) text += " from " + server_text(*answer->server);
    if (answer->tries != 0) text += fmt::format(" ({})", count_text(answer->tries, "try", "tries"));
    return text;
}

const PtrName* confirmed_name(const Report& report) {
    for (std::size_t i = 0; i < report.verdict.names.size(); ++i) {
        if (report.verdict.names[i].reason == NameReason::confirmed) return &report.evidence->names[i];
    }
    return nullptr;
}

std::string headline(const Report& report) {
    const std::string subject = subject_text(report);
    if (report.verdict.kind == VerdictKind::temperror) return subject + " -> " + cannot_tell(report);
    if (const PtrName* name = confirmed_name(report)) {
        return fmt::format("{} -> {} -> {}", subject, name->name.to_text(), subject);
    }
    return subject + " -> " + report.message;
}

// By which name the address was found.
void append_origin(std::string& out, const Report& report) {
    const std::string from = report.evidence ? origin_text(report) : std::string();
    if (!from.empty()) out.append("  [").append(from).append("]");
}

}  // namespace

void append_text_line(std::string& out, const Report& report, const TextOptions& options) {
    if (report.verdict.kind == VerdictKind::invalid) return;
    append_status(out, report, options);
    constexpr std::size_t address_columns = 15;
    const std::string subject = subject_text(report);
    out += subject;
    out.append(subject.size() < address_columns ? address_columns - subject.size() + 2 : 2, ' ');
    if (const PtrName* name = confirmed_name(report)) {
        out += name->name.to_text();
        if (has_warning(report.verdict)) out.append("  ").append(warning_words(report.verdict));
    } else {
        out += report.message;
    }
    if (const std::string from = taken_from_text(report); !from.empty()) out.append("  (").append(from).append(1, ')');
    append_origin(out, report);
    out += '\n';
}

void append_text_full(std::string& out, const Report& report, const TextOptions& options) {
    if (report.verdict.kind == VerdictKind::invalid) return;
    append_status(out, report, options);
    out += headline(report);
    const Origin& origin = report.subject.origin;
    if (origin.is_mail_host || origin.is_own) append_origin(out, report);
    out += '\n';
    const bool explain = !is_clean_pass(report.verdict);
    const bool noted = has_note_on_pass(report);
    const bool asked_the_source = report.evidence && report.evidence->ptr.source;
    if (explain || options.verbose || asked_the_source || report.receivers || report.verdict.helo || noted ||
        report.subject.taken_from) {
        out += '\n';
    }
    append_taken_from(out, report);
    if (explain) append_cause(out, report);
    append_source(out, report);
    if (explain) {
        append_fix(out, report, options);
    }
    if (explain || options.verbose || report.verdict.helo || noted) append_notes(out, report);
    if (explain) append_forward_hint(out, report);
    if (report.receivers) {
        if (!out.ends_with("\n\n")) out += '\n';
        out += receivers_table(*report.receivers);
    }
    if (options.verbose) append_answers(out, report);
    if (out.ends_with("\n\n")) out.pop_back();
}

std::string to_text(const Report& report, const TextOptions& options) {
    std::string out;
    append_text_full(out, report, options);
    return out;
}

}  // namespace fcrdns
