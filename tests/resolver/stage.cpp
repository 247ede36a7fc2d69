// SPDX-License-Identifier: MIT
#include "stage.hpp"

#include <rapidjson/document.h>

#include <algorithm>

#include "catch.hpp"
#include "fcrdns/render.hpp"

namespace fcrdns::test {
namespace {

Checked run(const Fault& fault, const Stage& stage, ResolverOptions options) {
    options.tcp_only = stage.tcp;
    Conversation talk(
        [&](const Query& query) {
            return query.question.type == stage.spoiled ? fault(query, stage) : say(stage.truth(query));
        },
        options);
    return talk.check(stage.address);
}

VerdictKind kind_of(Reason reason) {
    switch (reason) {
        case Reason::forward_confirmed: return VerdictKind::pass;
        case Reason::ptr_lookup_failed:
        case Reason::forward_lookup_failed: return VerdictKind::temperror;
        default: return VerdictKind::fail;
    }
}

}  // namespace

Message with(const Query& query, const Record& record) {
    return Message::reply_to(query).answer(record);
}

std::vector<Stage> stages(Where where) {
    const IpAddress four = *IpAddress::parse("192.0.2.25");
    const IpAddress six = *IpAddress::parse("2001:db8::25");
    std::vector<Stage> all;
    for (const bool tcp : {false, true}) {
        if (where == (tcp ? Where::udp : Where::tcp)) continue;
        const std::string over = tcp ? " over TCP" : " over UDP";
        all.push_back({"PTR of IPv4" + over, four, RecordType::ptr, tcp});
        all.push_back({"PTR of IPv6" + over, six, RecordType::ptr, tcp});
        all.push_back({"A" + over, four, RecordType::a, tcp});
        all.push_back({"AAAA" + over, six, RecordType::aaaa, tcp});
    }
    return all;
}

ResolverOptions prompt() {
    ResolverOptions options;
    options.timeout = std::chrono::seconds(2);
    options.tries = 2;
    return options;
}

ResolverOptions hasty() {
    ResolverOptions options = prompt();
    options.timeout = milliseconds(20);
    return options;
}

ResolverOptions patient() {
    ResolverOptions options;
    options.timeout = milliseconds(60);
    options.tries = 3;
    return options;
}

Record Stage::record() const {
    return at_ptr() ? ptr(host) : test::address(address.to_text());
}

Record Stage::other_record() const {
    return at_ptr() ? ptr("other.example.com") : test::address(address.is_ipv4() ? "198.51.100.66" : "2001:db8::66");
}

Message Stage::truth(const Query& query) const {
    auto reply = Message::reply_to(query);
    const auto& [owner, type] = query.question;
    const RecordType forward = address.is_ipv4() ? RecordType::a : RecordType::aaaa;
    if (type == RecordType::ptr && owner == address.reverse_name()) return reply.answer(ptr(host));
    if (owner != *DnsName::from_text(host)) return reply.rcode(3).authority(soa(owner.parent().to_text()));
    if (type == forward) return reply.answer(test::address(address.to_text()));
    return reply.authority(soa("example.com"));
}

const Answer& Stage::answer(const Checked& checked) const {
    return at_ptr() ? checked.evidence.ptr : checked.evidence.names.at(0).forward.value();
}

void expect_clean_output(const IpAddress& address, const Checked& checked) {
    const Report report =
        compose({address.to_text(), std::nullopt, std::nullopt, address.family(), {}}, checked.evidence, checked.verdict, {});
    std::string text;
    TextOptions options;
    options.verbose = true;
    append_text_full(text, report, options);
    append_text_line(text, report, options);
    std::string json;
    append_json(json, report, true);
    for (const std::string* output : {&text, &json}) {
        const bool printable =
            std::all_of(output->begin(), output->end(), [](char c) { return c == '\n' || (c >= ' ' && c <= '~'); });
        CHECK(printable);
    }
    rapidjson::Document document;
    document.Parse(json.c_str());
    CHECK_FALSE(document.HasParseError());
    CHECK(document.IsObject());
    CHECK(std::count(json.begin(), json.end(), '\n') == 1);
}

std::vector<std::pair<Stage, Checked>> try_fault(const Fault& fault, std::initializer_list<Expected> allowed,
                                                 Where where, const ResolverOptions& options) {
    std::vector<std::pair<Stage, Checked>> results;
    for (const Stage& stage : stages(where)) {
        INFO(stage.name);
        Checked checked = run(fault, stage, options);
        const Verdict& verdict = checked.verdict;
        INFO(to_word(verdict.kind) << ", " << to_word(verdict.reason) << ", PTR lookup "
                                   << to_word(checked.evidence.ptr.outcome));
        CHECK(std::any_of(allowed.begin(), allowed.end(), [&](const Expected& expected) {
            return verdict.reason == (stage.at_ptr() ? expected.at_ptr : expected.at_forward);
        }));
        CHECK(verdict.kind == kind_of(verdict.reason));
        expect_clean_output(stage.address, checked);
        results.emplace_back(stage, std::move(checked));
    }
    return results;
}

}  // namespace fcrdns::test
