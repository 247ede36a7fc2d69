// SPDX-License-Identifier: MIT
// EDNS: offered with 1232 octets, given up for a question whose server cannot bear it.
#include "catch.hpp"
#include "conversation.hpp"

using namespace fcrdns;
using namespace fcrdns::test;

TEST_CASE("FORMERR to EDNS, ten questions at once: the plain one is answered, for each of them") {
    Conversation talk([](const Query& query) {
        return say(query.edns ? Message::reply_to(query).rcode(1).without_opt() : truth(query));
    });
    for (const Answer& answer : talk.ask_all(questions(10))) {
        CHECK(answer.outcome == Outcome::records);
        CHECK(answer.tries <= 2);  // where c-ares asks again by itself, it is not counted
    }
    CHECK(talk.server().queries().size() == 20);
}

TEST_CASE("A FORMERR to EDNS does not cut later answers of the same server") {
    Conversation talk([](const Query& query) {
        if (query.question.name.to_text() == "first.example" && query.edns) {
            return say(Message::reply_to(query).rcode(1).without_opt());
        }
        auto reply = Message::reply_to(query);
        for (int i = 1; i <= 60; ++i) reply.answer(a("192.0.2." + std::to_string(i)));
        return say(query.edns ? reply : truth(query));
    });
    CHECK(talk.ask("first.example", RecordType::a).outcome == Outcome::records);
    const Answer answer = talk.ask("second.example", RecordType::a);
    CHECK(answer.addresses.size() == 60);
    CHECK(answer.transport == Transport::udp);
}

TEST_CASE("FORMERR to EDNS with an OPT record in the reply is answered plain too") {
    Conversation talk(
        [](const Query& query) { return say(query.edns ? Message::reply_to(query).rcode(1) : truth(query)); });
    CHECK(talk.ask("host.example", RecordType::a).outcome == Outcome::records);
}

TEST_CASE("FORMERR to every query stays FORMERR, and ends") {
    Conversation talk([](const Query& query) { return say(Message::reply_to(query).rcode(1)); });
    const Answer answer = talk.ask("host.example", RecordType::a);
    CHECK(answer.outcome == Outcome::formerr);
    CHECK(answer.rcode == 1);
}

TEST_CASE("What a FORMERR said with EDNS is kept beside the one without") {
    Conversation talk([](const Query& query) {
        auto reply = Message::reply_to(query).rcode(1);
        return say(query.edns ? reply.options(extended_error(22, "")) : reply);
    });
    const Answer answer = talk.ask("host.example", RecordType::a);
    CHECK(answer.outcome == Outcome::formerr);
    // From c-ares 1.28 on, it asks again without EDNS by itself.
    if (cares_reads_replies()) return;
    REQUIRE(answer.extended_errors.size() == 1);
    CHECK(answer.extended_errors[0].code == 22);
}

TEST_CASE("Silence to EDNS: the last try goes without and is answered") {
    Conversation talk([](const Query& query) { return query.edns ? silence() : say(truth(query)); });
    for (const Answer& answer : talk.ask_all(questions(10))) {
        CHECK(answer.outcome == Outcome::records);
        CHECK(answer.tries == 3);
    }
    for (const Query& query : talk.server().queries()) CHECK(query.edns.has_value() == (query.nth < 3));
}

TEST_CASE("A server that was heard keeps EDNS on the last try") {
    Conversation talk([](const Query& query) {
        return query.nth == 1 ? say(Message::reply_to(query).rcode(2)) : query.nth == 2 ? silence() : say(truth(query));
    });
    CHECK(talk.ask("host.example", RecordType::a).outcome == Outcome::records);
    CHECK(talk.server().queries().at(2).edns.has_value());
}

TEST_CASE("FORMERR of one server does not take EDNS from the next") {
    const Script cannot = [](const Query& query) {
        return say(Message::reply_to(query).rcode(query.edns ? 1 : 2).without_opt());
    };
    Conversation talk({cannot, [](const Query& query) { return say(truth(query)); }}, quick());
    const Answer answer = talk.ask("host.example", RecordType::a);
    CHECK(answer.outcome == Outcome::records);
    CHECK(answer.tries <= 3);  // where c-ares asks again by itself, it is not counted
    CHECK(talk.server(1).queries().at(0).edns.has_value());
}

TEST_CASE("BADVERS is other, with its code") {
    Conversation talk([](const Query& query) { return say(Message::reply_to(query).rcode(16)); });
    const Answer answer = talk.ask("host.example", RecordType::a);
    CHECK(answer.outcome == Outcome::other);
    REQUIRE(answer.rcode);
    CHECK(rcode_text(*answer.rcode) == "BADVERS");
}

TEST_CASE("A reply of up to 1232 octets comes over UDP") {
    Conversation talk([](const Query& query) {
        auto reply = Message::reply_to(query);
        for (int i = 1; i <= 74; ++i) reply.answer(a("192.0.2." + std::to_string(i)));
        return say(reply);
    });
    const Answer answer = talk.ask("host.example", RecordType::a);
    CHECK(answer.outcome == Outcome::records);
    CHECK(answer.addresses.size() == 74);
    CHECK(answer.transport == Transport::udp);
    CHECK(answer.tries == 1);
}

TEST_CASE("A UDP reply of 512 octets that ends inside a record was cut on its way: TCP") {
    Conversation talk([](const Query& query) {
        auto reply = Message::reply_to(query).without_opt();
        for (int i = 1; i <= 60; ++i) reply.answer(a("192.0.2." + std::to_string(i)));
        const std::string octets = reply.octets();
        if (query.transport == Transport::tcp) return say(reply);
        return Reaction().then(Send{octets.substr(0, 512), {}, Path::server, true});
    });
    const Answer answer = talk.ask("host.example", RecordType::a);
    // From c-ares 1.28 on, nothing is known of a message that it cannot read.
    if (cares_reads_replies()) {
        CHECK(answer.outcome == Outcome::malformed);
        return;
    }
    CHECK(answer.outcome == Outcome::records);
    CHECK(answer.addresses.size() == 60);
    CHECK(answer.transport == Transport::tcp);
}
