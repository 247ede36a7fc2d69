// SPDX-License-Identifier: MIT
// Check, fed with literal answers: which questions an address raises, in which order,
// and when the evidence is complete or settled.
#include "fcrdns/check.hpp"

#include <string>
#include <vector>

#include "catch.hpp"
#include "fcrdns/verdict.hpp"
#include "literal_world.hpp"

using namespace fcrdns;
using namespace fcrdns::test;

namespace {

IpAddress client() {
    return ip("192.0.2.25");
}

Question ptr_question() {
    return {client().reverse_name(), RecordType::ptr};
}

std::string text(const std::vector<Question>& questions) {
    std::string out;
    for (const Question& q : questions) {
        if (!out.empty()) out += ", ";
        out.append(to_word(q.type)).append(" ").append(q.name.to_text());
    }
    return out;
}

Answer ptr_answer(const std::vector<std::string>& names) {
    return World().ptr("192.0.2.25", names)[ptr_question()];
}

Answer a(const std::string& owner, const std::string& address) {
    return World().address(owner, {address})[{name(owner), RecordType::a}];
}

// Names n1.example, n2.example, …
std::vector<std::string> numbered(std::size_t count) {
    std::vector<std::string> names;
    for (std::size_t i = 1; i <= count; ++i) names.push_back("n" + std::to_string(i) + ".example");
    return names;
}

// A check whose PTR answer is in.
struct Started {
    Check check{client()};
    std::vector<Question> questions;

    explicit Started(const std::vector<std::string>& names, std::optional<DnsName> helo = std::nullopt)
        : check(client(), std::move(helo)) {
        (void)check.start();
        questions = check.feed(ptr_answer(names));
    }
};

}  // namespace

TEST_CASE("of thousands of addresses some are kept, ours among them, and the others are counted") {
    Started started({"mail.example"});
    Answer many;
    many.question = {name("mail.example"), RecordType::a};
    many.outcome = Outcome::records;
    for (int i = 0; i < 4000; ++i) {
        many.addresses.push_back({ip("10.0." + std::to_string(i / 250) + "." + std::to_string(i % 250)), 60});
    }
    many.addresses.push_back({client(), 60});
    (void)started.check.feed(std::move(many));
    const PtrName& kept = started.check.evidence().names.at(0);
    REQUIRE(kept.forward);
    CHECK(kept.forward->addresses.size() == 64);
    CHECK(kept.forward->addresses_beyond == 4001 - 64);
    CHECK(leads_back(kept, client()));
}

TEST_CASE("an address raises its PTR question first") {
    CHECK(text(Check(client()).start()) == "PTR 25.2.0.192.in-addr.arpa");
    Check check(client());
    CHECK(check.done());
    (void)check.start();
    CHECK_FALSE(check.done());
    CHECK_FALSE(check.settled());
}

TEST_CASE("without PTR records there is nothing more to ask") {
    for (const Outcome outcome : {Outcome::nodata, Outcome::nxdomain, Outcome::servfail, Outcome::timeout}) {
        Check check(client());
        (void)check.start();
        Answer reply = answer(ptr_question().name, RecordType::ptr, outcome);
        reply.soa = soa("2.0.192.in-addr.arpa", "ns.isp.example", "h.isp.example", 40, 600);
        CHECK(check.feed(reply).empty());
        CHECK(check.done());
        CHECK(check.settled());
        REQUIRE(check.evidence().reverse_zone);
        CHECK(check.evidence().reverse_zone->zone == name("2.0.192.in-addr.arpa"));
        CHECK(check.find_reverse_zone().empty());
    }
}

TEST_CASE("each distinct host name is asked once, in the order of the answer") {
    const Started started({"b.example", "a.example", "B.EXAMPLE", "203.0.113.9", "a.example.", "-c.example"});
    CHECK(text(started.questions) == "A b.example, A a.example");
    const Evidence& evidence = started.check.evidence();
    REQUIRE(evidence.names.size() == 4);
    CHECK(evidence.names[0].name.to_text() == "b.example");
    CHECK(evidence.names[2].name.to_text() == "203.0.113.9");
    CHECK_FALSE(evidence.names[2].host_name);
    CHECK_FALSE(evidence.names[3].host_name);
    CHECK(evidence.names[0].ttl == 3600);
}

TEST_CASE("an IPv6 client is asked by AAAA") {
    Check check(ip("2001:db8::25"));
    CHECK(check.start().front().name == ip("2001:db8::25").reverse_name());
    const Answer reply =
        World().ptr("2001:db8::25", {"mail.example"})[{ip("2001:db8::25").reverse_name(), RecordType::ptr}];
    CHECK(text(check.feed(reply)) == "AAAA mail.example");
    CHECK(text(check.feed(answer(name("mail.example"), RecordType::aaaa, Outcome::nodata))) == "A mail.example");
}

