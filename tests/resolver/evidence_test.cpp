// SPDX-License-Identifier: MIT
// Evidence: flags, TTLs, SOA, extended errors, server, transport and time of an answer.
#include "catch.hpp"
#include "conversation.hpp"

using namespace fcrdns;
using namespace fcrdns::test;

namespace {

constexpr const char* reverse_name = "1.113.0.203.in-addr.arpa";
constexpr unsigned padding = 12;  // an option that says nothing (RFC 7830)

Answer answer_to(const std::function<Message(const Query&)>& reply) {
    Conversation talk([&](const Query& query) { return say(reply(query)); });
    return talk.ask(reverse_name, RecordType::ptr);
}

}  // namespace

TEST_CASE("AA, AD and RA are those of the reply") {
    for (unsigned bits = 0; bits < 8; ++bits) {
        const bool aa = (bits & 1U) != 0;
        const bool ad = (bits & 2U) != 0;
        const bool ra = (bits & 4U) != 0;
        const Answer answer = answer_to([&](const Query& query) {
            return Message::reply_to(query).authoritative(aa).authentic(ad).recursion_available(ra).answer(
                ptr("a.example"));
        });
        CHECK(answer.aa == aa);
        CHECK(answer.ad == ad);
        CHECK(answer.ra == ra);
    }
}

TEST_CASE("TTLs are kept as they came") {
    for (const std::uint32_t ttl : {0U, 1U, 86400U, 0x7fffffffU, 0x80000000U, 0xffffffffU}) {
        const Answer answer = answer_to(
            [&](const Query& query) { return Message::reply_to(query).answer(ptr("a.example").with_ttl(ttl)); });
        CHECK(answer.names.at(0).ttl == ttl);
    }
}

TEST_CASE("The SOA of a negative answer is kept, with its zone, names, TTL and minimum") {
    for (const unsigned rcode : {0U, 3U}) {
        const Answer answer = answer_to([&](const Query& query) {
            return Message::reply_to(query).rcode(rcode).authority(soa("113.0.203.in-addr.arpa", 40, 600));
        });
        REQUIRE(answer.soa);
        CHECK(answer.soa->zone.to_text() == "113.0.203.in-addr.arpa");
        CHECK(answer.soa->mname.to_text() == "ns1.isp.example");
        CHECK(answer.soa->rname.to_text() == "hostmaster.isp.example");
        CHECK(answer.soa->ttl == 40);
        CHECK(answer.soa->minimum == 600);
    }
}

TEST_CASE("A SOA of a zone that the name is not in says nothing of the name") {
    const Answer answer = answer_to([](const Query& query) {
        return Message::reply_to(query).rcode(3).authority(soa("example.com")).authority(soa("203.in-addr.arpa"));
    });
    REQUIRE(answer.soa);
    CHECK(answer.soa->zone.to_text() == "203.in-addr.arpa");
}

TEST_CASE("A SOA that is asked for is an answer") {
    Conversation talk(
        [](const Query& query) { return say(Message::reply_to(query).answer(soa("203.in-addr.arpa", 7))); });
    const Answer answer = talk.ask("203.in-addr.arpa", RecordType::soa);
    CHECK(answer.outcome == Outcome::records);
    CHECK(answer.soa->ttl == 7);
}

TEST_CASE("Extended errors are kept") {
    const std::string text("no valid \x1b[31mRRSIG\0", 19);
    const Answer answer = answer_to([&](const Query& query) {
        return Message::reply_to(query).rcode(2).options(extended_error(6, text) + octets16(padding) + octets16(2) +
                                                         "ab" + extended_error(22, ""));
    });
    CHECK(answer.outcome == Outcome::servfail);
    // From c-ares 1.28 on, the last of several is kept.
    REQUIRE(answer.extended_errors.size() == (cares_reads_replies() ? 1 : 2));
    CHECK(answer.extended_errors.back().code == 22);
    CHECK(answer.extended_errors.back().text.empty());
}

