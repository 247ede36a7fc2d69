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
        // A name that exists without a PTR record may be an alias that a cache has lost.
        CHECK(check.find_reverse_zone().empty() == (outcome != Outcome::nodata));
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

TEST_CASE("the other family is asked where there is no record of the one, and is not waited for") {
    for (const Outcome outcome : {Outcome::servfail, Outcome::timeout, Outcome::refused}) {
        Started started({"mail.example"});
        CHECK(started.check.feed(answer(name("mail.example"), RecordType::a, outcome)).empty());
        CHECK(started.check.done());
    }
    Started elsewhere({"mail.example"});
    CHECK(elsewhere.check.feed(a("mail.example", "192.0.2.1")).empty());
    Started denied({"mail.example"});
    CHECK(text(denied.check.feed(answer(name("mail.example"), RecordType::a, Outcome::nxdomain))) ==
          "AAAA mail.example");
    CHECK(denied.check.settled());
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

TEST_CASE("what a DNS64 made of A records is no AAAA record") {
    const auto ask_about = [](const std::string& made) {
        Check check(ip("2001:db8::25"));
        (void)check.start();
        (void)check.feed(
            World().ptr("2001:db8::25", {"mail.example"})[{ip("2001:db8::25").reverse_name(), RecordType::ptr}]);
        CHECK(text(check.feed(World().address("mail.example", {made})[{name("mail.example"), RecordType::aaaa}])) ==
              "A mail.example");
        CHECK(check.settled());
        return check;
    };
    SECTION("by the well-known prefix") {
        Check check = ask_about("64:ff9b::192.0.2.25");
        CHECK(check.feed(a("mail.example", "192.0.2.25")).empty());
        CHECK(check.evidence().names[0].forward->outcome == Outcome::nodata);
        CHECK(check.evidence().names[0].synthesised.size() == 1);
        CHECK(judge(check.evidence(), {}).reason == Reason::forward_nodata);
    }
    SECTION("by the network's own") {
        Check check = ask_about("2001:db8:64::192.0.2.25");
        CHECK(text(check.feed(a("mail.example", "192.0.2.25"))) == "AAAA ipv4only.arpa");
        (void)check.feed(
            World().address("ipv4only.arpa", {"2001:db8:64::192.0.0.170"})[{name("ipv4only.arpa"), RecordType::aaaa}]);
        CHECK(check.done());
        CHECK(check.evidence().names[0].synthesised.size() == 1);
        CHECK(judge(check.evidence(), {}).reason == Reason::forward_nodata);
    }
    SECTION("an address that only looks so") {
        Check check = ask_about("2001:db8:64::192.0.2.25");
        (void)check.feed(a("mail.example", "192.0.2.25"));
        (void)check.feed(answer(name("ipv4only.arpa"), RecordType::aaaa, Outcome::nodata));
        CHECK(check.done());
        CHECK(judge(check.evidence(), {}).reason == Reason::forward_mismatch);
    }
    SECTION("where the client itself is behind the translator, the verdict waits") {
        for (const char* client : {"64:ff9b::192.0.2.25", "2001:db8:64::192.0.2.25"}) {
            CAPTURE(client);
            Check check(ip(client));
            (void)check.start();
            (void)check.feed(World().ptr(client, {"mail.example"})[{ip(client).reverse_name(), RecordType::ptr}]);
            CHECK(text(check.feed(World().address(
                      "mail.example", {client})[{name("mail.example"), RecordType::aaaa}])) == "A mail.example");
            CHECK_FALSE(check.settled());
            if (!check.feed(a("mail.example", "192.0.2.25")).empty()) {
                CHECK_FALSE(check.settled());
                (void)check.feed(World().address(
                    "ipv4only.arpa", {"2001:db8:64::192.0.0.170"})[{name("ipv4only.arpa"), RecordType::aaaa}]);
            }
            CHECK(check.done());
            CHECK(judge(check.evidence(), {}).reason == Reason::forward_nodata);
        }
    }
}

TEST_CASE("a failed PTR lookup leads to the zone behind an alias (RFC 2317)") {
    Check check(client());
    (void)check.start();
    SECTION("there is one") {
        (void)check.feed(answer(ptr_question().name, RecordType::ptr, Outcome::servfail));
        CHECK(text(check.find_failed_alias(check.evidence().ptr)) == "CNAME 25.2.0.192.in-addr.arpa");
        Answer alias = answer(ptr_question().name, RecordType::cname, Outcome::records);
        alias.names = {{name("25.0-63.2.0.192.in-addr.arpa"), 60}};
        CHECK(text(check.feed(alias)) == "NS 0-63.2.0.192.in-addr.arpa");
        CHECK(check.feed(answer(name("0-63.2.0.192.in-addr.arpa"), RecordType::ns, Outcome::servfail)).empty());
        CHECK(check.done());
        REQUIRE(check.evidence().failed_alias);
        CHECK(check.evidence().failed_alias->zone == name("0-63.2.0.192.in-addr.arpa"));
        CHECK(check.evidence().failed_alias->servers.empty());
    }
    SECTION("there is none") {
        (void)check.feed(answer(ptr_question().name, RecordType::ptr, Outcome::servfail));
        (void)check.find_failed_alias(check.evidence().ptr);
        CHECK(check.feed(answer(ptr_question().name, RecordType::cname, Outcome::nodata)).empty());
        CHECK(check.done());
        CHECK_FALSE(check.evidence().failed_alias);
    }
    SECTION("the failed answer shows it") {
        Answer failed = answer(ptr_question().name, RecordType::ptr, Outcome::servfail);
        failed.cname_chain = {{ptr_question().name, name("25.0-63.2.0.192.in-addr.arpa"), 60}};
        (void)check.feed(failed);
        CHECK(text(check.find_failed_alias(check.evidence().ptr)) == "NS 0-63.2.0.192.in-addr.arpa");
        Answer servers = answer(name("0-63.2.0.192.in-addr.arpa"), RecordType::ns, Outcome::records);
        servers.names = {{name("ns1.customer.example"), 60}};
        CHECK(check.feed(servers).empty());
        REQUIRE(check.evidence().failed_alias->servers.size() == 1);
    }
    SECTION("an alias straight into a domain: nobody blames what is above that") {
        Answer failed = answer(ptr_question().name, RecordType::ptr, Outcome::servfail);
        failed.cname_chain = {{ptr_question().name, name("customer.example"), 60}};
        (void)check.feed(failed);
        CHECK(check.find_failed_alias(check.evidence().ptr).empty());
        CHECK(check.evidence().failed_alias->zone == name("customer.example"));
    }
    SECTION("the name above the target is part of a zone that can be asked") {
        Answer failed = answer(ptr_question().name, RecordType::ptr, Outcome::servfail);
        failed.cname_chain = {{ptr_question().name, name("25.hosts.2.0.192.in-addr.arpa"), 60}};
        (void)check.feed(failed);
        (void)check.find_failed_alias(check.evidence().ptr);
        (void)check.feed(answer(name("hosts.2.0.192.in-addr.arpa"), RecordType::ns, Outcome::nodata));
        CHECK(check.evidence().failed_alias->zone == name("25.hosts.2.0.192.in-addr.arpa"));
    }
    SECTION("a server that answers nothing is not asked again") {
        Answer silent = answer(ptr_question().name, RecordType::ptr, Outcome::timeout);
        silent.server_works = false;
        (void)check.feed(silent);
        CHECK(check.find_failed_alias(check.evidence().ptr).empty());
    }
}

TEST_CASE("a forward lookup that failed leads to the zone behind an alias") {
    Started started({"mail.example"});
    Check& check = started.check;
    (void)check.feed(answer(name("mail.example"), RecordType::a, Outcome::servfail));
    CHECK(text(check.find_failed_alias(*check.evidence().names[0].forward)) == "CNAME mail.example");
    Answer alias = answer(name("mail.example"), RecordType::cname, Outcome::records);
    alias.names = {{name("host.customer.example"), 60}};
    CHECK(check.feed(alias).empty());
    REQUIRE(check.evidence().failed_alias);
    CHECK(check.evidence().failed_alias->target == name("host.customer.example"));
    CHECK_FALSE(check.evidence().failed_alias->zone);
}

TEST_CASE("an alias that a cache has lost is found again by the SOA question") {
    Check check(client());
    (void)check.start();
    (void)check.feed(answer(ptr_question().name, RecordType::ptr, Outcome::nxdomain));
    CHECK(text(check.find_reverse_zone()) == "SOA 25.2.0.192.in-addr.arpa");
    Answer found = answer(ptr_question().name, RecordType::soa, Outcome::nxdomain);
    found.cname_chain = {{ptr_question().name, name("25.0-63.2.0.192.in-addr.arpa"), 60}};
    found.soa = soa("0-63.2.0.192.in-addr.arpa", "ns.isp.example", "h.isp.example", 40, 600);
    CHECK(check.feed(found).empty());
    CHECK(ptr_owner(check.evidence()) == name("25.0-63.2.0.192.in-addr.arpa"));
    CHECK(check.evidence().reverse_zone->zone == name("0-63.2.0.192.in-addr.arpa"));
}

TEST_CASE("an alias within its zone that a cache has lost shows by the name that exists without a PTR record") {
    for (const bool authoritative : {false, true}) {
        Check check(client());
        (void)check.start();
        Answer reply = answer(ptr_question().name, RecordType::ptr, Outcome::nodata);
        reply.soa = soa("2.0.192.in-addr.arpa", "ns.isp.example", "h.isp.example", 40, 600);
        reply.aa = authoritative;
        (void)check.feed(reply);
        CHECK(text(check.find_reverse_zone()) == (authoritative ? "" : "SOA 25.2.0.192.in-addr.arpa"));
        if (authoritative) continue;
        Answer found = answer(ptr_question().name, RecordType::soa, Outcome::nodata);
        found.cname_chain = {{ptr_question().name, name("25.hosts.2.0.192.in-addr.arpa"), 60}};
        found.soa = reply.soa;
        CHECK(check.feed(found).empty());
        CHECK(ptr_owner(check.evidence()) == name("25.hosts.2.0.192.in-addr.arpa"));
    }
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
        for (const Question& question : open) {
            for (const Question& other : check.feed(answer(question.name, question.type, Outcome::nxdomain))) {
                (void)check.feed(answer(other.name, other.type, Outcome::nxdomain));
            }
        }
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
    SECTION("where a cache has lost the alias, the SOA answer at the reverse name shows it") {
        for (const bool with_zone : {false, true}) {
            CAPTURE(with_zone);
            Check check(client());
            (void)check.start();
            Answer reply = answer(ptr_question().name, RecordType::ptr, Outcome::nxdomain);
            if (with_zone) reply.soa = soa("0-63.2.0.192.in-addr.arpa", "ns.customer.example", "h.example", 40, 600);
            (void)check.feed(reply);
            CHECK(text(check.find_reverse_zone()) == "SOA 25.2.0.192.in-addr.arpa");
            Answer zone = answer(ptr_question().name, RecordType::soa, Outcome::nodata);
            zone.cname_chain = {{ptr_question().name, name("25.0-63.2.0.192.in-addr.arpa"), 60}};
            zone.soa = soa("0-63.2.0.192.in-addr.arpa", "ns.customer.example", "h.customer.example", 40, 600);
            CHECK(check.feed(zone).empty());
            CHECK(check.done());
            CHECK(ptr_owner(check.evidence()) == name("25.0-63.2.0.192.in-addr.arpa"));
            CHECK(check.evidence().reverse_zone->mname == name("ns.customer.example"));
        }
    }
    SECTION("not after a temporary failure of the PTR lookup") {
        Check check(client());
        (void)check.start();
        (void)check.feed(answer(ptr_question().name, RecordType::ptr, Outcome::timeout));
        CHECK(check.find_reverse_zone().empty());
    }
}

TEST_CASE("looking around: the name given itself, and the HELO name's other addresses") {
    Check check(client(), name("mail.example"));
    (void)check.start();
    (void)check.feed(answer(ptr_question().name, RecordType::ptr, Outcome::nxdomain));
    Answer helo = a("mail.example", "192.0.2.26");
    helo.addresses.push_back({client(), 60});
    (void)check.feed(helo);
    CHECK(text(check.find_common_mistakes(std::nullopt)) == "PTR mail.example, PTR 26.2.0.192.in-addr.arpa");
    CHECK_FALSE(check.done());
    CHECK(check.settled());
    (void)check.feed(answer(name("mail.example"), RecordType::ptr, Outcome::records));
    (void)check.feed(answer(name("26.2.0.192.in-addr.arpa"), RecordType::ptr, Outcome::nodata));
    CHECK(check.done());
    CHECK(check.evidence().ptr_at_name->question.name == name("mail.example"));
    CHECK(check.evidence().other_addresses.size() == 1);
    CHECK(check.evidence().ptr.outcome == Outcome::nxdomain);
    CHECK(text(Check(client()).find_common_mistakes(name("host.example"))) == "PTR host.example");
    CHECK(Check(client()).find_common_mistakes(std::nullopt).empty());
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
