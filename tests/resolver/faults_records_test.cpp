// SPDX-License-Identifier: MIT
// Faults, groups chains and strangers: aliases that lead on, round or nowhere, and records
// that do not belong, each in every stage, up to the verdict.
#include "catch.hpp"
#include "stage.hpp"

using namespace fcrdns;
using namespace fcrdns::test;

namespace {

std::string number(std::size_t i) {
    return "link" + std::to_string(i) + ".example.com";
}

Message chained(const Query& query, const Stage& stage, std::size_t links) {
    auto reply = Message::reply_to(query);
    for (std::size_t i = 1; i <= links; ++i) {
        const Record link = cname(number(i));
        reply.answer(i == 1 ? link : link.owned_by(number(i - 1)));
    }
    return reply.answer(stage.record().owned_by(number(links)));
}

}  // namespace

TEST_CASE("chains: RFC 2317") {
    const auto results =
        try_fault([](const Query& query, const Stage& stage) { return say(chained(query, stage, 1)); }, {passes});
    for (const auto& [stage, checked] : results) CHECK(stage.answer(checked).cname_chain.size() == 1);
}

TEST_CASE("chains: CNAME loop") {
    try_fault(
        [](const Query& query, const Stage& stage) {
            return say(with(query, cname(number(1)))
                           .answer(Record(cname("x.example.com")).owned_by(number(1)))
                           .answer(Record(cname(number(1))).owned_by("x.example.com"))
                           .answer(stage.record()));
        },
        {temporary});
    try_fault(
        [](const Query& query, const Stage& stage) {
            return say(with(query, cname(query.question.name.to_text())).answer(stage.record()));
        },
        {temporary});
    // A loop of which each message shows one link.
    try_fault(
        [](const Query& query, const Stage& stage) {
            const bool back = query.question.name == *DnsName::from_text(number(1));
            const std::string start = stage.at_ptr() ? stage.address.reverse_name().to_text() : std::string(host);
            return say(with(query, cname(back ? start : number(1))));
        },
        {temporary});
}

TEST_CASE("chains: chain of 30") {
    for (const std::size_t links : {17U, 30U}) {
        const auto results = try_fault(
            [&](const Query& query, const Stage& stage) { return say(chained(query, stage, links)); }, {temporary});
        for (const auto& [stage, checked] : results) CHECK(stage.answer(checked).outcome == Outcome::malformed);
    }
    try_fault([](const Query& query, const Stage& stage) { return say(chained(query, stage, 16)); }, {passes});
}

TEST_CASE("chains: records out of order") {
    try_fault(
        [](const Query& query, const Stage& stage) {
            return say(with(query, stage.record().owned_by(number(3)))
                           .answer(cname(number(3)).owned_by(number(2)))
                           .answer(cname(number(2)).owned_by(number(1)))
                           .answer(cname(number(1))));
        },
        {passes});
}

TEST_CASE("chains: dangling CNAME") {
    // "No PTR": the target does not exist, or has nothing; what it has, when asked, counts.
    const auto dangling = [](const std::function<Message(const Query&, const Stage&)>& target) {
        return [target](const Query& query, const Stage& stage) {
            const bool at_target = query.question.name == *DnsName::from_text(number(1));
            return say(at_target ? target(query, stage) : with(query, cname(number(1))));
        };
    };
    try_fault(dangling([](const Query& query, const Stage&) { return Message::reply_to(query).rcode(3); }),
              {no_such_name});
    try_fault(dangling([](const Query& query, const Stage&) { return Message::reply_to(query); }), {nothing_there});
    try_fault(dangling([](const Query& query, const Stage& stage) { return with(query, stage.record()); }), {passes});
    try_fault([](const Query& query,
                 const Stage&) { return say(with(query, cname(number(1))).authority(soa("example.com"))); },
              {nothing_there});
}

TEST_CASE("strangers: owner unrelated to the question") {
    try_fault([](const Query& query,
                 const Stage& stage) { return say(with(query, stage.record().owned_by("x.example.com"))); },
              {nothing_there});
    try_fault(
        [](const Query& query, const Stage& stage) {
            const std::string below = "x." + query.question.name.to_text();
            return say(with(query, stage.record().owned_by(below)));
        },
        {nothing_there});
}

TEST_CASE("strangers: class CH") {
    try_fault([](const Query& query, const Stage& stage) { return say(with(query, stage.record().in_class(3))); },
              {nothing_there});
    try_fault(
        [](const Query& query, const Stage& stage) {
            return say(with(query, cname(number(1)).in_class(3)).answer(stage.record().owned_by(number(1))));
        },
        {nothing_there});
}

TEST_CASE("strangers: PTR in the authority section") {
    try_fault(
        [](const Query& query, const Stage& stage) {
            return say(Message::reply_to(query).authority(stage.record()).additional(stage.record()));
        },
        {nothing_there});
}

TEST_CASE("strangers: other types") {
    try_fault(
        [](const Query& query, const Stage& stage) {
            const std::string data = stage.record().data;
            const Record text = raw(type_txt, static_cast<char>(data.size()) + data);
            return say(with(query, text).answer(ns(host)).answer(raw(99, "\4text")));
        },
        {nothing_there});
    // Beside the true one they do no harm.
    try_fault(
        [](const Query& query, const Stage& stage) {
            return say(with(query, raw(46, std::string(30, 'x'))).answer(stage.record()).answer(raw(65280, "")));
        },
        {passes});
}

TEST_CASE("strangers: two OPT records") {
    try_fault(
        [](const Query& query, const Stage& stage) {
            return say(with(query, stage.record()).without_opt().additional(opt()).additional(opt()));
        },
        {temporary});
}
