// SPDX-License-Identifier: MIT
// CNAME chains (RFC 2317 for PTR): followed in any order, asked on once, never believed
// when they loop or grow too long.
#include <algorithm>

#include "catch.hpp"
#include "conversation.hpp"

using namespace fcrdns;
using namespace fcrdns::test;

namespace {

constexpr const char* reverse_name = "7.100.51.198.in-addr.arpa";

std::string link(unsigned number) {
    return "link" + std::to_string(number) + ".example";
}

// CNAMEs from `start` to link1, link2, … linkN.
std::vector<Record> chain(const std::string& start, unsigned links) {
    std::vector<Record> records;
    for (unsigned i = 1; i <= links; ++i) records.push_back(cname(link(i)).owned_by(i == 1 ? start : link(i - 1)));
    return records;
}

Answer answer_of(const std::vector<Record>& records, unsigned rcode = 0) {
    Conversation talk([&](const Query& query) {
        auto reply = Message::reply_to(query).rcode(rcode);
        for (const Record& record : records) reply.answer(record);
        return say(reply);
    });
    return talk.ask(reverse_name, RecordType::ptr);
}

}  // namespace

TEST_CASE("RFC 2317: the PTR at the end of a CNAME counts, and the chain is kept with its TTLs") {
    const Answer answer = answer_of({cname("7.0-25.100.51.198.in-addr.arpa").with_ttl(77),
                                     ptr("mail.example.com").owned_by("7.0-25.100.51.198.in-addr.arpa").with_ttl(88)});
    REQUIRE(answer.outcome == Outcome::records);
    REQUIRE(answer.cname_chain.size() == 1);
    CHECK(answer.cname_chain[0].owner.to_text() == reverse_name);
    CHECK(answer.cname_chain[0].target.to_text() == "7.0-25.100.51.198.in-addr.arpa");
    CHECK(answer.cname_chain[0].ttl == 77);
    CHECK(answer.names.at(0).ttl == 88);
    CHECK(answer.final_name().to_text() == "7.0-25.100.51.198.in-addr.arpa");
}

TEST_CASE("The records of a chain may stand in any order") {
    std::vector<Record> records = chain(reverse_name, 4);
    records.push_back(ptr("mail.example.com").owned_by(link(4)));
    std::sort(records.begin(), records.end(), [](const Record& x, const Record& y) { return x.octets() < y.octets(); });
    do {
        const Answer answer = answer_of(records);
        REQUIRE(answer.outcome == Outcome::records);
        REQUIRE(answer.cname_chain.size() == 4);
        CHECK(answer.cname_chain[3].target.to_text() == link(4));
    } while (std::next_permutation(records.begin(), records.end(),
                                   [](const Record& x, const Record& y) { return x.octets() < y.octets(); }));
}

TEST_CASE("A chain of 16 links is followed, one of 17 is malformed") {
    for (const unsigned links : {1U, 16U, 17U, 30U}) {
        INFO(links << " links");
        std::vector<Record> records = chain(reverse_name, links);
        records.push_back(ptr("mail.example.com").owned_by(link(links)));
        const Answer answer = answer_of(records);
        CHECK(answer.outcome == (links <= 16 ? Outcome::records : Outcome::malformed));
        CHECK(answer.cname_chain.size() == (links <= 16 ? links : 0));
    }
}

TEST_CASE("A CNAME loop is malformed, also beside the record it hides") {
    CHECK(answer_of({cname(reverse_name)}).outcome == Outcome::malformed);
    const Record back = cname(reverse_name).owned_by("b.example");
    CHECK(answer_of({cname("b.example"), back}).outcome == Outcome::malformed);
    CHECK(answer_of({cname("b.example"), back, ptr("mail.example.com")}).outcome == Outcome::malformed);
    CHECK(answer_of({cname("b.example"), back}, 3).outcome == Outcome::malformed);
    CHECK(answer_of(
              {cname("b.example"), cname("c.example").owned_by("b.example"), cname("B.EXAMPLE").owned_by("c.example")})
              .outcome == Outcome::malformed);
}

TEST_CASE("NXDOMAIN and nodata belong to the end of the chain") {
    const Answer gone = answer_of({cname("gone.example")}, 3);
    CHECK(gone.outcome == Outcome::nxdomain);
    CHECK(gone.final_name().to_text() == "gone.example");
    Conversation talk([](const Query& query) {
        return say(Message::reply_to(query).answer(cname("empty.example")).authority(soa("example", 30)));
    });
    const Answer empty = talk.ask(reverse_name, RecordType::ptr);
    CHECK(empty.outcome == Outcome::nodata);
    CHECK(empty.soa->zone.to_text() == "example");
    CHECK(talk.server().queries().size() == 1);
}

TEST_CASE("A record beside the chain, not at its end, is not the answer") {
    const Answer answer = answer_of({cname("b.example"), ptr("mail.example.com").owned_by("c.example")}, 0);
    CHECK(answer.names.empty());
}

TEST_CASE("A dangling chain is asked on once, at its target") {
    Conversation talk([](const Query& query) {
        if (query.question.name.to_text() == "b.example")
            return say(Message::reply_to(query).answer(ptr("mail.example")));
        return say(Message::reply_to(query).answer(cname("b.example").with_ttl(9)));
    });
    const Answer answer = talk.ask(reverse_name, RecordType::ptr);
    CHECK(answer.question.name.to_text() == reverse_name);
    CHECK(answer.outcome == Outcome::records);
    REQUIRE(answer.names.size() == 1);
    CHECK(answer.names[0].name.to_text() == "mail.example");
    REQUIRE(answer.cname_chain.size() == 1);
    CHECK(answer.cname_chain[0].ttl == 9);
    CHECK(answer.tries == 2);
    const auto& queries = talk.server().queries();
    REQUIRE(queries.size() == 2);
    CHECK(queries[1].question == question("b.example", RecordType::ptr));
}

