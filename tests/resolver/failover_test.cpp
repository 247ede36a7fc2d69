// SPDX-License-Identifier: MIT
// Failover: tries, doubled time-outs, the next server, and who is named in the answer.
#include "catch.hpp"
#include "conversation.hpp"

using namespace fcrdns;
using namespace fcrdns::test;

namespace {

constexpr const char* name = "host.example";

constexpr auto silent = [](const Query&) { return silence(); };
constexpr auto good = [](const Query& query) { return say(truth(query)); };

Script failing(unsigned rcode) {
    return [rcode](const Query& query) { return say(Message::reply_to(query).rcode(rcode)); };
}

}  // namespace

TEST_CASE("Silence is a timeout after the tries, each waiting twice as long") {
    Conversation talk(silent);
    const auto started = std::chrono::steady_clock::now();
    const Answer answer = talk.ask(name, RecordType::a);
    CHECK(std::chrono::steady_clock::now() - started >= milliseconds(350));
    CHECK(answer.outcome == Outcome::timeout);
    CHECK_FALSE(answer.rcode);
    CHECK(answer.tries == 3);
    CHECK(answer.server == talk.server().endpoint());
    CHECK(answer.elapsed >= milliseconds(350));
    const auto& queries = talk.server().queries();
    REQUIRE(queries.size() == 3);
    // From the start: on a busy machine a query may arrive long after it was sent, and the gap to the next be short.
    CHECK(queries[1].arrived - started >= milliseconds(50));
    CHECK(queries[2].arrived - started >= milliseconds(150));
}

TEST_CASE("The first datagram lost: the second try answers") {
    Conversation talk([](const Query& query) { return query.nth == 1 ? silence() : say(truth(query)); });
    const Answer answer = talk.ask(name, RecordType::a);
    CHECK(answer.outcome == Outcome::records);
    CHECK(answer.tries == 2);
}

TEST_CASE("A port at which nothing listens is unreachable at once") {
    const DeadPort nobody;
    ResolverOptions options = quick();
    options.timeout = std::chrono::seconds(60);  // whoever waits for it never ends in time
    options.servers = {nobody.endpoint()};
    for (const bool tcp : {false, true}) {
        options.tcp_only = tcp;
        Conversation talk(options);
        const auto started = std::chrono::steady_clock::now();
        const Answer answer = talk.ask(name, RecordType::a);
        CHECK(answer.outcome == Outcome::unreachable);
        CHECK(answer.detail == "Connection refused");
        CHECK(answer.server == nobody.endpoint());
        CHECK(answer.transport == (tcp ? Transport::tcp : Transport::udp));
        CHECK(answer.tries == 3);
        CHECK(std::chrono::steady_clock::now() - started < std::chrono::seconds(10));
    }
}

TEST_CASE("First server dead, silent or without an answer: the second one answers") {
    for (const unsigned rcode : {1U, 2U, 4U, 5U, 9U}) {
        INFO("RCODE " << rcode);
        Conversation talk({failing(rcode), good}, quick());
        const Answer answer = talk.ask(name, RecordType::a);
        CHECK(answer.outcome == Outcome::records);
        CHECK(answer.server == talk.server(1).endpoint());
        CHECK(answer.tries == (rcode == 1 ? 3 : 2));
    }
    Conversation after_silence({silent, good}, quick());
    const Answer late = after_silence.ask(name, RecordType::a);
    CHECK(late.outcome == Outcome::records);
    CHECK(late.server == after_silence.server(1).endpoint());
    CHECK(late.elapsed >= milliseconds(50));
    CHECK(after_silence.server(0).queries().size() == 1);

    const DeadPort nobody;
    ResolverOptions options = quick();
    options.servers = {nobody.endpoint()};
    Conversation after_nobody(good, options);
    const Answer next = after_nobody.ask(name, RecordType::a);
    CHECK(next.outcome == Outcome::records);
    CHECK(next.server == after_nobody.server().endpoint());
    CHECK(next.elapsed < milliseconds(50) * 7);
}