TEST_CASE("at most 100 host names are followed, others do not count") {
    std::vector<std::string> names = numbered(150);
    names.insert(names.begin(), 5, "not/a/host.example");
    const Started started(names);
    CHECK(started.questions.size() == max_ptr_names);
    CHECK(started.questions[started.questions.size() - 1].name == name("n100.example"));
    CHECK(started.check.evidence().names.size() == 151);
}

TEST_CASE("the other family is asked after nodata only, and is not waited for") {
    for (const Outcome outcome : {Outcome::nxdomain, Outcome::servfail, Outcome::timeout, Outcome::refused}) {
        Started started({"mail.example"});
        CHECK(started.check.feed(answer(name("mail.example"), RecordType::a, outcome)).empty());
        CHECK(started.check.done());
    }
    Started started({"mail.example", "other.example"});
    CHECK(text(started.check.feed(answer(name("mail.example"), RecordType::a, Outcome::nodata))) ==
          "AAAA mail.example");
    CHECK_FALSE(started.check.settled());
    CHECK(started.check.feed(a("other.example", "192.0.2.25")).empty());
    CHECK(started.check.settled());
    CHECK_FALSE(started.check.done());
    CHECK(started.check.feed(answer(name("mail.example"), RecordType::aaaa, Outcome::servfail)).empty());
    CHECK(started.check.done());
    CHECK(started.check.evidence().names[0].other_family->outcome == Outcome::servfail);
    CHECK(leads_back(started.check.evidence().names[1], client()));
}

TEST_CASE("an address leads back only from records, octet by octet") {
    PtrName entry;
    CHECK_FALSE(leads_back(entry, client()));
    entry.forward = a("mail.example", "192.0.2.25");
    CHECK(leads_back(entry, client()));
    CHECK_FALSE(leads_back(entry, ip("192.0.2.26")));
    CHECK_FALSE(leads_back(entry, ip("::ffff:192.0.2.25")));
    entry.forward->outcome = Outcome::servfail;
    CHECK_FALSE(leads_back(entry, client()));
}

TEST_CASE("the HELO name is asked at once and never twice") {
    SECTION("its answer comes before the PTR answer") {
        Check check(client(), name("mail.example"));
        CHECK(text(check.start()) == "PTR 25.2.0.192.in-addr.arpa, A mail.example");
        CHECK(check.feed(a("mail.example", "192.0.2.25")).empty());
        CHECK_FALSE(check.settled());
        CHECK(text(check.feed(ptr_answer({"x.example", "MAIL.example"}))) == "A x.example");
        CHECK(leads_back(check.evidence().names[1], client()));
        (void)check.feed(a("x.example", "192.0.2.1"));
        CHECK(check.done());
    }
    SECTION("its answer comes after it") {
        Started started({"mail.example", "x.example"}, name("mail.example"));
        CHECK(text(started.questions) == "A x.example");
        (void)started.check.feed(a("x.example", "192.0.2.1"));
        CHECK_FALSE(started.check.settled());
        (void)started.check.feed(a("mail.example", "192.0.2.25"));
        CHECK(started.check.done());
        CHECK(leads_back(started.check.evidence().names[0], client()));
        CHECK(started.check.evidence().helo->addresses.size() == 1);
    }
    SECTION("nodata still asks the other family, in both orders") {
        const Answer empty = answer(name("mail.example"), RecordType::a, Outcome::nodata);
        Check early(client(), name("mail.example"));
        (void)early.start();
        (void)early.feed(empty);
        CHECK(text(early.feed(ptr_answer({"mail.example"}))) == "AAAA mail.example");
        Started late({"mail.example"}, name("mail.example"));
        CHECK(text(late.check.feed(empty)) == "AAAA mail.example");
    }
    SECTION("it is no PTR name") {
        Started started({"x.example"}, name("mail.example"));
        (void)started.check.feed(a("x.example", "192.0.2.25"));
        CHECK_FALSE(started.check.done());
        CHECK(started.check.feed(answer(name("mail.example"), RecordType::a, Outcome::nodata)).empty());
        CHECK(started.check.done());
        CHECK(started.check.evidence().helo->outcome == Outcome::nodata);
    }
}

TEST_CASE("a HELO name beyond the first 100 names confirms nothing, whichever answer comes first") {
    for (const bool helo_first : {true, false}) {
        CAPTURE(helo_first);
        Check check(client(), name("n101.example"));
        (void)check.start();
        if (helo_first) (void)check.feed(a("n101.example", "192.0.2.25"));
        std::vector<Question> open = check.feed(ptr_answer(numbered(101)));
        CHECK(open.size() == max_ptr_names);
        if (!helo_first) (void)check.feed(a("n101.example", "192.0.2.25"));
        for (const Question& question : open) (void)check.feed(answer(question.name, question.type, Outcome::nxdomain));
        CHECK(check.done());
        CHECK(judge(check.evidence(), {}).reason == Reason::too_many_ptr);
    }
}

