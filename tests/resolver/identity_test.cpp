// SPDX-License-Identifier: MIT
// Identity: a reply counts only from the asked server, with the asked ID and question,
// the QR bit and opcode QUERY. What is none is never believed. What has another ID,
// question or source is ignored, and the true one waited for; what else is none may end the
// try: c-ares takes it for the reply, or cannot read it.
#include "catch.hpp"
#include "conversation.hpp"

using namespace fcrdns;
using namespace fcrdns::test;

namespace {

constexpr const char* name = "host.example";

struct Forgery {
    const char* what;
    std::function<Send(const Query&)> made;
    bool ignored = false;
};

// What a forger would have believed: another address than the true one.
Message forged(const Query& query) {
    return Message::reply_to(query).answer(a("198.51.100.66"));
}

Send datagram(const Message& message, Path path = Path::server) {
    return {message.octets(), {}, path, true};
}

// Over TCP nobody else can write into the connection.
std::vector<Forgery> forgeries(Transport transport = Transport::udp) {
    std::vector<Forgery> all = {
        {"wrong ID", [](const Query& q) { return datagram(forged(q).id(q.id ^ 1U)); }, true},
        {"no bit of the ID right", [](const Query& q) { return datagram(forged(q).id(q.id ^ 0xffffU)); }, true},
        {"wrong name", [](const Query& q) { return datagram(forged(q).question(wire("other.example"), 1)); }, true},
        {"longer name", [](const Query& q) { return datagram(forged(q).question("\1a" + q.question.name.wire(), 1)); },
         true},
        {"wrong type", [](const Query& q) { return datagram(forged(q).question(q.question.name.wire(), 28)); }, true},
        {"wrong class", [](const Query& q) { return datagram(forged(q).question(q.question.name.wire(), 1, 3)); },
         true},
        {"no question", [](const Query& q) { return datagram(forged(q).no_question().count(0, 0)); }},
        {"question not counted", [](const Query& q) { return datagram(forged(q).count(0, 0)); }},
        {"two questions",
         [](const Query& q) { return datagram(forged(q).one_more_question(q.question.name.wire(), 1)); }},
        {"QR clear", [](const Query& q) { return datagram(forged(q).response(false)); }},
        {"own query echoed",
         [](const Query& q) {
             return Send{q.octets, {}, Path::server, true};
         }},
        {"opcode IQUERY", [](const Query& q) { return datagram(forged(q).opcode(1)); }},
        {"opcode UPDATE", [](const Query& q) { return datagram(forged(q).opcode(5)); }},
        {"empty datagram",
         [](const Query&) {
             return Send{"", {}, Path::server, true};
         }},
        {"two octets",
         [](const Query& q) {
             return Send{octets16(q.id), {}, Path::server, true};
         }},
        {"eleven octets",
         [](const Query& q) {
             return Send{forged(q).octets().substr(0, 11), {}, Path::server, true};
         }},
        {"header only",
         [](const Query& q) {
             return Send{forged(q).octets().substr(0, 12), {}, Path::server, true};
         }},
        {"cut in the question",
         [](const Query& q) {
             return Send{forged(q).octets().substr(0, 17), {}, Path::server, true};
         }},
        {"noise",
         [](const Query&) {
             return Send{std::string(300, '\xa5'), {}, Path::server, true};
         }},
    };
    if (transport == Transport::tcp) return all;
    all.push_back({"other port", [](const Query& q) { return datagram(forged(q), Path::other_port); }, true});
    all.push_back({"other address", [](const Query& q) { return datagram(forged(q), Path::other_address); }, true});
    return all;
}

}  // namespace

