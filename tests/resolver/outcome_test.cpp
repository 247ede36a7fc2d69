// SPDX-License-Identifier: MIT
// Outcomes: what each kind of reply is called, on the wire as in the evidence.
#include <algorithm>

#include "catch.hpp"
#include "conversation.hpp"

using namespace fcrdns;
using namespace fcrdns::test;

namespace {

constexpr const char* reverse_name = "1.113.0.203.in-addr.arpa";

Answer answer_to(const std::function<Message(const Query&)>& reply, RecordType type = RecordType::ptr) {
    Conversation talk([&](const Query& query) { return say(reply(query)); });
    return talk.ask(type == RecordType::ptr ? reverse_name : "mail.example.com", type);
}

}  // namespace

TEST_CASE("Records of the asked type make the outcome records") {
    const Answer pointers = answer_to([](const Query& query) {
        return Message::reply_to(query).answer(ptr("mail.example.com")).answer(ptr("b.example.com"));
    });
    REQUIRE(pointers.outcome == Outcome::records);
    REQUIRE(pointers.names.size() == 2);
    CHECK(pointers.names[0].name.to_text() == "mail.example.com");
    CHECK(pointers.names[1].name.to_text() == "b.example.com");
    CHECK(pointers.rcode == 0);

    const Answer addresses = answer_to(
        [](const Query& query) { return Message::reply_to(query).answer(a("203.0.113.1")).answer(a("203.0.113.2")); },
        RecordType::a);
    REQUIRE(addresses.outcome == Outcome::records);
    REQUIRE(addresses.addresses.size() == 2);
    CHECK(addresses.addresses[1].ip.to_text() == "203.0.113.2");

    const Answer longer = answer_to(
        [](const Query& query) { return Message::reply_to(query).answer(aaaa("2001:db8::1")); }, RecordType::aaaa);
    REQUIRE(longer.outcome == Outcome::records);
    CHECK(longer.addresses.at(0).ip.to_text() == "2001:db8::1");
}

TEST_CASE("Each RCODE has its outcome, and is kept") {
    struct Row {
        unsigned rcode;
        Outcome outcome;
        unsigned tries;
    };
    // A definite answer ends it; otherwise each server has its tries, and FORMERR one more without EDNS.
    const Row rows[] = {
        {1, Outcome::formerr, 4}, {2, Outcome::servfail, 3}, {3, Outcome::nxdomain, 1}, {4, Outcome::notimp, 3},
        {5, Outcome::refused, 3}, {6, Outcome::other, 3},    {8, Outcome::other, 3},    {9, Outcome::other, 3},
        {16, Outcome::other, 3},  {22, Outcome::other, 3},
    };
    for (const Row& row : rows) {
        INFO("RCODE " << row.rcode);
        const Answer answer = answer_to([&](const Query& query) { return Message::reply_to(query).rcode(row.rcode); });
        CHECK(answer.outcome == row.outcome);
        // Without EDNS there is no room for the upper bits.
        CHECK(answer.rcode == (row.rcode == 1 ? 1U : row.rcode));
        CHECK(answer.tries <= row.tries);  // c-ares asks again after FORMERR by itself, which is not counted
        CHECK(answer.tries >= std::min(row.tries, 3U));
        CHECK(answer.names.empty());
        CHECK(answer.server);
    }
    // From c-ares 1.31 on, it acts upon BADCOOKIE itself (RFC 7873 5.3), and does not always tell of it.
    const Answer bad_cookie = answer_to([](const Query& query) { return Message::reply_to(query).rcode(23); });
    CHECK_FALSE(is_definite(bad_cookie.outcome));
    // From c-ares 1.28 on, a code that nobody has given a meaning is told as SERVFAIL.
    for (const unsigned rcode : {15U, 24U, 4095U}) {
        INFO("RCODE " << rcode);
        const Answer answer = answer_to([&](const Query& query) { return Message::reply_to(query).rcode(rcode); });
        CHECK(answer.outcome == (cares_reads_replies() ? Outcome::servfail : Outcome::other));
    }
}