TEST_CASE("the reverse zone is found by walking up to the first SOA") {
    Started started({});
    CHECK(text(started.check.find_reverse_zone()) == "SOA 25.2.0.192.in-addr.arpa");
    CHECK_FALSE(started.check.done());
    CHECK(started.check.settled());
    CHECK(text(started.check.feed(answer(name("25.2.0.192.in-addr.arpa"), RecordType::soa, Outcome::nodata))) ==
          "SOA 2.0.192.in-addr.arpa");
    Answer found = answer(name("2.0.192.in-addr.arpa"), RecordType::soa, Outcome::records);
    found.soa = soa("2.0.192.in-addr.arpa", "ns.isp.example", "h.isp.example", 40, 600);
    CHECK(started.check.feed(found).empty());
    CHECK(started.check.done());
    CHECK(started.check.evidence().reverse_zone->mname == name("ns.isp.example"));
    CHECK(started.check.evidence().zone_walk.size() == 2);
}

TEST_CASE("the walk ends at the tree's root, at the first failure, and follows an alias") {
    const auto walk = [](Check& check, const Question& question, Outcome outcome) {
        return text(check.feed(answer(question.name, RecordType::soa, outcome)));
    };
    SECTION("nothing up to in-addr.arpa") {
        Started started({});
        std::vector<Question> open = started.check.find_reverse_zone();
        std::size_t asked = 0;
        for (; !open.empty(); ++asked)
            open = started.check.feed(answer(open.front().name, RecordType::soa, Outcome::nodata));
        CHECK(asked == 5);  // 25.2.0.192, 2.0.192, 0.192, 192 and in-addr.arpa itself
        CHECK(started.check.done());
        CHECK_FALSE(started.check.evidence().reverse_zone);
    }
    SECTION("a failed lookup ends it") {
        Started started({});
        CHECK(walk(started.check, started.check.find_reverse_zone().front(), Outcome::servfail).empty());
        CHECK(started.check.done());
    }
    SECTION("from the end of a CNAME chain") {
        Check check(client());
        (void)check.start();
        Answer reply = answer(ptr_question().name, RecordType::ptr, Outcome::nodata);
        reply.cname_chain = {{ptr_question().name, name("25.0-63.2.0.192.in-addr.arpa"), 60}};
        (void)check.feed(reply);
        CHECK(text(check.find_reverse_zone()) == "SOA 25.0-63.2.0.192.in-addr.arpa");
    }
    SECTION("not after a temporary failure of the PTR lookup") {
        Check check(client());
        (void)check.start();
        (void)check.feed(answer(ptr_question().name, RecordType::ptr, Outcome::timeout));
        CHECK(check.find_reverse_zone().empty());
    }
}

TEST_CASE("giving up turns what the verdict still needs into timeouts") {
    SECTION("before the PTR answer") {
        Check check(client(), name("mail.example"));
        (void)check.start();
        check.give_up();
        CHECK(check.done());
        CHECK(check.evidence().deadline_reached);
        CHECK(check.evidence().ptr.question == ptr_question());
        CHECK(judge(check.evidence(), {}).reason == Reason::ptr_lookup_failed);
        CHECK(check.evidence().helo->outcome == Outcome::timeout);
    }
    SECTION("with forward answers missing") {
        Started started({"a.example", "b.example", "1.2.3.4"});
        (void)started.check.feed(a("a.example", "192.0.2.1"));
        started.check.give_up();
        CHECK(started.check.done());
        CHECK(started.check.evidence().names[0].forward->outcome == Outcome::records);
        CHECK(started.check.evidence().names[1].forward->outcome == Outcome::timeout);
        CHECK_FALSE(started.check.evidence().names[2].forward);
        CHECK(judge(started.check.evidence(), {}).reason == Reason::forward_lookup_failed);
    }
    SECTION("with more than 100 names") {
        Started started(numbered(101));
        started.check.give_up();
        CHECK(started.check.evidence().names[99].forward->outcome == Outcome::timeout);
        CHECK_FALSE(started.check.evidence().names[100].forward);
    }
    SECTION("with only the explanation missing") {
        Started started({"a.example"});
        (void)started.check.feed(answer(name("a.example"), RecordType::a, Outcome::nodata));
        started.check.give_up();
        CHECK(started.check.done());
        CHECK_FALSE(started.check.evidence().deadline_reached);
        CHECK(judge(started.check.evidence(), {}).reason == Reason::forward_nodata);
    }
}
