// SPDX-License-Identifier: MIT
// JSON Lines: one object per report, keys in a fixed order, ASCII only.
#include "fcrdns/render.hpp"
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

void write_verdict(JsonWriter& json, const Report& report) {
    json.key("verdict").text(to_word(report.verdict.kind));
    json.key("reason").text(to_word(report.verdict.reason));
    json.key("status").text_or_null(status_word(report.verdict));
    json.key("iprev").text_or_null(iprev(report.verdict));
    json.key("message").text(report.message);
}

void write_confirmed(JsonWriter& json, const Report& report) {
    json.key("confirmed_names").array(report.verdict.names, [&](const NameVerdict& opinion) {
        if (opinion.reason != NameReason::confirmed) return;
        const auto at = static_cast<std::size_t>(&opinion - report.verdict.names.data());
        json.text(report.evidence->names[at].name.to_text());
    });
}

void write_addresses(JsonWriter& json, const Answer* forward, const IpAddress& wanted) {
    static const std::vector<AddressRecord> none;
    json.key("addresses").array(forward != nullptr ? forward->addresses : none, [&](const AddressRecord& record) {
        json.object([&] {
            json.key("ip").text(record.ip.to_text());
            json.key("type").text(to_word(forward->question.type));
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
    json.key("ptr").array(report.verdict.names, [&](const NameVerdict& opinion) {
        const PtrName& name = report.evidence->names[static_cast<std::size_t>(&opinion - report.verdict.names.data())];
        json.object([&] {
            json.key("name").text(name.name.to_text());
            json.key("ttl").number(name.ttl);
            json.key("confirmed").boolean(opinion.reason == NameReason::confirmed);
            json.key("reason").text(to_word(opinion.reason));
            write_addresses(json, name.forward ? &*name.forward : nullptr, report.evidence->address);
            write_generic(json, opinion.generic);
        });
    });
}

void write_findings(JsonWriter& json, const Report& report) {
    json.key("findings").array(report.findings, [&](const FindingText& finding) {
        json.object([&] {
            json.key("code").text(to_word(finding.code));
            json.key("severity").text(to_word(severity(finding.code)));
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
        json.key("addresses").array(helo.addresses, [&](const AddressRecord& record) {
            json.object([&] {
                json.key("ip").text(record.ip.to_text());
                json.key("type").text(record.ip.is_ipv4() ? "A" : "AAAA");
                json.key("ttl").number(record.ttl);
                json.key("match").boolean(record.ip == report.evidence->address);
            });
        });
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

void write_servers(JsonWriter& json, const Answer& answer) {
    for (const AuthoritativeAnswer& said : answer.source->servers) {
        json.object([&] {
            json.key("server");
            said.server ? json.text(said.server->to_text()) : json.null();
            json.key("name").text(said.server_name.to_text());
            json.key("zone").text(said.zone.to_text());
            json.key("qname").text(answer.question.name.to_text());
            json.key("qtype").text(to_word(answer.question.type));
            json.key("outcome").text(said.lame ? "lame" : to_word(said.outcome));
            json.key("answers").array(said.answers, [&](const std::string& data) { json.text(data); });
        });
    }
}

void write_authoritative(JsonWriter& json, const Report& report) {
    json.key("authoritative");
    if (!report.evidence || !report.evidence->ptr.source) return json.null();
    std::vector<const Answer*> answers = {&report.evidence->ptr};
    for (const PtrName& name : report.evidence->names) {
        if (name.forward && name.forward->source) answers.push_back(&*name.forward);
    }
    json.array(answers, [&](const Answer* answer) { write_servers(json, *answer); });
}

void write_query(JsonWriter& json, const Answer& answer) {
    json.object([&] {
        json.key("qname").text(answer.question.name.to_text());
        json.key("qtype").text(to_word(answer.question.type));
        json.key("outcome").text(to_word(answer.outcome));
        json.key("rcode");
        answer.rcode ? json.text(rcode_text(*answer.rcode)) : json.null();
        json.key("ede").array(answer.extended_errors, [&](const ExtendedError& error) {
            json.object([&] {
                json.key("code").number(error.code);
                json.key("name").text(extended_error_text(error.code));
                json.key("text").text(printable(error.text));
            });
        });
        json.key("server");
        answer.server ? json.text(answer.server->to_text()) : json.null();
        json.key("transport").text(to_word(answer.transport));
        json.key("tries").number(answer.tries);
        json.key("aa").boolean(answer.aa);
        json.key("ad").boolean(answer.ad);
        json.key("elapsed_ms").milliseconds(answer.elapsed);
        json.key("cname_chain").array(answer.cname_chain, [&](const Alias& a) { json.text(a.target.to_text()); });
    });
}

std::vector<const Answer*> answers_of(const Report& report) {
    std::vector<const Answer*> answers;
    for (const Answer& lookup : report.address_lookups) answers.push_back(&lookup);
    if (!report.evidence) return answers;
    answers.push_back(&report.evidence->ptr);
    for (const PtrName& name : report.evidence->names) {
        if (name.forward) answers.push_back(&*name.forward);
        if (name.other_family) answers.push_back(&*name.other_family);
    }
    if (report.evidence->helo) answers.push_back(&*report.evidence->helo);
    for (const Answer& answer : report.evidence->zone_walk) answers.push_back(&answer);
    return answers;
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
        json.key("queries");
        if (queries) {
            json.array(answers_of(report), [&](const Answer* answer) { write_query(json, *answer); });
        } else {
            json.null();
        }
    });
    out += json.view();
    out += '\n';
}

}  // namespace fcrdns
