// SPDX-License-Identifier: MIT
// Sharing: identical questions are asked once while in flight, forward answers for
// their TTL, and no question loses its reply to another one's.
#include <set>

#include "catch.hpp"
#include "conversation.hpp"

using namespace fcrdns;
using namespace fcrdns::test;

namespace {

constexpr auto good = [](const Query& query) {
    return say(query.question.type == RecordType::ptr ? Message::reply_to(query).answer(ptr("host.example"))
                                                      : Message::reply_to(query).answer(a("192.0.2.1")));
};

}  // namespace

TEST_CASE("Identical questions in flight are asked once, and each has its answer") {
    Conversation talk([](const Query& query) {
        return say_late(Message::reply_to(query).answer(ptr("host.example")), milliseconds(10));
    });
    std::vector<Question> same(50, question("1.2.0.192.in-addr.arpa", RecordType::ptr));
    same.push_back(question("1.2.0.192.IN-ADDR.ARPA", RecordType::ptr));
    const auto answers = talk.ask_all(same);
    for (const Answer& answer : answers) CHECK(answer.names.size() == 1);
    CHECK(talk.server().queries().size() == 1);
    CHECK(talk.resolver().open_questions() == 0);
}

TEST_CASE("A forward answer is shared for its TTL, a PTR answer is not") {
    Conversation talk(good);
    for (int i = 0; i < 3; ++i) {
        CHECK(talk.ask("host.example", RecordType::a).outcome == Outcome::records);
        CHECK(talk.ask("1.2.0.192.in-addr.arpa", RecordType::ptr).outcome == Outcome::records);
    }
    std::size_t forward = 0;
    for (const Query& query : talk.server().queries()) forward += query.question.type == RecordType::a ? 1U : 0U;
    CHECK(forward == 1);
    CHECK(talk.server().queries().size() == 4);
}

TEST_CASE("Nothing is shared when told so, with a TTL of 0, or of a failure") {
    ResolverOptions alone = quick();
    alone.share_answers = false;
    Conversation unshared(good, alone);
    Conversation fleeting(
        [](const Query& query) { return say(Message::reply_to(query).answer(a("192.0.2.1").with_ttl(0))); });
    Conversation failing([](const Query& query) { return say(Message::reply_to(query).rcode(2)); });
    for (Conversation* talk : {&unshared, &fleeting, &failing}) {
        (void)talk->ask("host.example", RecordType::a);
        const std::size_t once = talk->server().queries().size();
        (void)talk->ask("host.example", RecordType::a);
        CHECK(talk->server().queries().size() == 2 * once);
    }
}

TEST_CASE("Retries of some questions cost the others nothing") {
    // Each question is refused twice before its answer, so that handles are used again and again.
    Conversation talk([](const Query& query) {
        return say(query.nth < 3 ? Message::reply_to(query).rcode(2) : Message::reply_to(query).answer(a("192.0.2.1")));
    });
    const auto answers = talk.ask_all(questions(300));
    for (const Answer& answer : answers) {
        CHECK(answer.outcome == Outcome::records);
        CHECK(answer.tries == 3);
    }
    CHECK(talk.server().queries().size() == 900);
}

TEST_CASE("A question that goes on over TCP does not drop the reply of one that came after it") {
    // The first question leaves its UDP handle to the second one, and ends before that is answered.
    ResolverOptions options = quick();
    options.timeout = std::chrono::seconds(5);
    Conversation talk(
        [](const Query& query) {
            if (query.question.name.to_text() == "second.example") {
                return say_late(Message::reply_to(query).answer(a("192.0.2.2")), milliseconds(100));
            }
            if (query.transport == Transport::udp) return say(Message::reply_to(query).truncated());
            return say_late(Message::reply_to(query).answer(a("192.0.2.1")), milliseconds(50));
        },
        options);
    std::optional<Answer> first;
    std::optional<Answer> second;
    talk.resolver().ask(question("first.example", RecordType::a), [&](Answer answer) { first = std::move(answer); });
    talk.run_until([&] { return talk.server().queries().size() == 2; });
    talk.resolver().ask(question("second.example", RecordType::a), [&](Answer answer) { second = std::move(answer); });
    talk.run_until([&] { return first && second; });
    CHECK(first->outcome == Outcome::records);
    CHECK(second->outcome == Outcome::records);
    CHECK(second->tries == 1);
}

