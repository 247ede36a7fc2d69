// SPDX-License-Identifier: MIT
// TCP: asked on truncation or alone, with servers that reset, stall, drip and cut.
#include <algorithm>

#include "catch.hpp"
#include "conversation.hpp"
#include "fcrdns/verdict.hpp"

using namespace fcrdns;
using namespace fcrdns::test;

namespace {

constexpr const char* name = "host.example";

// Truncated over UDP; what TCP does is the script's.
Script truncated_then(const std::function<Reaction(const Query&)>& over_tcp) {
    return [over_tcp](const Query& query) {
        return query.transport == Transport::udp ? say(Message::reply_to(query).truncated()) : over_tcp(query);
    };
}

ResolverOptions tcp_only() {
    ResolverOptions options = quick();
    options.tcp_only = true;
    return options;
}

Send stream(std::string octets) {
    return {std::move(octets), {}, Path::server, false};
}

}  // namespace

TEST_CASE("A truncated reply is asked again over TCP, whatever it holds") {
    Conversation talk([](const Query& query) {
        if (query.transport == Transport::udp) return say(truth(query).answer(a("192.0.2.9")).truncated());
        return say(truth(query));
    });
    const Answer answer = talk.ask(name, RecordType::a);
    REQUIRE(answer.outcome == Outcome::records);
    CHECK(answer.addresses.size() == 1);
    CHECK(answer.transport == Transport::tcp);
    CHECK(answer.tries == 2);
}

TEST_CASE("A truncated NXDOMAIN or nodata is asked again over TCP too") {
    for (const unsigned rcode : {0U, 2U, 3U}) {
        Conversation talk([&](const Query& query) {
            if (query.transport == Transport::udp) return say(Message::reply_to(query).rcode(rcode).truncated());
            return say(truth(query));
        });
        CHECK(talk.ask(name, RecordType::a).outcome == Outcome::records);
    }
}

TEST_CASE("With --tcp no datagram is sent") {
    Conversation talk([](const Query& query) { return say(truth(query)); }, tcp_only());
    for (const Answer& answer : talk.ask_all(questions(20))) {
        CHECK(answer.outcome == Outcome::records);
        CHECK(answer.transport == Transport::tcp);
    }
    for (const Query& query : talk.server().queries()) CHECK(query.transport == Transport::tcp);
}

TEST_CASE("Many truncated questions at once, and their replies in one stream") {
    Conversation talk(truncated_then([](const Query& query) { return say(truth(query)); }));
    for (const Answer& answer : talk.ask_all(questions(100))) CHECK(answer.outcome == Outcome::records);
}

TEST_CASE("An answer of 62 KB arrives whole; of its names some are kept, and the others counted") {
    Conversation talk(truncated_then([](const Query& query) {
        auto reply = Message::reply_to(query);
        for (int i = 0; i < 1700; ++i) reply.answer(ptr("name-number-" + std::to_string(i) + ".example"));
        return say(reply);
    }));
    const Answer answer = talk.ask("1.2.0.192.in-addr.arpa", RecordType::ptr);
    REQUIRE(answer.outcome == Outcome::records);
    REQUIRE(answer.names.size() == 128);
    CHECK(answer.names_beyond == 1700 - 128);
    CHECK(answer.names.back().name.to_text() == "name-number-127.example");
}

TEST_CASE("A reply that comes in pieces is put together") {
    Conversation talk(truncated_then([](const Query& query) {
        const std::string octets = truth(query).octets();
        const std::string whole = octets16(static_cast<unsigned>(octets.size())) + octets;
        Reaction reaction;
        for (std::size_t i = 0; i < whole.size(); ++i) {
            reaction.then(Send{whole.substr(i, 1), milliseconds(i / 8), Path::server, false});
        }
        return reaction;
    }));
    CHECK(talk.ask(name, RecordType::a).outcome == Outcome::records);
}

