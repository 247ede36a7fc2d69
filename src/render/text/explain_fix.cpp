// SPDX-License-Identifier: MIT
// What to do about a verdict, in words.
#include <fmt/format.h>

#include "compose/fix_names.hpp"
#include "compose/mail_domain.hpp"
#include "compose/wording.hpp"
#include "fcrdns/special_use.hpp"
#include "render/text/explain.hpp"
#include "text/paragraphs.hpp"
#include "text/phrases.hpp"

namespace fcrdns {
namespace {

constexpr std::string_view over_ipv4_only =
    "send over IPv4 only until then (Postfix: inet_protocols = ipv4; Exim: disable_ipv6 = true)";

// Of an MX host that gave no address.
void append_no_mail_host(std::string& out, const Origin& origin) {
    const std::string domain = origin.mx->question.name.to_text();
    if (is_null_mx(origin)) {
        append_paragraph(out, fmt::format("If mail is sent from {}, give the host that sends it.", domain), 2);
    } else if (origin.mx->outcome != Outcome::records) {
        append_paragraph(out, "Give the host that sends the domain's mail, or that host's address.", 2);
    } else if (!origin.host_name->is_host_name()) {
        append_paragraph(out, fmt::format("Remove the MX record of {} that names it.", domain), 2);
    } else {
        append_paragraph(
            out,
            fmt::format("Publish its address in its zone, if it takes mail for {}; else remove the MX record "
                        "that names it.",
                        domain),
            2);
    }
}

void append_local(std::string& out, const Report& report) {
    if (is_behind_nat(report)) return append_nat(out, report);
    if (const auto& host = report.subject.origin.host_name) {
        append_paragraph(out,
                         fmt::format("If {} has a public address, this resolver shows an inside view of the DNS, or "
                                     "filters. Ask another resolver:",
                                     host->to_text()),
                         2);
        append_line(out, "fcrdns-check @ADDRESS " + host->to_text(), 4);
    }
    append_paragraph(out,
                     "No receiver outside your network sees this address. Check the one in the brackets of the "
                     "bounce. If a mail server of yours logged it for mail from outside, NAT, Docker or a tunnel in "
                     "front of it hides the sender's address.",
                     2);
}

// The host exists, and may have addresses of the family that the user left out.
bool asked_one_family(const Report& report) {
    return report.address_lookups.size() == 1 && report.address_lookups.front().outcome == Outcome::nodata;
}

void append_other_family(std::string& out, const Report& report) {
    const bool ipv4 = report.address_lookups.front().question.type == RecordType::a;
    append_paragraph(out,
                     fmt::format("Only {} addresses were looked up ({}). Leave that out to check the others; if the "
                                 "host is to have one, publish it in its zone.",
                                 ipv4 ? "IPv4" : "IPv6", ipv4 ? "-4" : "-6"),
                     2);
}

void append_no_target(std::string& out, const Report& report) {
    const Origin& origin = report.subject.origin;
    const std::string name = origin.host_name->to_text();
    if (!report.findings.empty()) return append_paragraph(out, report.findings.front().detail, 2);
    if (asked_one_family(report)) return append_other_family(out, report);
    if (origin.is_mail_host) return append_no_mail_host(out, origin);
    append_paragraph(
        out,
        fmt::format("If {} is a mail domain, give the host that sends its mail, or that host's address. If "
                    "it is the host itself, publish its address in its zone.",
                    name),
        2);
}

// The domain's own address is that of its web server, as often as not.
void append_mail_domain(std::string& out, const Report& report) {
    for (const FindingText& finding : report.findings) {
        if (finding.code != FindingCode::mail_domain) continue;
        append_paragraph(out, finding.detail, 2);
        append_paragraph(out,
                         fmt::format("What follows is needed only if {} sends mail itself; a web server needs no PTR "
                                     "record.",
                                     report.evidence->address.to_text()),
                         2);
        out += '\n';
    }
}

void append_transition(std::string& out, const Report& report) {
    const std::string_view mechanism = transition_mechanism(*report.evidence);
    if (mechanism.empty() || is_clean_pass(report.verdict)) return;
    append_paragraph(out,
                     fmt::format("This is a {} address, whose reverse DNS nobody can set. Send from another address, "
                                 "or over IPv4 only (Postfix: inet_protocols = ipv4; Exim: disable_ipv6 = true).",
                                 mechanism),
                     2);
}

// A PTR record at the host's own name is a common misreading of "add a PTR record".
void append_misplaced(std::string& out, const Evidence& evidence) {
    const auto& misplaced = evidence.ptr_at_name;
    if (!misplaced || misplaced->names.empty() || !misplaced->cname_chain.empty()) return;
    append_paragraph(out,
                     fmt::format("{} itself has a PTR record (IN PTR {}): nobody looks there. It belongs at {}.",
                                 misplaced->question.name.to_text(), misplaced->names.front().name.to_absolute_text(),
                                 ptr_owner(evidence).to_text()),
                     2);
}

void append_other_ways(std::string& out, const Report& report) {
    append_misplaced(out, *report.evidence);
    if (report.verdict.kind != VerdictKind::fail) return;
    if (report.right_address) {
        append_paragraph(
            out,
            fmt::format("Or let the server send from {}, whose reverse DNS is right.", report.right_address->to_text()),
            2);
    }
    // Where IPv4 fails too it is no way out.
    if (report.evidence->address.is_ipv4() || report.ipv4_passes == false) return;
    append_paragraph(out,
                     report.ipv4_passes
                         ? fmt::format("Mail over IPv4 is not affected: {}.", over_ipv4_only)
                         : fmt::format("Or {}, for mail over IPv4 is not touched by this.", over_ipv4_only),
                     2);
}

}  // namespace

void append_nat(std::string& out, const Report& report) {
    append_paragraph(
        out,
        fmt::format(
            "This machine sends from {}, which is no public address: NAT (a router, a firewall, or the host that "
            "this container or virtual machine runs on) puts another address in its place, and only that one "
            "is seen by receivers. This machine cannot know it. It stands in the brackets of a bounce, in a "
            "Received line of a mail that you sent to a mailbox elsewhere, and in the provider's panel. "
            "Check that one:",
            report.evidence->address.to_text()),
        2);
    append_line(out, "fcrdns-check ADDRESS", 4);
}

void append_fix(std::string& out, const Report& report, const TextOptions& options) {
    const bool temporary = report.verdict.kind == VerdictKind::temperror;
    if (report.fix.empty() || !temporary) append_failure(out, report, options);
    if (report.evidence && has_local_scope(report.evidence->address)) return append_local(out, report);
    if (temporary && report.fix.empty()) return;
    if (!report.evidence) return append_no_target(out, report);
    if (report.fix.empty()) {
        append_transition(out, report);
        return;
    }
    if (temporary) {
        append_paragraph(out, unfindable_text(report, options), 2);
        out += '\n';
    }
    append_mail_domain(out, report);
    append_steps(out, report);
    append_other_ways(out, report);
    if (const std::string caching = caching_text(report); !caching.empty()) append_paragraph(out, caching, 2);
    if (report.verdict.kind == VerdictKind::fail && !report.evidence->ptr.source) {
        append_line(out, "Already changed it? See whether it is published:", 2);
        append_line(out, "fcrdns-check --direct " + report.evidence->address.to_text(), 4);
    }
}

void append_forward_hint(std::string& out, const Report& report) {
    if (!report.fix.empty()) append_line(out, "Not your machine? Forward this to whoever runs your mail.", 2);
}

}  // namespace fcrdns