TEST_CASE("A question outlives the channel of its first try") {
    // Channels are renewed after so many queries that their port could be guessed; the first question
    // waits for TCP meanwhile.
    ResolverOptions options;
    options.timeout = std::chrono::seconds(60);
    options.share_answers = false;
    Conversation talk(
        [](const Query& query) {
            if (query.question.name.to_text() != "first.example")
                return say(Message::reply_to(query).answer(a("192.0.2.1")));
            if (query.transport == Transport::udp) return say(Message::reply_to(query).truncated());
            return say_late(Message::reply_to(query).answer(a("192.0.2.1")), held);
        },
        options);
    std::optional<Answer> first;
    talk.resolver().ask(question("first.example", RecordType::a), [&](Answer answer) { first = std::move(answer); });
    const Question other = question("other.example", RecordType::a);
    std::set<std::uint16_t> ports;
    for (int i = 0; i < 20100; ++i) {
        bool answered = false;
        talk.resolver().ask(other, [&](const Answer&) { answered = true; });
        talk.run_until([&] { return answered; });
    }
    CHECK_FALSE(first);
    talk.server().release();
    talk.run_until([&] { return first.has_value(); });
    CHECK(first->outcome == Outcome::records);
    for (const Query& query : talk.server().queries()) {
        if (query.transport == Transport::udp) ports.insert(query.source_port);
    }
    CHECK(ports.size() >= 2);
}

TEST_CASE("A late reply to a question that waits for its next try ends it for good") {
    // At 20 queries a second the second try has to wait, and the late reply comes before it goes out.
    ResolverOptions options = quick();
    options.timeout = milliseconds(10);
    options.rate = make_rate_limit(20);
    options.jobs = 1;
    Conversation talk(
        [](const Query& query) { return say_late(Message::reply_to(query).answer(a("192.0.2.1")), milliseconds(25)); },
        options);
    for (const Question& one : questions(6)) {
        const Answer answer = talk.ask_all({one}).front();
        CHECK(answer.outcome == Outcome::records);
        CHECK(answer.tries == 1);
    }
    // Each was asked once, nothing is asked for a question that is over, and the window has room again.
    CHECK(talk.server().queries().size() == 6);
    talk.run_until([&] { return talk.resolver().has_room(); });
    CHECK(talk.server().queries().size() == 6);
}

TEST_CASE("There is no room for ever more askers of the same question or of shared answers") {
    Conversation talk([](const Query& query) {
        return query.question.type == RecordType::a ? say(Message::reply_to(query).answer(a("192.0.2.1"))) : silence();
    });
    std::size_t answered = 0;
    const Question silent = question("1.2.0.192.in-addr.arpa", RecordType::ptr);
    std::size_t asked = 0;
    for (; talk.resolver().has_room() && asked < 1000000; ++asked) {
        talk.resolver().ask(silent, [&](const Answer&) { ++answered; });
    }
    CHECK(asked < 1000000);
    talk.run_until([&] { return answered == asked; });

    (void)talk.ask("host.example", RecordType::a);
    std::size_t shared = 0;
    for (asked = 0, answered = 0; talk.resolver().has_room() && asked < 1000000; ++asked) {
        talk.resolver().ask(question("host.example", RecordType::a), [&](const Answer&) { ++shared; });
    }
    CHECK(asked < 1000000);
    CHECK(talk.resolver().open_questions() == asked);
    talk.run_until([&] { return shared == asked; });
    CHECK(talk.resolver().has_room());
}