TEST_CASE("TCP faults are told as what they are, within the time-outs") {
    struct Row {
        const char* what;
        std::function<Reaction(const Query&)> reaction;
        std::vector<Outcome> outcomes;
    };
    const auto ending = [](Ending how) {
        Reaction reaction;
        reaction.ending = how;
        return reaction;
    };
    const Row rows[] = {
        {"reset", [&](const Query&) { return ending(Ending::reset); }, {Outcome::unreachable}},
        {"closed without a reply", [&](const Query&) { return ending(Ending::close); }, {Outcome::unreachable}},
        {"silent", [](const Query&) { return silence(); }, {Outcome::timeout}},
        {"dripping", [](const Query& query) { return drip(truth(query), milliseconds(60)); }, {Outcome::timeout}},
        {"cut short",
         [&](const Query& query) {
             Reaction reaction = ending(Ending::close);
             const std::string octets = truth(query).octets();
             return reaction.then(stream(octets16(static_cast<unsigned>(octets.size())) + octets.substr(0, 20)));
         },
         {Outcome::unreachable}},
        {"cut short and kept open",
         [](const Query& query) {
             const std::string octets = truth(query).octets();
             return Reaction().then(stream(octets16(static_cast<unsigned>(octets.size())) + octets.substr(0, 20)));
         },
         {Outcome::timeout}},
        {"length 0",
         [](const Query&) { return Reaction().then(stream(octets16(0))); },
         {Outcome::timeout, Outcome::unreachable, Outcome::malformed}},
        {"length 1",
         [](const Query&) { return Reaction().then(stream(octets16(1) + "x")); },
         {Outcome::timeout, Outcome::unreachable, Outcome::malformed}},
        {"TC again", [](const Query& query) { return say(truth(query).truncated()); }, {Outcome::malformed}},
        {"SERVFAIL", [](const Query& query) { return say(Message::reply_to(query).rcode(2)); }, {Outcome::servfail}},
        {"broken", [](const Query& query) { return say(truth(query).count(1, 9)); }, {Outcome::malformed}},
    };
    for (const Row& row : rows) {
        for (const bool alone : {false, true}) {
            INFO(row.what << (alone ? ", TCP only" : ", after truncation"));
            Conversation talk(alone ? Script(row.reaction) : truncated_then(row.reaction),
                              alone ? tcp_only() : quick());
            const Answer answer = talk.ask(name, RecordType::a);
            INFO(to_word(answer.outcome));
            CHECK(std::find(row.outcomes.begin(), row.outcomes.end(), answer.outcome) != row.outcomes.end());
            CHECK(answer.transport == Transport::tcp);
            CHECK(answer.addresses.empty());
        }
    }
}

TEST_CASE("Truncated, and nothing listens on TCP: unreachable at once") {
    std::vector<std::unique_ptr<ReplyServer>> servers;
    servers.push_back(std::make_unique<ReplyServer>([](const Query& query) { return say(truth(query).truncated()); },
                                                    *IpAddress::parse("127.0.0.1"), false));
    ResolverOptions options = quick();
    options.timeout = std::chrono::seconds(60);
    Conversation talk(std::move(servers), options);
    const auto started = std::chrono::steady_clock::now();
    const Answer answer = talk.ask(name, RecordType::a);
    CHECK(answer.outcome == Outcome::unreachable);
    CHECK(answer.transport == Transport::tcp);
    CHECK(answer.detail == "answered, but cut short, and its TCP is closed");
    CHECK(std::chrono::steady_clock::now() - started < std::chrono::seconds(10));
}

TEST_CASE("Truncated, and TCP is silent: it did answer, and what is missing cannot be had") {
    Conversation talk([](const Query& query) {
        return query.transport == Transport::tcp ? silence() : say(truth(query).truncated());
    });
    const Answer answer = talk.ask(name, RecordType::a);
    CHECK(answer.outcome == Outcome::timeout);
    CHECK(answer.detail == "answered, but cut short, and its TCP is silent");
    CHECK(is_own_failure(answer));
}

TEST_CASE("A connection that the server closes when idle is opened again") {
    Conversation talk(
        [](const Query& query) {
            Reaction reaction = say(truth(query));
            reaction.ending = Ending::close;
            return reaction;
        },
        tcp_only());
    for (int i = 0; i < 4; ++i) {
        const Answer answer = talk.ask("h" + std::to_string(i) + ".example", RecordType::a);
        CHECK(answer.outcome == Outcome::records);
    }
    CHECK(talk.server().connections() >= 4);
}

TEST_CASE("A connection that has gone silent is not used for the next try") {
    // The first connection never answers, as when a router on the way has forgotten it.
    Conversation talk([](const Query& query) { return query.connection == 1 ? silence() : say(truth(query)); },
                      tcp_only());
    const Answer answer = talk.ask(name, RecordType::a);
    CHECK(answer.outcome == Outcome::records);
    CHECK(answer.tries == 2);
    CHECK(talk.server().connections() == 2);
}

TEST_CASE("The next server is asked over UDP again") {
    const Script cut_off = truncated_then([](const Query&) {
        Reaction reaction;
        reaction.ending = Ending::reset;
        return reaction;
    });
    Conversation talk({cut_off, [](const Query& query) { return say(truth(query)); }}, quick());
    const Answer answer = talk.ask(name, RecordType::a);
    CHECK(answer.outcome == Outcome::records);
    CHECK(answer.transport == Transport::udp);
    CHECK(answer.server == talk.server(1).endpoint());
}
