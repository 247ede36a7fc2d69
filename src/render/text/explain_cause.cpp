// SPDX-License-Identifier: MIT
// The cause of a verdict in words, and the reply a receiver gives.
#include <fmt/format.h>

#include <algorithm>

#include "compose/finding_text.hpp"
#include "compose/mail_domain.hpp"
#include "compose/wording.hpp"
#include "judge/findings.hpp"
#include "render/text/explain.hpp"
#include "text/paragraphs.hpp"
#include "text/phrases.hpp"
#include "text/printable.hpp"

namespace fcrdns {
namespace {

constexpr std::size_t names_shown = 5;

bool temporary(const Report& report) {
    return report.verdict.kind == VerdictKind::temperror;
}

void append_reply(std::string& out, std::string_view introduction, std::string_view reply) {
    append_paragraph(out, introduction, 2);
    out += '\n';
    append_line(out, reply, 4);
    out += '\n';
}

// What people find in their bounces instead.
void append_other_replies(std::string& out) {
    append_paragraph(out,
                     "Many receivers say 450 4.7.25 or, older, 450 4.7.1 instead; Gmail says 550-5.7.25 \"... does not "
                     "have a PTR record setup\".",
                     2);
    out += '\n';
}

std::string no_ptr_cause(const Evidence& evidence) {
    const std::string asked = evidence.ptr.question.name.to_text();
    const std::string last = ptr_owner(evidence).to_text();
    const bool exists = evidence.ptr.outcome == Outcome::nodata;
    std::string text = exists ? fmt::format("{} exists, but has no PTR record (NODATA).", last)
                              : fmt::format("Nothing is published at {} (NXDOMAIN).", last);
    if (last != asked) text += fmt::format(" {} is an alias for it (RFC 2317).", asked);
    return text;
}

std::string no_record_text(const Evidence& evidence, const PtrName& name) {
    const bool ipv4 = evidence.address.is_ipv4();
    const std::string_view record = ipv4 ? "A" : "AAAA";
    if (name.forward->outcome != Outcome::nxdomain) return fmt::format("exists, but has no {} record", record);
    return fmt::format("has no {} record (its server says NXDOMAIN, and has {} record)", record,
                       ipv4 ? "an AAAA" : "an A");
}

// What became of the name, as the predicate of a sentence.
std::string name_cause(const Evidence& evidence, const PtrName& name, NameReason reason) {
    const bool alias = name.forward && !name.forward->cname_chain.empty();
    const std::string which =
        alias ? fmt::format("is an alias for {}, which ", name.forward->final_name().to_text()) : std::string();
    switch (reason) {
        case NameReason::forward_mismatch:
            return fmt::format("{}leads to {}, not back to {}", which, addresses_text(*name.forward),
                               evidence.address.to_text());
        case NameReason::forward_nodata: return which + no_record_text(evidence, name);
        case NameReason::forward_nxdomain: return which + "does not exist in the DNS (NXDOMAIN)";
        case NameReason::forward_lookup_failed:
            return fmt::format("{}could not be looked up ({})", which, failure_text(*name.forward));
        case NameReason::not_a_hostname: return "is not a host name, so nothing can lead back";
        default: return fmt::format("was not looked up, being beyond the first {}", max_ptr_names);
    }
}

void append_name_cause(std::string& out, const Evidence& evidence, const PtrName& name, NameReason reason) {
    append_paragraph(out, fmt::format("{} {}", name.name.to_text(), name_cause(evidence, name, reason)), 4);
}

void append_name_causes(std::string& out, const Report& report) {
    const Evidence& evidence = *report.evidence;
    const auto& names = evidence.names;
    if (names.size() == 1) {
        const std::string text = name_cause(evidence, names[0], report.verdict.names[0].reason);
        append_paragraph(out, fmt::format("The PTR record names {}, which {}.", names[0].name.to_text(), text), 2);
        return;
    }
    const bool too_many = report.verdict.reason == Reason::too_many_ptr;
    append_paragraph(out,
                     fmt::format("None of the {}{} PTR names {} back to {}:",
                                 too_many ? fmt::format("first {} of the ", max_ptr_names) : "", ptr_count(evidence),
                                 temporary(report) ? "is known to lead" : "leads", evidence.address.to_text()),
                     2);
    for (std::size_t i = 0; i < std::min(names_shown, names.size()); ++i) {
        append_name_cause(out, evidence, names[i], report.verdict.names[i].reason);
    }
    if (names.size() > names_shown) append_line(out, fmt::format("and {} more", ptr_count(evidence) - names_shown), 4);
}

void append_generic(std::string& out, const Report& report, const Finding& finding) {
    const GenericJudgement& judgement = report.verdict.names[finding.names.front()].generic;
    const std::string name = report.evidence->names[finding.names.front()].name.to_text();
    const bool passes = report.verdict.kind == VerdictKind::pass;
    const bool alone = report.evidence->names.size() == 1;
    const std::string who = alone ? "the name" : "the name " + name;
    append_paragraph(out,
                     passes ? fmt::format("FCrDNS passes, but {} looks assigned by the provider:", who)
                            : fmt::format("Besides, {} looks assigned by the provider:", who),
                     2);
    std::size_t width = 0;
    for (const GenericEvidence& clue : judgement.evidence) width = std::max(width, printable(clue.text).size());
    for (const GenericEvidence& clue : judgement.evidence) {
        append_line(out, fmt::format("{:<{}}  {}", printable(clue.text), width, clue.rule->words), 4);
    }
    append_reply(out,
                 "Some receivers refuse such names: GMX with \"554-Bad DNS PTR resource record.\", mail.ru with \"550 "
                 "Sorry, we do not accept mail from hosts with dynamic IP or generic DNS PTR-records.\", others in "
                 "words such as:",
                 generic_name_reply().line());
}

void append_unconfirmed(std::string& out, const Report& report, const Finding& finding) {
    const Evidence& evidence = *report.evidence;
    append_paragraph(out, "FCrDNS passes, but not by every PTR name:", 2);
    bool definite = false;
    std::size_t own_views = 0;
    for (std::size_t i = 0; i < finding.names.size(); ++i) {
        const std::size_t at = finding.names[i];
        const NameReason reason = report.verdict.names[at].reason;
        const bool own_view = is_own_view(evidence, evidence.names[at]);
        own_views += own_view ? 1U : 0U;
        definite = definite || (!own_view && reason != NameReason::forward_lookup_failed);
        if (i < names_shown) append_name_cause(out, evidence, evidence.names[at], reason);
    }
    const std::size_t count = finding.names.size();
    if (count > names_shown) append_line(out, fmt::format("and {} more", count - names_shown), 4);
    if (own_views == count) {
        append_paragraph(out,
                         fmt::format("This machine could not ask the public DNS for {}, so nothing is known of what "
                                     "receivers see there.",
                                     count == 1 ? "that name" : "them"),
                         2);
        out += '\n';
        return;
    }
    append_reply(out, fmt::format("A receiver that looks at {} answers:", count == 1 ? "that name" : "one of them"),
                 refusal_reply(evidence.address, !definite).line());
}

std::optional<HeloRefusal> refused_helo(const Report& report, FindingCode code) {
    if (code != FindingCode::helo_not_resolving) return std::nullopt;
    return helo_refusal(*report.subject.origin.helo);
}

void append_warnings(std::string& out, const Report& report) {
    for (std::size_t i = 0; i < report.verdict.findings.size(); ++i) {
        const Finding& finding = report.verdict.findings[i];
        if (finding.severity != Severity::warning) continue;
        if (finding.code == FindingCode::generic_name) {
            append_generic(out, report, finding);
        } else if (finding.code == FindingCode::unconfirmed_ptr) {
            append_unconfirmed(out, report, finding);
        } else if (const auto refused = refused_helo(report, finding.code)) {
            append_reply(out, refused->why, refused->reply);
        } else {
            append_paragraph(out, report.findings[i].detail, 2);
            out += '\n';
        }
    }
}

// What other receivers say, for who looks for the words of a bounce.
void append_no_address(std::string& out, const Report& report) {
    const Origin& origin = report.subject.origin;
    const std::string name = origin.host_name->to_text();
    std::vector<std::string> types;
    if (temporary(report)) {
        for (const Answer& lookup : report.address_lookups) {
            if (!is_definite(lookup.outcome)) types.emplace_back(to_word(lookup.question.type));
        }
        if (types.empty()) types.emplace_back(to_word(RecordType::mx));
        append_paragraph(
            out,
            fmt::format("The {} {} of {} failed, so it cannot be told now which {} to check.", join_some(types),
                        types.size() == 1 ? "lookup" : "lookups", name, what_is_lacking(report)),
            2);
        out += '\n';
        return;
    }
    if (is_null_mx(origin)) {
        append_paragraph(
            out,
            fmt::format("{} takes no mail: its MX record is the null MX (RFC 7505), so there is no host to "
                        "check.",
                        name),
            2);
        out += '\n';
        return;
    }
    if (report.address_lookups.empty() && !origin.host_name->is_host_name()) {
        append_paragraph(out, name + " is no host name, so it has no address to check.", 2);
        out += '\n';
        return;
    }
    bool exists = false;
    for (const Answer& lookup : report.address_lookups) {
        exists = exists || lookup.outcome != Outcome::nxdomain;
        types.push_back(fmt::format("no {} record", to_word(lookup.question.type)));
    }
    append_paragraph(out,
                     fmt::format("{} {}: {}, so there is no address to check.", name,
                                 exists ? "has no address" : "does not exist", join_some(types)),
                     2);
    if (const auto& made = report.subject.origin.synthesised; !made.empty()) {
        std::vector<std::string> addresses;
        for (const IpAddress& address : made) addresses.push_back(address.to_text());
        append_paragraph(out, synthesised_sentence(addresses), 2);
    }
    out += '\n';
}

}  // namespace

std::string what_is_lacking(const Report& report) {
    if (report.address_lookups.empty()) return "MX hosts";
    bool ipv4 = false;
    bool ipv6 = false;
    for (const Answer& lookup : report.address_lookups) {
        if (!is_definite(lookup.outcome)) (lookup.question.type == RecordType::a ? ipv4 : ipv6) = true;
    }
    return ipv4 && ipv6 ? "addresses" : ipv4 ? "IPv4 addresses" : "IPv6 addresses";
}

void append_cause(std::string& out, const Report& report) {
    if (!report.evidence) return append_no_address(out, report);
    const Evidence& evidence = *report.evidence;
    switch (report.verdict.reason) {
        case Reason::forward_confirmed: break;
        case Reason::no_ptr: append_paragraph(out, no_ptr_cause(evidence), 2); break;
        case Reason::ptr_lookup_failed:
            append_paragraph(out,
                             fmt::format("It cannot be told now whether there is a PTR record at {}.",
                                         evidence.ptr.question.name.to_text()),
                             2);
            break;
        default: append_name_causes(out, report); break;
    }
    if (report.smtp) {
        append_reply(out, "A receiver that requires reverse DNS answers:", report.smtp->line());
        if (!temporary(report)) append_other_replies(out);
    } else if (is_own_view(evidence, report.verdict)) {
        const Answer* failed = failed_lookup(report);
        const bool asked_for_servers =
            failed != nullptr && failed->source && !failed->no_route && failed->outcome != Outcome::not_sent;
        append_paragraph(out,
                         fmt::format("{}, so nothing is known of what receivers see.",
                                     asked_for_servers ? "The zone's own servers were not found"
                                                       : "This machine could not ask the public DNS"),
                         2);
        out += '\n';
    }
    append_warnings(out, report);
}

}  // namespace fcrdns
