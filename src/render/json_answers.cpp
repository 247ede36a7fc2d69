// SPDX-License-Identifier: MIT
#include "render/json_answers.hpp"

#include <vector>

#include "render/answers_of.hpp"
#include "text/printable.hpp"

namespace fcrdns {
namespace {

void write_extended_errors(JsonWriter& json, const Answer& answer) {
    json.key("ede").array(answer.extended_errors, [&](const ExtendedError& error) {
        json.object([&] {
            json.key("code").number(error.code);
            json.key("name").text(extended_error_text(error.code));
            json.key("text").text(printable(error.text));
        });
    });
}

void write_rcode(JsonWriter& json, const Answer& answer) {
    json.key("rcode");
    answer.rcode ? json.text(rcode_text(*answer.rcode)) : json.null();
}

void write_server(JsonWriter& json, const std::optional<Endpoint>& server) {
    json.key("server");
    server ? json.text(server->to_text()) : json.null();
}

void write_question(JsonWriter& json, const Question& question) {
    json.key("qname").text(question.name.to_text());
    json.key("qtype").text(to_word(question.type));
}

void write_servers(JsonWriter& json, const Answer& answer) {
    for (const AuthoritativeAnswer& said : answer.source->servers) {
        json.object([&] {
            write_server(json, said.server);
            json.key("name").text(said.server_name.to_text());
            json.key("zone").text(said.zone.to_text());
            write_question(json, answer.question);
            json.key("outcome").text(said.lame ? "lame" : to_word(said.outcome));
            json.key("answers").array(said.answers, [&](const std::string& data) { json.text(data); });
        });
    }
}

void write_query(JsonWriter& json, const Answer& answer) {
    json.object([&] {
        write_question(json, answer.question);
        json.key("outcome").text(to_word(answer.outcome));
        write_rcode(json, answer);
        write_extended_errors(json, answer);
        write_server(json, answer.server);
        json.key("transport").text(to_word(answer.transport));
        json.key("tries").number(answer.tries);
        json.key("aa").boolean(answer.aa);
        json.key("ad").boolean(answer.ad);
        json.key("elapsed_ms").milliseconds(answer.elapsed);
        json.key("cname_chain").array(answer.cname_chain, [&](const Alias& a) { json.text(a.target.to_text()); });
    });
}

}  // namespace

void write_failure(JsonWriter& json, const Report& report) {
    json.key("failure");
    const Answer* answer = report.verdict.kind == VerdictKind::temperror ? failed_lookup(report) : nullptr;
    if (answer == nullptr) return json.null();
    json.object([&] {
        json.key("outcome").text(to_word(answer->outcome));
        write_rcode(json, *answer);
        write_question(json, answer->question);
        write_server(json, answer->server);
        write_extended_errors(json, *answer);
    });
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

void write_queries(JsonWriter& json, const Report& report, bool wanted) {
    json.key("queries");
    if (!wanted) return json.null();
    json.array(answers_of(report), [&](const Answer* answer) { write_query(json, *answer); });
}

}  // namespace fcrdns
