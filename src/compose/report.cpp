// SPDX-License-Identifier: MIT
#include "fcrdns/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "compose/cause_message.hpp"
#include "compose/finding_text.hpp"
#include "compose/fix.hpp"
#include "compose/fix_names.hpp"
#include "compose/mail_domain.hpp"
#include "compose/receivers/validating.hpp"
#include "fcrdns/special_use.hpp"
#include "judge/findings.hpp"
#include "text/printable.hpp"

namespace fcrdns {

std::string FixEntry::record() const {
    return record_text(owner, type, data);
}

std::string_view to_word(FixWho who) {
    switch (who) {
        case FixWho::forward_zone: return "forward_zone";
        case FixWho::reverse_zone: return "reverse_zone";
    }
    return {};
}

std::string_view to_word(FixAction action) {
    switch (action) {
        case FixAction::add: return "add";
        case FixAction::replace: return "replace";
        case FixAction::remove: return "remove";
    }
    return {};
}

Report compose(Subject subject, Evidence evidence, Verdict verdict, const ComposeOptions& options) {
    Report report;
    report.subject = std::move(subject);
    report.evidence = std::move(evidence);
    report.verdict = std::move(verdict);
    compose(report, options);
    return report;
}

void compose(Report& report, const ComposeOptions& options) {
    const Subject& subject = report.subject;
    const Evidence& evidence = *report.evidence;
    const Verdict& verdict = report.verdict;
    report.message = cause_message(evidence, verdict);
    // Where this machine's view is its own, nothing follows from it for anybody else.
    const bool own_view = is_own_view(evidence, verdict);
    const bool seen = !has_local_scope(evidence.address);
    if (options.advice && verdict.kind != VerdictKind::pass && seen && !own_view) {
        report.smtp = refusal_reply(evidence.address, verdict.kind == VerdictKind::temperror);
    }
    const bool can_be_set = seen && transition_mechanism(evidence).empty();
    if (!is_clean_pass(verdict) && can_be_set) {
        report.reverse_zone = evidence.reverse_zone;
        // A name that no server could make right is to be replaced, whatever this machine can see.
        const bool advisable =
            (!own_view || verdict.reason == Reason::forward_lookup_failed) && !looks_local(evidence.ptr);
        if (options.advice && advisable) report.fix = fix_for(evidence, verdict, subject.origin);
    }
    if (options.advice) {
        report.findings = finding_texts(evidence, verdict, subject.origin, !report.fix.empty());
    }
    // What receivers do about a name that leads back beside others may hang on one that is not known.
    const bool unknown = own_view || std::any_of(evidence.names.begin(), evidence.names.end(),
                                                 [&](const PtrName& name) { return is_own_view(evidence, name); });
    if (options.receivers && !unknown) {
        report.receivers = predict_with_validation(evidence, verdict, subject.origin);
    }
    if (verdict.kind == VerdictKind::fail) report.right_address = right_address(evidence);
}

Report compose_without_address(Subject subject, std::vector<Answer> lookups) {
    Report report;
    const Origin& origin = subject.origin;
    const bool hosts_known = !origin.is_mail_host || is_definite(origin.mx->outcome);
    const bool definite = hosts_known && std::all_of(lookups.begin(), lookups.end(),
                                                     [](const Answer& a) { return is_definite(a.outcome); });
    report.verdict.kind = definite ? VerdictKind::fail : VerdictKind::temperror;
    report.verdict.reason = definite ? Reason::no_address : Reason::address_lookup_failed;
    report.subject = std::move(subject);
    report.address_lookups = std::move(lookups);
    report.message = no_address_message(report.verdict, report.address_lookups, report.subject.origin);
    if (definite && names_mail_domain(report.subject.origin)) {
        const Finding finding{FindingCode::mail_domain, usual_severity(FindingCode::mail_domain), {}};
        report.verdict.findings = {finding};
        report.findings = {{finding.code, finding.severity, mail_domain_sentence(*report.subject.origin.mx)}};
    }
    return report;
}

Report compose_invalid(Subject subject, std::string why) {
    Report report;
    report.subject = std::move(subject);
    report.message = std::move(why);
    return report;
}

bool is_clean_pass(const Verdict& verdict) {
    return verdict.kind == VerdictKind::pass && !has_warning(verdict);
}

std::string subject_text(const Report& report) {
    if (report.evidence) return report.evidence->address.to_text();
    return report.subject.origin.host_name ? origin_text(report) : quoted_input(report.subject.input);
}

std::string subject_with_host(const Report& report) {
    const std::string subject = subject_text(report);
    const std::string from = report.evidence ? origin_text(report) : std::string();
    return from.empty() ? subject : fmt::format("{} [{}]", subject, from);
}

const Answer* failed_lookup(const Report& report) {
    if (!report.evidence) {
        const Origin& origin = report.subject.origin;
        if (origin.is_mail_host && !is_definite(origin.mx->outcome)) return origin.mx.get();
        for (const Answer& lookup : report.address_lookups) {
            if (!is_definite(lookup.outcome)) return &lookup;
        }
        return nullptr;
    }
    if (!is_definite(report.evidence->ptr.outcome)) return &report.evidence->ptr;
    const PtrName* name = failed_name(*report.evidence);
    return name == nullptr ? nullptr : &*name->forward;
}

std::string_view status_word(const Verdict& verdict) {
    switch (verdict.kind) {
        case VerdictKind::pass: return has_warning(verdict) ? "WARN" : "PASS";
        case VerdictKind::fail: return "FAIL";
        case VerdictKind::temperror: return "TEMP";
        case VerdictKind::invalid: return "INVALID";
    }
    return "";
}

}  // namespace fcrdns
