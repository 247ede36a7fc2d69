// SPDX-License-Identifier: MIT
// JSON Lines: one object per report, keys in a fixed order, ASCII only.
#include <algorithm>

#include "dns/families.hpp"
#include "dns/mail_hosts.hpp"
#include "fcrdns/render.hpp"
#include "render/json_answers.hpp"
#include "render/json_writer.hpp"
#include "text/printable.hpp"

namespace fcrdns {
namespace {

void write_input(JsonWriter& json, const Report& report) {
    const Subject& subject = report.subject;
    json.key("schema").text("fcrdns-check/1");
    json.key("input").text(printable(subject.input));
    json.key("line");
    subject.line ? json.number(*subject.line) : json.null();
    json.key("ip");
    report.evidence ? json.text(report.evidence->address.to_text()) : json.null();
    json.key("family").text_or_null(subject.family ? to_word(*subject.family) : std::string_view());
    json.key("reverse_name");
    report.evidence ? json.text(report.evidence->ptr.question.name.to_text()) : json.null();
}

void write_taken_from(JsonWriter& json, const Report& report) {
    json.key("taken_from");
    const auto& taken = report.subject.taken_from;
    if (!taken) return json.null();
    json.object([&] {
        json.key("file");
        taken->file ? json.text(printable(*taken->file)) : json.null();
        json.key("line").number(taken->line);
        json.key("words").text(taken->words);
    });
}

// Of an address that --mx led to; of a domain without a host to check its members are null.
// Who does not ask for mail domains has no such member.
void write_mx(JsonWriter& json, const Report& report) {
    const Origin& origin = report.subject.origin;
    if (!origin.is_mail_host) return;
    const MailHosts mail = mail_hosts(*origin.mx);
    const auto host = std::find_if(mail.hosts.begin(), mail.hosts.end(),
                                   [&](const NameRecord& record) { return record.name == *origin.host_name; });
    json.key("mx").object([&] {
        json.key("domain").text(origin.mx->question.name.to_text());
        json.key("host").text_or_null(host == mail.hosts.end() ? std::string() : host->name.to_text());
        json.key("preference");
        host == mail.hosts.end() || mail.implicit ? json.null() : json.number(host->preference);
        json.key("implicit").boolean(mail.implicit);
        json.key("null_mx").boolean(mail.takes_none);
        json.key("hosts_beyond").number(mail.beyond);
    });
}

void write_verdict(JsonWriter& json, const Report& report) {
    json.key("verdict").text(to_word(report.verdict.kind));
    json.key("reason").text(to_word(report.verdict.reason));
    json.key("status").text(status_word(report.verdict));
    json.key("iprev").text_or_null(iprev(report.verdict));
    json.key("message").text(report.message);
    write_failure(json, report);
    write_taken_from(json, report);
}

void write_confirmed(JsonWriter& json, const Report& report) {
    json.key("confirmed_names").array(report.verdict.names, [&](const NameVerdict& opinion) {
        if (opinion.reason != NameReason::confirmed) return;
        const auto at = static_cast<std::size_t>(&opinion - report.verdict.names.data());
        json.text(report.evidence->names[at].name.to_text());
    });
}

void write_addresses(JsonWriter& json, const std::vector<AddressRecord>& records, const IpAddress& wanted) {
    json.key("addresses").array(records, [&](const AddressRecord& record) {
        json.object([&] {
            json.key("ip").text(record.ip.to_text());
            json.key("type").text(to_word(forward_type(record.ip)));
            json.key("ttl").number(record.ttl);
            json.key("match").boolean(record.ip == wanted);
        });
    });
}

void write_generic(JsonWriter& json, const GenericJudgement& generic) {
    json.key("generic").object([&] {
        json.key("match").boolean(generic.match());
        json.key("evidence").array(generic.evidence, [&](const GenericEvidence& clue) {
            json.object([&] {
                json.key("text").text(printable(clue.text));
                json.key("rule").text(clue.rule->name);
            });
        });
    });
}

void write_ptr(JsonWriter& json, const Report& report) {
    static const std::vector<AddressRecord> none;
    json.key("ptr").array(report.verdict.names, [&](const NameVerdict& opinion) {
        const PtrName& name = report.evidence->names[static_cast<std::size_t>(&opinion - report.verdict.names.data())];
        json.object([&] {
            json.key("name").text(name.name.to_text());
            json.key("ttl").number(name.ttl);
            json.key("confirmed").boolean(opinion.reason == NameReason::confirmed);
            json.key("reason").text(to_word(opinion.reason));
            write_addresses(json, name.forward ? name.forward->addresses : none, report.evidence->address);
            write_generic(json, opinion.generic);
        });
    });
}

void write_findings(JsonWriter& json, const Report& report) {
    json.key("findings").array(report.findings, [&](const FindingText& finding) {
        json.object([&] {
            json.key("code").text(to_word(finding.code));
            json.key("severity").text(to_word(finding.severity));
            json.key("detail").text(finding.detail);
        });
    });
}

void write_smtp(JsonWriter& json, const Report& report) {
    json.key("smtp");
    if (!report.smtp) return json.null();
    json.object([&] {
        json.key("reply_code").number(static_cast<std::uint64_t>(report.smtp->code));
        json.key("enhanced_status_code").text(report.smtp->enhanced);
        json.key("text").text(report.smtp->text);
        json.key("line").text(report.smtp->line());
    });
}

void write_reverse_zone(JsonWriter& json, const Report& report) {
    json.key("reverse_zone");
    if (!report.reverse_zone) return json.null();
    const Soa& zone = *report.reverse_zone;
    json.object([&] {
        json.key("name").text(zone.zone.to_text());
        json.key("mname").text(zone.mname.to_text());
        json.key("rname").text_or_null(contact_address(zone.rname));
        const auto left = negative_ttl_left(*report.evidence);
        json.key("negative_ttl_left");
        left ? json.number(*left) : json.null();
        json.key("soa_minimum").number(zone.minimum);
    });
}

void write_fix(JsonWriter& json, const Report& report) {
    json.key("fix").array(report.fix, [&](const FixEntry& entry) {
        json.object([&] {
            json.key("option").number(entry.option);
            json.key("step").number(entry.step);
            json.key("who").text(to_word(entry.who));
            json.key("action").text(to_word(entry.action));
            json.key("record").text(entry.record());
            json.key("owner").text(entry.owner.to_absolute_text());
            json.key("type").text(to_word(entry.type));
            json.key("data").text(entry.data);
            json.key("replaces").array(entry.replaces, [&](const std::string& record) { json.text(record); });
        });
    });
}

void write_helo(JsonWriter& json, const Report& report) {
    json.key("helo");
    if (!report.verdict.helo) return json.null();
    const HeloResult& helo = *report.verdict.helo;
    json.object([&] {
        json.key("name").text(helo.name);
        json.key("outcome").text(helo.outcome);
        write_addresses(json, helo.addresses, report.evidence->address);
        json.key("resolves_to_ip");
        helo.resolves_to_ip ? json.boolean(*helo.resolves_to_ip) : json.null();
        json.key("equals_ptr").boolean(helo.equals_ptr);
    });
}

void write_receivers(JsonWriter& json, const Report& report) {
    json.key("receivers");
    if (!report.receivers) return json.null();
    json.array(*report.receivers, [&](const ReceiverPrediction& row) {
        json.object([&] {
            json.key("receiver").text(row.receiver);
            json.key("policy").text(row.policy);
            json.key("basis").text(to_word(row.basis));
            json.key("outcome").text(to_word(row.outcome));
            json.key("reply");
            row.reply ? json.text(*row.reply) : json.null();
            json.key("why").text(row.why);
        });
    });
}

}  // namespace

void append_json(std::string& out, const Report& report, bool queries) {
    JsonWriter json;
    json.object([&] {
        write_input(json, report);
        write_verdict(json, report);
        write_confirmed(json, report);
        write_ptr(json, report);
        write_findings(json, report);
        write_smtp(json, report);
        write_reverse_zone(json, report);
        write_fix(json, report);
        write_helo(json, report);
        write_receivers(json, report);
        write_authoritative(json, report);
        write_queries(json, report, queries);
        write_mx(json, report);
    });
    out += json.view();
    out += '\n';
}

std::string to_json(const Report& report, bool queries) {
    std::string out;
    append_json(out, report, queries);
    out.pop_back();
    return out;
}

}  // namespace fcrdns