TEST_CASE("A referral or a broken message moves on to the next server too") {
    const Script referring = [](const Query& query) {
        return say(Message::reply_to(query).authority(ns("ns1.isp.example").owned_by("example")));
    };
    const Script broken = [](const Query& query) { return say(truth(query).count(1, 7)); };
    for (const Script& first : {referring, broken}) {
        Conversation talk({first, good}, quick());
        const Answer answer = talk.ask(name, RecordType::a);
        CHECK(answer.outcome == Outcome::records);
        CHECK(answer.server == talk.server(1).endpoint());
    }
}

TEST_CASE("A definite answer of the first server is final") {
    Conversation talk({failing(3), good}, quick());
    const Answer answer = talk.ask(name, RecordType::a);
    CHECK(answer.outcome == Outcome::nxdomain);
    CHECK(answer.server == talk.server(0).endpoint());
    CHECK(talk.server(1).queries().empty());
}

TEST_CASE("Rounds: every server once, then again; the outcome is that of the last one asked") {
    Conversation talk({failing(2), failing(5)}, quick());
    const Answer answer = talk.ask(name, RecordType::a);
    CHECK(answer.outcome == Outcome::refused);
    CHECK(answer.rcode == 5);
    CHECK(answer.server == talk.server(1).endpoint());
    CHECK(answer.tries == 6);
    const auto& first = talk.server(0).queries();
    const auto& second = talk.server(1).queries();
    REQUIRE(first.size() == 3);
    REQUIRE(second.size() == 3);
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(first[i].arrived <= second[i].arrived);
        if (i > 0) CHECK(second[i - 1].arrived <= first[i].arrived);
    }
    // Six tries at once: nothing was waited for.
    CHECK(answer.elapsed < milliseconds(50) * 7);
}

TEST_CASE("A server that recovers in a later round answers") {
    Conversation talk(
        {[](const Query& query) { return say(query.nth < 3 ? Message::reply_to(query).rcode(2) : truth(query)); },
         silent},
        quick());
    const Answer answer = talk.ask(name, RecordType::a);
    CHECK(answer.outcome == Outcome::records);
    CHECK(answer.server == talk.server(0).endpoint());
}

TEST_CASE("The answer names the server that gave it, also when it comes late") {
    // The first server answers while the second one is being waited for.
    Conversation talk({[](const Query& query) { return say_late(truth(query), milliseconds(75)); }, silent}, quick());
    const Answer answer = talk.ask(name, RecordType::a);
    CHECK(answer.outcome == Outcome::records);
    CHECK(answer.server == talk.server(0).endpoint());
}

TEST_CASE("A late complaint does not end the try of another server") {
    Conversation talk({[](const Query& query) { return say_late(Message::reply_to(query).rcode(2), milliseconds(60)); },
                       [](const Query& query) { return say_late(truth(query), milliseconds(30)); }},
                      quick());
    const Answer answer = talk.ask(name, RecordType::a);
    CHECK(answer.outcome == Outcome::records);
    CHECK(answer.server == talk.server(1).endpoint());
}

TEST_CASE("An IPv6 server is asked like an IPv4 one") {
    for (const bool tcp : {false, true}) {
        std::vector<std::unique_ptr<ReplyServer>> servers;
        try {
            servers.push_back(std::make_unique<ReplyServer>(good, *IpAddress::parse("::1")));
        } catch (const std::runtime_error& error) {
            WARN("not tried: " << error.what());
            return;
        }
        ResolverOptions options = quick();
        options.tcp_only = tcp;
        Conversation talk(std::move(servers), options);
        const Answer answer = talk.ask(name, RecordType::a);
        CHECK(answer.outcome == Outcome::records);
        CHECK(answer.server->to_text().starts_with("[::1]:"));
    }
}