TEST_CASE("A reply that says that it is a policy is filtered, whatever it holds") {
    struct Row {
        std::uint16_t error;
        unsigned rcode;
        Outcome outcome;
    };
    const Row rows[] = {
        {4, 0, Outcome::filtered},  {15, 3, Outcome::filtered}, {16, 2, Outcome::filtered},
        {17, 5, Outcome::filtered}, {18, 3, Outcome::filtered}, {18, 0, Outcome::filtered},
        {18, 5, Outcome::refused},  {18, 2, Outcome::servfail}, {22, 3, Outcome::nxdomain},
    };
    for (const Row& row : rows) {
        INFO("error " << row.error << ", RCODE " << row.rcode);
        const Answer answer = answer_to([&](const Query& query) {
            return Message::reply_to(query).rcode(row.rcode).options(extended_error(row.error, ""));
        });
        CHECK(answer.outcome == row.outcome);
    }
}

TEST_CASE("NOERROR without the asked type is nodata, with SOA and without") {
    const Answer bare = answer_to([](const Query& query) { return Message::reply_to(query); });
    CHECK(bare.outcome == Outcome::nodata);
    CHECK_FALSE(bare.soa);
    const Answer with_soa = answer_to(
        [](const Query& query) { return Message::reply_to(query).authority(soa("113.0.203.in-addr.arpa", 40, 600)); });
    CHECK(with_soa.outcome == Outcome::nodata);
    REQUIRE(with_soa.soa);
    CHECK(with_soa.soa->ttl == 40);
    CHECK(with_soa.soa->minimum == 600);
    const Answer other_type =
        answer_to([](const Query& query) { return Message::reply_to(query).answer(a("203.0.113.1")); });
    CHECK(other_type.outcome == Outcome::nodata);
    CHECK(other_type.addresses.empty());
}

TEST_CASE("NS without SOA is a referral; with SOA it is nodata") {
    const Answer referral = answer_to([](const Query& query) {
        return Message::reply_to(query).authority(ns("ns1.isp.example").owned_by("203.in-addr.arpa"));
    });
    CHECK(referral.outcome == Outcome::referral);
    CHECK(referral.tries == 3);
    REQUIRE(referral.delegation.size() == 1);
    CHECK(referral.delegation[0].name.to_text() == "ns1.isp.example");
    CHECK(referral.question.name.is_under(referral.delegation[0].zone));
    const Answer root = answer_to(
        [](const Query& query) { return Message::reply_to(query).authority(ns("a.root-servers.net").owned_by(".")); });
    CHECK(root.outcome == Outcome::referral);
    const Answer with_soa = answer_to([](const Query& query) {
        return Message::reply_to(query)
            .authority(ns("ns1.isp.example").owned_by("203.in-addr.arpa"))
            .authority(soa("203.in-addr.arpa"));
    });
    CHECK(with_soa.outcome == Outcome::nodata);
    CHECK(with_soa.delegation.empty());
    const Answer with_records = answer_to([](const Query& query) {
        return Message::reply_to(query)
            .answer(ptr("mail.example.com"))
            .authority(ns("ns1.isp.example").owned_by("203.in-addr.arpa"));
    });
    CHECK(with_records.outcome == Outcome::records);
}

TEST_CASE("NXDOMAIN stays NXDOMAIN, whatever the sections hold") {
    const Answer answer = answer_to([](const Query& query) {
        return Message::reply_to(query)
            .rcode(3)
            .answer(ptr("mail.example.com"))
            .authority(ns("ns1.isp.example").owned_by("203.in-addr.arpa"))
            .authority(soa("203.in-addr.arpa"));
    });
    CHECK(answer.outcome == Outcome::nxdomain);
    CHECK(answer.names.empty());
    REQUIRE(answer.soa);
    CHECK(answer.soa->zone.to_text() == "203.in-addr.arpa");
}

TEST_CASE("A broken message is malformed, and nothing of it is used") {
    const Answer answer = answer_to([](const Query& query) {
        return Message::reply_to(query).answer(ptr("mail.example.com")).answer(raw(1, "123"));
    });
    CHECK(answer.outcome == Outcome::malformed);
    CHECK(answer.names.empty());
    CHECK_FALSE(answer.rcode);
    CHECK(answer.tries == 3);
}

TEST_CASE("A broken message is asked again: the next one counts") {
    Conversation talk([](const Query& query) {
        auto reply = Message::reply_to(query).answer(ptr("mail.example.com"));
        return say(query.nth == 1 ? reply.count(1, 2) : reply);
    });
    const Answer answer = talk.ask(reverse_name, RecordType::ptr);
    CHECK(answer.outcome == Outcome::records);
    CHECK(answer.tries <= 2);  // where its socket ended with it, asking again is not counted
}