TEST_CASE("A forged datagram is ignored and the true reply behind it counts; a broken one is never believed") {
    for (const Forgery& forgery : forgeries()) {
        INFO(forgery.what);
        Conversation talk([&](const Query& query) { return Reaction().then(forgery.made(query)).then(truth(query)); });
        const Answer answer = talk.ask(name, RecordType::a);
        if (!forgery.ignored && !is_definite(answer.outcome)) continue;
        CHECK(answer.outcome == Outcome::records);
        REQUIRE(answer.addresses.size() == 1);
        CHECK(answer.addresses[0].ip.to_text() == "192.0.2.1");
        if (forgery.ignored) CHECK(answer.tries == 1);
    }
}

TEST_CASE("A forged datagram alone is silence, a broken one no answer either") {
    // All at once, one name for each, so that all the silence is waited for together.
    const auto all = forgeries();
    std::vector<Question> questions;
    std::map<std::string, const Forgery*> forgery_for;
    for (const Forgery& forgery : all) {
        questions.push_back(question("f" + std::to_string(questions.size()) + ".example", RecordType::a));
        forgery_for[questions.back().name.to_text()] = &forgery;
    }
    Conversation talk([&](const Query& query) {
        return Reaction().then(forgery_for.at(query.question.name.to_text())->made(query));
    });
    const auto answers = talk.ask_all(questions);
    for (std::size_t i = 0; i < answers.size(); ++i) {
        INFO(all[i].what);
        const bool none =
            answers[i].outcome == Outcome::timeout || (!all[i].ignored && answers[i].outcome == Outcome::malformed);
        CHECK(none);
        CHECK(answers[i].tries == 3);
    }
    CHECK(talk.server().queries().size() >= 3 * questions.size());
}

TEST_CASE("The same over TCP: never believed, a later try may answer") {
    ResolverOptions options = quick();
    options.timeout = milliseconds(20);
    options.tcp_only = true;
    for (const Forgery& forgery : forgeries(Transport::tcp)) {
        INFO(forgery.what);
        Conversation never([&](const Query& query) { return Reaction().then(forgery.made(query)); }, options);
        CHECK_FALSE(is_definite(never.ask(name, RecordType::a).outcome));
        Conversation later(
            [&](const Query& query) {
                return query.nth == 1 ? Reaction().then(forgery.made(query)) : say(truth(query));
            },
            options);
        const Answer answer = later.ask(name, RecordType::a);
        REQUIRE(answer.outcome == Outcome::records);
        CHECK(answer.addresses.at(0).ip.to_text() == "192.0.2.1");
    }
}

TEST_CASE("The letter case of the question in the reply does not matter") {
    Conversation talk([](const Query& query) {
        return say(
            Message::reply_to(query).question(wire("hOsT.eXAMPLE"), 1).answer(a("192.0.2.1").owned_by("HOST.example")));
    });
    CHECK(talk.ask(name, RecordType::a).outcome == Outcome::records);
}

TEST_CASE("A flood of wrong IDs that the socket can hold does not hide the true reply") {
    Conversation talk([](const Query& query) {
        Reaction reaction;
        for (unsigned i = 1; i <= 100; ++i) reaction.then(forged(query).id(query.id ^ i));
        return reaction.then(truth(query));
    });
    const Answer answer = talk.ask(name, RecordType::a);
    REQUIRE(answer.outcome == Outcome::records);
    CHECK(answer.addresses.at(0).ip.to_text() == "192.0.2.1");
    CHECK(answer.tries == 1);
}

TEST_CASE("A late reply to an earlier try counts") {
    Conversation talk(
        [](const Query& query) { return query.nth == 1 ? say_late(truth(query), milliseconds(80)) : silence(); });
    const Answer answer = talk.ask(name, RecordType::a);
    CHECK(answer.outcome == Outcome::records);
}

TEST_CASE("A reply to a question that has its answer is dropped") {
    Conversation talk([](const Query& query) { return say(truth(query)).then(forged(query)); });
    CHECK(talk.ask(name, RecordType::a).addresses.at(0).ip.to_text() == "192.0.2.1");
    // The forged one is in the socket before the second question goes out, and is no reply to it.
    CHECK(talk.ask("second.example", RecordType::a).addresses.at(0).ip.to_text() == "192.0.2.1");
}