TEST_CASE("What the target says decides: nothing there, no such name, a failure") {
    const auto second = [](const std::function<Reaction(const Query&)>& reply) {
        Conversation talk([&](const Query& query) {
            const bool target = query.question.name.to_text() == "b.example";
            return target ? reply(query) : say(Message::reply_to(query).answer(cname("b.example")));
        });
        return talk.ask(reverse_name, RecordType::ptr).outcome;
    };
    CHECK(second([](const Query& q) { return say(Message::reply_to(q)); }) == Outcome::nodata);
    CHECK(second([](const Query& q) { return say(Message::reply_to(q).rcode(3)); }) == Outcome::nxdomain);
    CHECK(second([](const Query& q) { return say(Message::reply_to(q).rcode(2)); }) == Outcome::servfail);
    CHECK(second([](const Query&) { return silence(); }) == Outcome::timeout);
    CHECK(second([](const Query& q) {
              return say(Message::reply_to(q).authority(ns("ns1.example").owned_by("example")));
          }) == Outcome::referral);
    // Asked on once only: a target that dangles again, and a server that refers.
    CHECK(second([](const Query& q) { return say(Message::reply_to(q).answer(cname("c.example"))); }) ==
          Outcome::nodata);
    CHECK(second([](const Query& q) {
              return say(
                  Message::reply_to(q).answer(cname("c.example")).authority(ns("ns1.example").owned_by("example")));
          }) == Outcome::referral);
}

TEST_CASE("A loop or too long a chain over two messages is malformed") {
    Conversation looping([](const Query& query) {
        const bool target = query.question.name.to_text() == "b.example";
        return say(Message::reply_to(query).answer(cname(target ? reverse_name : "b.example")));
    });
    CHECK(looping.ask(reverse_name, RecordType::ptr).outcome == Outcome::malformed);

    for (const unsigned more : {6U, 7U}) {
        Conversation talk([&](const Query& query) {
            auto reply = Message::reply_to(query);
            if (query.question.name.to_text() == reverse_name) {
                for (const Record& record : chain(reverse_name, 10)) reply.answer(record);
                return say(reply);
            }
            std::string owner = query.question.name.to_text();
            for (unsigned i = 1; i <= more; ++i) {
                const std::string target = "more" + std::to_string(i) + ".example";
                reply.answer(cname(target).owned_by(owner));
                owner = target;
            }
            return say(reply.answer(ptr("mail.example").owned_by(owner)));
        });
        const Answer answer = talk.ask(reverse_name, RecordType::ptr);
        CHECK(answer.outcome == (more == 6 ? Outcome::records : Outcome::malformed));
        CHECK(answer.names.size() == (more == 6 ? 1 : 0));
        CHECK(answer.cname_chain.size() == (more == 6 ? 16 : 10));
    }
}

TEST_CASE("A DNAME beside the CNAME made of it is kept") {
    constexpr std::uint16_t dname = 39;
    const Answer answer = answer_of({raw(dname, wire("new.example")).owned_by("100.51.198.in-addr.arpa"),
                                     cname("7.new.example"), ptr("mail.example.com").owned_by("7.new.example")});
    REQUIRE(answer.outcome == Outcome::records);
    CHECK(answer.cname_chain.size() == 1);
    REQUIRE(answer.dnames.size() == 1);
    CHECK(answer.dnames[0].owner.to_text() == "100.51.198.in-addr.arpa");
}

// RFC 6672 2.5 forbids to compress the target of a DNAME; systemd-resolved does so.
TEST_CASE("A DNAME without its CNAME leads on, also where its target is compressed") {
    constexpr std::uint16_t dname = 39;
    const std::string rest = "100.51.198.in-addr.arpa";
    const std::string compressed = '\3' + std::string("new") + pointer(25);  // into the name of the question
    const Record record = ptr("mail.example.com").owned_by("7.new.in-addr.arpa");
    for (const std::string& target : {wire("new.in-addr.arpa"), compressed}) {
        const Answer answer = answer_of({raw(dname, target).owned_by(rest), record});
        REQUIRE(answer.outcome == Outcome::records);
        CHECK(answer.final_name().to_text() == "7.new.in-addr.arpa");
        REQUIRE(answer.dnames.size() == 1);
        CHECK(answer.dnames[0].target.to_text() == "new.in-addr.arpa");
    }
    // A target that nobody can read, and no record that it may lead to.
    CHECK(answer_of({raw(dname, pointer(0x3fff)).owned_by(rest)}).outcome == Outcome::malformed);
}

TEST_CASE("A late reply to the first question is not taken for one to the target") {
    // The first try is answered after the second one has led to the target.
    Conversation talk([](const Query& query) {
        if (query.question.name.to_text() == "b.example")
            return say_late(Message::reply_to(query).rcode(3), milliseconds(40));
        if (query.nth == 1) return say_late(Message::reply_to(query).answer(ptr("forged.example")), milliseconds(70));
        return say(Message::reply_to(query).answer(cname("b.example")));
    });
    const Answer answer = talk.ask(reverse_name, RecordType::ptr);
    CHECK(answer.outcome == Outcome::nxdomain);
    CHECK(answer.names.empty());
}
