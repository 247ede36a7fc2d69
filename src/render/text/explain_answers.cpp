// SPDX-License-Identifier: MIT
// The answers of the DNS as they came, for -v: records in zone-file form, and where they came from.
#include <fmt/format.h>

#include <algorithm>

#include "compose/mail_domain.hpp"
#include "compose/wording.hpp"
#include "render/answers_of.hpp"
#include "render/text/explain.hpp"
#include "text/paragraphs.hpp"
#include "text/phrases.hpp"

namespace fcrdns {
namespace {

std::string outcome_text(const Answer& answer) {
    if (!is_definite(answer.outcome)) return failure_text(answer);
    if (answer.outcome == Outcome::records) return "NOERROR";
    return answer.outcome == Outcome::nodata ? "NODATA" : "NXDOMAIN";
}

void append_answer(std::string& out, const Answer& answer) {
    const Question& question = answer.question;
    std::string line =
        fmt::format("; {} {}: {}", question.name.to_absolute_text(), to_word(question.type), outcome_text(answer));
    if (answer.server) {
        line +=
            fmt::format(" from {} by {}, {}, {:.1f} ms", answer.server->to_text(), to_word(answer.transport),
                        count_text(answer.tries, "try", "tries"), static_cast<double>(answer.elapsed.count()) / 1000.0);
    }
    append_line(out, line, 4);
    const auto record = [&](const DnsName& owner, std::uint32_t ttl, std::string_view type, const std::string& data) {
        append_line(out, fmt::format("{}  {}  IN {}  {}", owner.to_absolute_text(), ttl, type, data), 4);
    };
    for (const Alias& dname : answer.dnames) {
        record(dname.owner, dname.ttl, "DNAME", dname.target.to_absolute_text());
    }
    for (const Alias& alias : answer.cname_chain)
        record(alias.owner, alias.ttl, "CNAME", alias.target.to_absolute_text());
    for (const NameRecord& name : answer.names) {
        const std::string target = name.name.to_absolute_text();
        record(answer.final_name(), name.ttl, to_word(question.type),
               question.type == RecordType::mx ? fmt::format("{} {}", name.preference, target) : target);
    }
    for (const AddressRecord& address : answer.addresses) {
        record(answer.final_name(), address.ttl, to_word(question.type), address.ip.to_text());
    }
    if (const std::size_t beyond = answer.names_beyond + answer.addresses_beyond; beyond != 0) {
        append_line(out, fmt::format("and {} more, not kept", beyond), 4);
    }
    if (answer.soa) {
        record(answer.soa->zone, answer.soa->ttl, "SOA",
               fmt::format("{} {} (minimum {})", answer.soa->mname.to_absolute_text(),
                           answer.soa->rname.to_absolute_text(), answer.soa->minimum));
    }
}

// What does not fit is a warning and said with the cause.
void append_helo(std::string& out, const HeloResult& helo, const Evidence& evidence) {
    if (!helo.resolves_to_ip) {
        append_paragraph(out,
                         fmt::format("The HELO name {} could not be looked up now ({}).", helo.name,
                                     evidence.helo ? failure_text(*evidence.helo) : helo.outcome),
                         2);
    } else if (*helo.resolves_to_ip && helo.equals_ptr) {
        append_paragraph(out, fmt::format("The HELO name {} is the PTR name and leads to this address.", helo.name), 2);
    } else if (*helo.resolves_to_ip && !helo.names_other_ptr) {
        append_paragraph(out, fmt::format("The HELO name {} leads to this address.", helo.name), 2);
    }
}

// The first answer that came by TCP, after UDP had been silent; null where there is none.
const Answer* answer_by_tcp(const Report& report) {
    if (!report.evidence) return nullptr;
    if (report.evidence->ptr.udp_silent) return &report.evidence->ptr;
    for (const PtrName& name : report.evidence->names) {
        if (name.forward && name.forward->udp_silent) return &*name.forward;
    }
    return nullptr;
}

}  // namespace

void append_answers(std::string& out, const Report& report) {
    if (!out.ends_with("\n\n")) out += '\n';
    append_line(out, "Answers", 2);
    for (const Answer* answer : answers_of(report)) append_answer(out, *answer);
    if (!report.evidence) return;
    for (const PtrName& name : report.evidence->names) {
        for (const AddressRecord& made : name.synthesised) {
            append_line(out,
                        fmt::format("; made by the resolver: {}  {}  IN AAAA  {}", name.name.to_absolute_text(),
                                    made.ttl, made.ip.to_text()),
                        4);
        }
    }
    append_line(out, fmt::format("iprev={} policy.iprev={}", iprev(report.verdict), report.evidence->address.to_text()),
                2);
}

bool has_note_on_pass(const Report& report) {
    const auto& findings = report.verdict.findings;
    return answer_by_tcp(report) != nullptr || is_behind_nat(report) ||
           !mail_hosts_note(report.subject.origin).empty() ||
           std::any_of(findings.begin(), findings.end(), [](const Finding& finding) {
               return finding.code == FindingCode::own_zone_answer || finding.code == FindingCode::mail_domain;
           });
}

void append_notes(std::string& out, const Report& report) {
    if (const Answer* answer = answer_by_tcp(report)) {
        append_paragraph(
            out,
            fmt::format("Note: {} is silent over UDP and answers by TCP; with --tcp nothing waits for UDP.",
                        server_words(answer->server)),
            2);
    }
    if (const std::string note = mail_hosts_note(report.subject.origin); !note.empty()) {
        append_paragraph(out, "Note: " + note, 2);
    }
    if (is_behind_nat(report) && is_clean_pass(report.verdict)) append_nat(out, report);
    if (report.verdict.helo) append_helo(out, *report.verdict.helo, *report.evidence);
    for (const FindingText& finding : report.findings) {
        // The cause of a missing PTR record names the alias already.
        // What the zones' own servers say stands beside what the resolver says.
        // Before the steps of a fix stands for whom they are.
        const bool said = (finding.code == FindingCode::ptr_alias && report.verdict.reason == Reason::no_ptr) ||
                          (finding.code == FindingCode::mail_domain && (!report.fix.empty() || !report.evidence)) ||
                          finding.code == FindingCode::resolver_differs;
        if (finding.severity == Severity::info && !said) append_paragraph(out, "Note: " + finding.detail, 2);
    }
}

}  // namespace fcrdns