TEST_CASE("An extended error has a name, and its text is kept as raw octets") {
    const std::string text("no valid \x1b[31mRRSIG\0", 19);
    const Answer answer = answer_to([&](const Query& query) {
        return Message::reply_to(query).rcode(2).options(octets16(padding) + octets16(2) + "ab" +
                                                         extended_error(6, text));
    });
    REQUIRE(answer.extended_errors.size() == 1);
    CHECK(answer.extended_errors[0].code == 6);
    CHECK(answer.extended_errors[0].text == text);
    CHECK(extended_error_text(6) == "DNSSEC Bogus");
}

TEST_CASE("Extended errors are bounded in number") {
    const Answer answer = answer_to([](const Query& query) {
        std::string options;
        for (std::uint16_t i = 100; i < 200; ++i) options += extended_error(i, "");
        return Message::reply_to(query).rcode(2).options(options);
    });
    CHECK(answer.outcome == Outcome::servfail);
    CHECK(answer.extended_errors.size() <= 16);
    CHECK_FALSE(answer.extended_errors.empty());
}

TEST_CASE("An option that runs past its OPT record breaks the message") {
    const Answer answer = answer_to([](const Query& query) {
        return Message::reply_to(query).answer(ptr("a.example")).options(octets16(15) + octets16(40) + "ab");
    });
    CHECK(answer.outcome == Outcome::malformed);
}

TEST_CASE("Server, transport, tries and time are those of the lookup") {
    Conversation talk([](const Query& query) {
        return say_late(Message::reply_to(query).answer(ptr("a.example")), milliseconds(20));
    });
    const Answer answer = talk.ask(reverse_name, RecordType::ptr);
    CHECK(answer.server == talk.server().endpoint());
    CHECK(answer.server->to_text() == "127.0.0.1:" + std::to_string(talk.server().endpoint().port));
    CHECK(answer.transport == Transport::udp);
    CHECK(answer.elapsed >= milliseconds(19));
    CHECK(answer.elapsed < std::chrono::seconds(10));
}

TEST_CASE("A name of any octets is kept as it came") {
    const Answer answer = answer_to([](const Query& query) {
        return Message::reply_to(query).answer(ptr("\\000\\027]0;x\\007.a\\.b.\\255\\192.example"));
    });
    REQUIRE(answer.outcome == Outcome::records);
    CHECK(answer.names.at(0).name.to_text() == "\\000\\027\\0930\\059x\\007.a\\046b.\\255\\192.example");
}

TEST_CASE("MX records, through whichever reader there is") {
    Conversation talk([](const Query& query) {
        return say(Message::reply_to(query)
                       .answer(mx(20, "mx2.example"))
                       .answer(mx(10, "\\027[31m.example"))
                       .answer(mx(65535, ".")));
    });
    const Answer answer = talk.ask("example.com", RecordType::mx);
    CHECK(answer.outcome == Outcome::records);
    REQUIRE(answer.names.size() == 3);
    CHECK(answer.names[0].name.to_text() == "mx2.example");
    CHECK(answer.names[0].preference == 20);
    CHECK(answer.names[1].name.to_text() == "\\027\\09131m.example");
    CHECK(answer.names[1].preference == 10);
    CHECK(answer.names[2].name.is_root());
    CHECK(answer.names[2].preference == 65535);
}

TEST_CASE("Of thousands of MX records some are kept and the others counted") {
    Conversation talk([](const Query& query) {
        Message message = Message::reply_to(query);
        for (unsigned i = 0; i < 1000; ++i) message.answer(mx(i, "mx" + std::to_string(i) + ".example"));
        return query.transport == Transport::tcp ? say(message) : say(Message::reply_to(query).truncated());
    });
    const Answer answer = talk.ask("example.com", RecordType::mx);
    CHECK(answer.outcome == Outcome::records);
    CHECK(answer.names.size() < 300);
    CHECK(answer.names.size() + answer.names_beyond == 1000);
}
