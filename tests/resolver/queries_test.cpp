// SPDX-License-Identifier: MIT
// Queries: what goes out, how unpredictable it is, and how fast.
#include <set>

#include "catch.hpp"
#include "conversation.hpp"

using namespace fcrdns;
using namespace fcrdns::test;

namespace {

constexpr auto good = [](const Query& query) { return say(truth(query)); };

}  // namespace

TEST_CASE("A query sets RD and AD and carries EDNS with 1232 octets, over UDP and TCP") {
    for (const bool tcp : {false, true}) {
        ResolverOptions options = quick();
        options.tcp_only = tcp;
        Conversation talk(good, options);
        CHECK(talk.ask("host.example", RecordType::a).outcome == Outcome::records);
        REQUIRE(talk.server().queries().size() == 1);
        const Query& query = talk.server().queries()[0];
        CHECK(query.recursion_desired);
        CHECK(query.authentic_data);
        CHECK(query.edns == 1232);
        CHECK(query.transport == (tcp ? Transport::tcp : Transport::udp));
    }
}

TEST_CASE("Without recursion desired, RD is clear") {
    ResolverOptions options = quick();
    options.recursion_desired = false;
    Conversation talk(good, options);
    CHECK(talk.ask("host.example", RecordType::a).outcome == Outcome::records);
    CHECK_FALSE(talk.server().queries().at(0).recursion_desired);
}

TEST_CASE("Only absolute names are asked: a failure adds no search list") {
    Conversation talk([](const Query& query) { return say(Message::reply_to(query).rcode(3)); });
    CHECK(talk.ask("mail", RecordType::a).outcome == Outcome::nxdomain);
    for (const Query& query : talk.server().queries()) CHECK(query.question.name.to_text() == "mail");
    CHECK(talk.server().queries().size() == 1);
}

TEST_CASE("A name of whatever stands in host names and reverse names goes out as it is") {
    Conversation talk([](const Query& query) { return say(Message::reply_to(query).rcode(3)); });
    for (const char* name :
         {"_Mail-1.Example", "25.0/25.2.0.192.in-addr.arpa", "25.0-63.2.0.192.in-addr.arpa", "*.a*b.example"}) {
        CHECK(talk.ask(name, RecordType::a).outcome == Outcome::nxdomain);
        CHECK(talk.server().queries().back().question == question(name, RecordType::a));
    }
}

TEST_CASE("A name of other octets goes out as it is, or fails at once where c-ares does not send it") {
    // Only the end of a CNAME chain can be such a name; from 1.28 on c-ares refuses it.
    for (const char* name : {"a\\000b.example", "a\\.b.example", "a b.example", "a\\255b.example", "a\\001b.example"}) {
        Conversation talk([](const Query& query) { return say(Message::reply_to(query).rcode(3)); });
        const Outcome outcome = talk.ask(name, RecordType::a).outcome;
        INFO(name);
        if (talk.server().queries().empty()) {
            CHECK(outcome == Outcome::unreachable);
        } else {
            CHECK(outcome == Outcome::nxdomain);
            CHECK(talk.server().queries().at(0).question == question(name, RecordType::a));
        }
    }
}

TEST_CASE("IDs are unpredictable: spread, without a pattern, other ones each run") {
    std::vector<unsigned> runs[2];
    for (auto& ids : runs) {
        Conversation talk(good);
        (void)talk.ask_all(questions(500));
        for (const Query& query : talk.server().queries()) ids.push_back(query.id);
        REQUIRE(ids.size() >= 500);
        // Of 500 draws from 65,536 about two meet by chance; a counter or a constant is far from that.
        CHECK(std::set<unsigned>(ids.begin(), ids.end()).size() >= 480);
        std::set<unsigned> steps;
        std::size_t high = 0;
        for (std::size_t i = 1; i < ids.size(); ++i) {
            steps.insert((ids[i] - ids[i - 1]) & 0xffffU);
            high += ids[i] >> 15U;
        }
        CHECK(steps.size() >= 450);
        CHECK(high > 150);  // 250 expected; less has a chance below 1e-18
        CHECK(high < 350);
    }
    CHECK(runs[0] != runs[1]);
}

TEST_CASE("Every try has an ID of its own") {
    Conversation talk([](const Query&) { return silence(); });
    (void)talk.ask_all(questions(20));
    std::map<std::string, std::set<unsigned>> ids;
    for (const Query& query : talk.server().queries()) ids[query.question.name.to_text()].insert(query.id);
    std::size_t distinct = 0;
    for (const auto& [name, seen] : ids) distinct += seen.size();
    CHECK(distinct >= 58);  // of 60
}

TEST_CASE("The rate limit holds, and everything is asked") {
    ResolverOptions options = quick();
    options.rate = make_rate_limit(100);
    Conversation talk(good, options);
    const auto answers = talk.ask_all(questions(40));
    for (const Answer& answer : answers) CHECK(answer.outcome == Outcome::records);
    const auto& queries = talk.server().queries();
    CHECK(queries.size() == 40);
    // In no stretch may more arrive than the rate and the burst (2 % of it, at least 1) allow.
    const auto total = queries.back().arrived - queries.front().arrived;
    CHECK(total >= milliseconds((40 - 2 - 2) * 10));
}

TEST_CASE("Resolvers that are made with one limit share it") {
    ResolverOptions options = quick();
    options.rate = make_rate_limit(1);
    Conversation first(good, options);
    Conversation second(good, options);
    CHECK(second.resolver().has_room());
    first.resolver().ask(questions(1).front(), [](Answer&&) {});
    CHECK_FALSE(second.resolver().has_room());
    CHECK(second.ask("host.example", RecordType::a).outcome == Outcome::records);
}

TEST_CASE("The time spent waiting for the rate limit is not counted as silence") {
    ResolverOptions options = quick();
    options.rate = make_rate_limit(20);
    options.tries = 1;
    Conversation talk(good, options);
    for (const Answer& answer : talk.ask_all(questions(12))) CHECK(answer.outcome == Outcome::records);
}

TEST_CASE("Not more than --jobs questions are in flight") {
    ResolverOptions options;
    options.timeout = std::chrono::seconds(5);
    options.jobs = 3;
    std::size_t unanswered = 0;
    std::size_t most = 0;
    std::vector<std::chrono::steady_clock::time_point> sent;
    Conversation talk(
        [](const Query& query) { return say_late(Message::reply_to(query).answer(a("192.0.2.1")), milliseconds(20)); },
        options);
    (void)talk.ask_all(questions(12));
    // A query is in flight for the 20 ms until its reply goes out.
    const auto& queries = talk.server().queries();
    for (std::size_t i = 0; i < queries.size(); ++i) {
        unanswered = 0;
        for (std::size_t j = 0; j < i; ++j) {
            if (queries[i].arrived - queries[j].arrived < milliseconds(20)) ++unanswered;
        }
        most = std::max(most, unanswered + 1);
    }
    CHECK(most <= 3);
    CHECK(queries.size() == 12);
}
