// SPDX-License-Identifier: MIT
// The authoritative resolver over scripted ones: a resolver that finds the zones' servers, and
// servers of which some are good, stale, lame, silent or not to be found.
#include "fcrdns/authoritative_resolver.hpp"

#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "literal_world.hpp"
#include "scripted_source.hpp"

using namespace fcrdns;
using namespace fcrdns::test;
using std::chrono::milliseconds;

namespace {

DnsName reverse() {
    return name("25.4.8.8.in-addr.arpa");
}

Question ptr_question() {
    return {reverse(), RecordType::ptr};
}

Answer with_authority(Answer answer) {
    answer.aa = true;
    answer.ra = false;
    return answer;
}

Answer ptr_records(const std::vector<std::string>& targets) {
    return with_authority(World().ptr("8.8.4.25", targets)[ptr_question()]);
}

Answer alias_to(const std::string& target) {
    Answer made = with_authority(answer(reverse(), RecordType::ptr, Outcome::nodata));
    made.cname_chain = {{reverse(), name(target), 60}};
    return made;
}

// What the authoritative resolver makes of the PTR question.
Answer ask(Source& source) {
    const auto direct = source.make();
    std::optional<Answer> got;
    direct->ask(ptr_question(), [&](Answer answer) { got = std::move(answer); });
    for (int round = 0; !got && round < 1000; ++round) direct->progress(milliseconds(0));
    REQUIRE(got);
    CHECK(direct->open_questions() == 0);
    CHECK(got->question == ptr_question());
    REQUIRE(got->source);
    return std::move(*got);
}

std::string names_of(const Answer& answer) {
    std::string text;
    for (const NameRecord& record : answer.names) text += record.name.to_absolute_text() + ' ';
    return text;
}

// "ns1.isp.example records mail.example.com | ns2.isp.example lame |"
std::string said(const Answer& answer) {
    std::string text;
    for (const AuthoritativeAnswer& server : answer.source->servers) {
        text += server.server_name.to_text() + ' ';
        text += server.lame ? "lame" : server.server ? to_word(server.outcome) : "unknown";
        for (const std::string& data : server.answers) text += ' ' + data;
        text += " | ";
    }
    return text;
}

// The full text on this answer, without its line breaks; mail.example.com leads back.
std::string flowing_text(const Answer& answer) {
    const World world = World().address("mail.example.com", {"8.8.4.25"}).put(answer);
    return fcrdns::test::flowing_text(world.report("8.8.4.25"));
}

}  // namespace

TEST_CASE("all servers publish the record, the resolver too") {
    Source source;
    source.two_servers();
    source.resolver.put(ptr_records({"mail.example.com"}));
    for (const char* address : {"192.0.2.1", "192.0.2.2"})
        source.server(address).put(ptr_records({"Mail.example.COM"}));
    const Answer got = ask(source);
    CHECK(got.outcome == Outcome::records);
    CHECK(names_of(got) == "Mail.example.COM. ");
    CHECK(said(got) == "ns1.isp.example records mail.example.com | ns2.isp.example records mail.example.com | ");
    CHECK(got.source->servers[0].zone == name("4.8.8.in-addr.arpa"));
    CHECK(got.source->servers[0].server == Endpoint{ip("192.0.2.1"), 53});
    CHECK_FALSE(got.source->servers_differ());
    CHECK_FALSE(got.source->resolver_differs());
}

TEST_CASE("published at the source, while the resolver remembers the absence") {
    Source source;
    source.two_servers();
    source.resolver.says(reverse().to_text(), RecordType::ptr, Outcome::nxdomain,
                         soa("4.8.8.in-addr.arpa", "ns1.isp.example", "h.isp.example", 500, 600));
    for (const char* address : {"192.0.2.1", "192.0.2.2"})
        source.server(address).put(ptr_records({"mail.example.com"}));
    const Answer got = ask(source);
    CHECK(got.outcome == Outcome::records);
    CHECK(got.source->resolver_differs());
    CHECK(got.source->resolver.outcome == Outcome::nxdomain);
    CHECK(got.source->resolver.ttl_left == 500U);
}

TEST_CASE("a stale server: what any server publishes counts, and they differ") {
    Source source;
    source.two_servers();
    source.server("192.0.2.1").put(ptr_records({"mail.example.com"}));
    source.server("192.0.2.2").put(with_authority(answer(reverse(), RecordType::ptr, Outcome::nxdomain)));
    Answer got = ask(source);
    CHECK(got.outcome == Outcome::records);
    CHECK(said(got) == "ns1.isp.example records mail.example.com | ns2.isp.example nxdomain | ");
    CHECK(got.source->servers_differ());
    CHECK_FALSE(got.source->resolver_differs());
    source.server("192.0.2.2").put(ptr_records({"old.example.com", "mail.example.com"}));
    got = ask(source);
    CHECK(names_of(got) == "mail.example.com. old.example.com. ");
    CHECK(got.source->servers_differ());
    source.server("192.0.2.1").put(ptr_records({"mail.example.com", "old.example.com"}));
    CHECK_FALSE(ask(source).source->servers_differ());
}

TEST_CASE("a lame server is named and does not count") {
    for (const Outcome outcome :
         {Outcome::nodata, Outcome::records, Outcome::nxdomain, Outcome::refused, Outcome::referral}) {
        CAPTURE(to_word(outcome));
        Source source;
        source.two_servers();
        source.server("192.0.2.1").put(ptr_records({"mail.example.com"}));
        Answer lame = answer(reverse(), RecordType::ptr, outcome);
        if (outcome == Outcome::records) lame.names = {{name("cached.example.com"), 60}};
        source.server("192.0.2.2").put(lame);
        Answer got = ask(source);
        CHECK(names_of(got) == "mail.example.com. ");
        CHECK(got.source->servers[1].lame);
        CHECK_FALSE(got.source->servers_differ());
        source.server("192.0.2.1").put(lame);
        got = ask(source);
        CHECK_FALSE(is_definite(got.outcome));
        CHECK(got.names.empty());
    }
}

TEST_CASE("a silent server, a failing one, and one whose name leads nowhere") {
    Source source;
    source.zone("4.8.8.in-addr.arpa",
                {{"ns1.isp.example", "192.0.2.1"}, {"ns2.isp.example", "192.0.2.2"}, {"ns3.isp.example", ""}});
    source.server("192.0.2.1").put(with_authority(answer(reverse(), RecordType::ptr, Outcome::nxdomain)));
    Answer got = ask(source);
    CHECK(got.outcome == Outcome::nxdomain);
    CHECK(said(got) == "ns1.isp.example nxdomain | ns2.isp.example timeout | ns3.isp.example unknown | ");
    CHECK_FALSE(got.source->servers_differ());
    source.server("192.0.2.1").put(answer(reverse(), RecordType::ptr, Outcome::servfail));
    CHECK(ask(source).outcome == Outcome::servfail);
    source.servers.clear();
    CHECK(ask(source).outcome == Outcome::timeout);
    source.zone("4.8.8.in-addr.arpa", {{"ns3.isp.example", ""}});
    got = ask(source);
    CHECK(got.outcome == Outcome::timeout);
    CHECK(said(got) == "ns3.isp.example unknown | ");
}

TEST_CASE("a server that answers over IPv4 is not called unreachable for want of an IPv6 route") {
    Source source;
    source.zone("4.8.8.in-addr.arpa", {{"ns1.isp.example", "192.0.2.1"}});
    source.resolver.address("ns1.isp.example", {"2001:db8::1"});
    source.server("192.0.2.1").put(ptr_records({"mail.example.com"}));
    source.without_route = {Family::ipv6};
    CHECK(said(ask(source)) == "ns1.isp.example records mail.example.com | ");
    source.servers.erase("192.0.2.1:53");
    source.resolver.says("ns1.isp.example", RecordType::a, Outcome::nodata);
    CHECK(said(ask(source)) == "ns1.isp.example unreachable | ");
    // Where there is a route, an address at which nothing answers is the server's own fault.
    source.without_route.clear();
    source.server("192.0.2.1").put(ptr_records({"mail.example.com"}));
    source.resolver.address("ns1.isp.example", {"192.0.2.1"});
    source.servers["[2001:db8::1]:53"].put(answer(reverse(), RecordType::ptr, Outcome::unreachable));
    CHECK(said(ask(source)) == "ns1.isp.example records mail.example.com | ns1.isp.example unreachable | ");
}

TEST_CASE("an alias into another zone is followed to that zone's servers (RFC 2317)") {
    Source source;
    source.two_servers();
    source.zone("customer.example", {{"ns.customer.example", "192.0.2.3"}});
    const DnsName target = name("r25.customer.example");
    for (const char* address : {"192.0.2.1", "192.0.2.2"}) source.server(address).put(alias_to("r25.customer.example"));
    Answer published = with_authority(answer(target, RecordType::ptr, Outcome::records));
    published.names = {{name("mail.example.com"), 60}};
    source.server("192.0.2.3").put(published);
    Answer seen = alias_to("r25.customer.example");
    seen.outcome = Outcome::records;
    seen.names = published.names;
    source.resolver.put(seen);
    const Answer got = ask(source);
    CHECK(got.outcome == Outcome::records);
    CHECK(names_of(got) == "mail.example.com. ");
    CHECK(got.final_name() == target);
    CHECK(said(got) ==
          "ns1.isp.example nodata CNAME r25.customer.example | ns2.isp.example nodata CNAME "
          "r25.customer.example | ns.customer.example records mail.example.com | ");
    CHECK_FALSE(got.source->servers_differ());
    CHECK_FALSE(got.source->resolver_differs());
    // The servers of either zone may still disagree among themselves, and the resolver with the last one.
    source.server("192.0.2.2").put(alias_to("r26.customer.example"));
    CHECK(ask(source).source->servers_differ());
    source.server("192.0.2.2").put(alias_to("r25.customer.example"));
    source.resolver.says(reverse().to_text(), RecordType::ptr, Outcome::nxdomain);
    CHECK(ask(source).source->resolver_differs());
}

TEST_CASE("a zone behind an alias that cannot be asked is no missing record") {
    Source source;
    source.two_servers();
    source.server("192.0.2.1").put(alias_to("r25.customer.example"));
    SECTION("its servers have no address") {
        source.zone("customer.example", {{"ns.customer.example", ""}});
    }
    SECTION("its servers are silent") {
        source.zone("customer.example", {{"ns.customer.example", "192.0.2.3"}});
    }
    SECTION("it cannot be found") {
        source.resolver.says("r25.customer.example", RecordType::soa, Outcome::servfail);
    }
    const Answer got = ask(source);
    CHECK_FALSE(is_definite(got.outcome));
    CHECK(got.final_name() == name("r25.customer.example"));
}

TEST_CASE("aliases that lead around in a circle are malformed, not absent") {
    Source source;
    source.two_servers();
    source.zone("customer.example", {{"ns.customer.example", "192.0.2.3"}});
    source.server("192.0.2.1").put(alias_to("r25.customer.example"));
    Answer back = with_authority(answer(name("r25.customer.example"), RecordType::ptr, Outcome::nodata));
    back.cname_chain = {{name("r25.customer.example"), reverse(), 60}};
    source.server("192.0.2.3").put(back);
    const Answer got = ask(source);
    CHECK(got.outcome == Outcome::malformed);
    CHECK(got.names.empty());
    CHECK(got.cname_chain.empty());
}

TEST_CASE("what is not found on the way to the servers is no missing record, and is said") {
    Source source;
    std::string unfound;
    std::string message;
    SECTION("no SOA up to the root") {
        unfound = "SOA of 25.4.8.8.in-addr.arpa";
        message = "PTR lookup failed: the zone of 25.4.8.8.in-addr.arpa was not found (no SOA record)";
    }
    SECTION("the SOA lookup fails") {
        source.resolver.says("8.8.in-addr.arpa", RecordType::soa, Outcome::refused);
        unfound = "SOA of 8.8.in-addr.arpa";
        message = "PTR lookup failed: REFUSED";
    }
    SECTION("the zone has no NS") {
        source.two_servers();
        source.resolver.says("4.8.8.in-addr.arpa", RecordType::ns, Outcome::nodata);
        unfound = "NS of 4.8.8.in-addr.arpa";
        message = "PTR lookup failed: the servers of 4.8.8.in-addr.arpa were not found (no NS record)";
    }
    SECTION("the zone does not exist when asked for its NS") {
        source.two_servers();
        source.resolver.says("4.8.8.in-addr.arpa", RecordType::ns, Outcome::nxdomain);
        unfound = "NS of 4.8.8.in-addr.arpa";
        message = "PTR lookup failed: the servers of 4.8.8.in-addr.arpa were not found (no NS record)";
    }
    SECTION("the NS lookup fails") {
        source.two_servers();
        source.resolver.says("4.8.8.in-addr.arpa", RecordType::ns, Outcome::servfail);
        unfound = "NS of 4.8.8.in-addr.arpa";
        message = "PTR lookup failed: SERVFAIL";
    }
    const Answer got = ask(source);
    CHECK_FALSE(is_definite(got.outcome));
    CHECK(got.source->servers.empty());
    REQUIRE(got.source->unfound);
    CHECK(std::string(to_word(got.source->unfound->type)) + " of " + got.source->unfound->name.to_text() == unfound);
    CHECK(World().put(got).report("8.8.4.25").message == message);
}

TEST_CASE("the advice where the servers are not found names what was missing and whom else to ask") {
    Source source;
    SECTION("no zone") {
        const std::string text = flowing_text(ask(source));
        CHECK(says(text, "The zone of 25.4.8.8.in-addr.arpa was not found (no SOA record)."));
        CHECK(says(text, "does not see the public DNS"));
        CHECK(says(text, "fcrdns-check --direct @ADDRESS 8.8.4.25 Without --direct"));
        CHECK_FALSE(says(text, "is broken"));
    }
    SECTION("no servers") {
        source.two_servers();
        source.resolver.says("4.8.8.in-addr.arpa", RecordType::ns, Outcome::nodata);
        const std::string text = flowing_text(ask(source));
        CHECK(says(text, "The servers of 4.8.8.in-addr.arpa were not found (no NS record)."));
        CHECK(says(text, "192.0.2.53 has no NS record of 4.8.8.in-addr.arpa"));
        CHECK_FALSE(says(text, "is broken: tell its operator"));
    }
    SECTION("a failing lookup") {
        source.resolver.says("8.8.in-addr.arpa", RecordType::soa, Outcome::servfail);
        const std::string text = flowing_text(ask(source));
        CHECK(says(text, "the SOA lookup of 8.8.in-addr.arpa failed"));
        CHECK(says(text, "192.0.2.53 could not find out: SERVFAIL"));
    }
}

TEST_CASE("where a chain leads to a zone that is not found, the servers before it are not blamed") {
    Source source;
    source.two_servers();
    for (const char* address : {"192.0.2.1", "192.0.2.2"}) source.server(address).put(alias_to("r25.customer.example"));
    Answer seen = alias_to("r25.customer.example");
    seen.outcome = Outcome::records;
    seen.names = {{name("mail.example.com"), 60}};
    source.resolver.put(seen);
    const Answer got = ask(source);
    CHECK_FALSE(got.source->resolver_differs());
    const std::string text = flowing_text(got);
    CHECK(says(text, "both servers of 4.8.8.in-addr.arpa: CNAME"));
    CHECK(says(text, "The zone of r25.customer.example was not found (no SOA record)."));
    CHECK_FALSE(says(text, "None of the servers"));
    CHECK_FALSE(says(text, "another answer"));
}

TEST_CASE("a zone that a filter makes up is passed over for the one above it") {
    Source source;
    source.zone("8.8.in-addr.arpa", {{"ns1.isp.example", "192.0.2.1"}});
    Answer made_up = answer(reverse(), RecordType::soa, Outcome::nxdomain);
    made_up.soa = soa("25.4.8.8.in-addr.arpa", "filter.example", "h.filter.example", 10, 10);
    source.resolver.put(made_up);
    source.server("192.0.2.1").put(ptr_records({"mail.example.com"}));
    const Answer got = ask(source);
    CHECK(names_of(got) == "mail.example.com. ");
    CHECK_FALSE(got.source->unfound);
}

TEST_CASE("an alias is in the zone of the name above it, not in the one whose SOA stands beside it") {
    Source source;
    source.two_servers();
    source.zone("8.in-addr.arpa", {{"ns.registry.example", "192.0.2.9"}});
    Answer beside = answer(reverse(), RecordType::soa, Outcome::nxdomain);
    beside.cname_chain = {{reverse(), name("25.gone.9.8.in-addr.arpa"), 60}};
    beside.soa = soa("8.in-addr.arpa", "ns.registry.example", "h.registry.example", 60, 60);
    source.resolver.put(beside);
    for (const char* address : {"192.0.2.1", "192.0.2.2"}) {
        source.server(address).put(alias_to("25.gone.9.8.in-addr.arpa"));
    }
    Answer absent = with_authority(answer(name("25.gone.9.8.in-addr.arpa"), RecordType::ptr, Outcome::nxdomain));
    absent.soa = beside.soa;
    source.server("192.0.2.9").put(absent);
    const Answer got = ask(source);
    CHECK(got.outcome == Outcome::nxdomain);
    CHECK(says(said(got), "ns1.isp.example nodata CNAME 25.gone.9.8.in-addr.arpa"));
}

TEST_CASE("servers that refer to a zone below are asked for that one's") {
    Source source;
    source.zone("8.in-addr.arpa", {{"ns.registry.example", "192.0.2.9"}});
    source.resolver.address("ns1.isp.example", {"192.0.2.1"});
    Answer referral = answer(reverse(), RecordType::ptr, Outcome::referral);
    referral.delegation = {{name("4.8.8.in-addr.arpa"), name("ns1.isp.example")}};
    source.server("192.0.2.9").put(referral);
    source.server("192.0.2.1").put(ptr_records({"mail.example.com"}));
    const Answer got = ask(source);
    CHECK(names_of(got) == "mail.example.com. ");
    CHECK(said(got) == "ns1.isp.example records mail.example.com | ");
}

TEST_CASE("a server is judged by the family that this machine can reach") {
    Source source;
    source.two_servers();
    source.resolver.address("ns1.isp.example", {"2001:db8::1"});
    source.servers["[2001:db8::1]:53"].put(ptr_records({"mail.example.com"}));
    source.server("192.0.2.1").put(with_authority(answer(reverse(), RecordType::ptr, Outcome::nxdomain)));
    source.without_route = {Family::ipv4};
    SECTION("one server has both families") {
        const Answer got = ask(source);
        CHECK(names_of(got) == "mail.example.com. ");
        REQUIRE(got.source->servers.size() == 2);
        CHECK(got.source->servers[0].server->ip == ip("2001:db8::1"));
        CHECK_FALSE(got.source->servers[0].no_route);
        CHECK(got.source->servers[1].no_route);
        CHECK(says(flowing_text(got), "ns2.isp.example (192.0.2.2) cannot be asked: this machine cannot reach IPv4"));
    }
    SECTION("none can be reached") {
        source.without_route = {Family::ipv4, Family::ipv6};
        const Answer got = ask(source);
        CHECK(got.outcome == Outcome::unreachable);
        CHECK(got.no_route);
        const Report report = World().put(got).report("8.8.4.25");
        CHECK_FALSE(report.smtp);
        const std::string text = full_text(report);
        CHECK_FALSE(says(text, "tell its operator"));
    }
    SECTION("nor can the only one that has an address") {
        source.zone("4.8.8.in-addr.arpa", {{"ns1.isp.example", "192.0.2.1"}, {"ns9.isp.example", ""}});
        source.resolver.put(answer(name("ns1.isp.example"), RecordType::aaaa, Outcome::nodata));
        const Answer got = ask(source);
        REQUIRE(got.no_route);
        CHECK(got.server->ip == ip("192.0.2.1"));
        CHECK(says(flowing_text(got), "This machine cannot reach IPv4 (Network is unreachable)"));
    }
}

TEST_CASE("a server that this process cannot ask is nothing against its zone") {
    Source source;
    source.two_servers();
    const std::string lack = "this process is out of file descriptors, see ulimit -n";
    source.cannot_ask = {{"192.0.2.2:53", lack}};
    SECTION("one of two answers") {
        source.server("192.0.2.1").put(ptr_records({"mail.example.com"}));
        const Answer got = ask(source);
        CHECK(got.outcome == Outcome::records);
        CHECK(said(got) == "ns1.isp.example records mail.example.com | ns2.isp.example not_sent | ");
        CHECK(says(flowing_text(got), "ns2.isp.example (192.0.2.2) could not be asked."));
    }
    SECTION("the other one fails by itself") {
        source.server("192.0.2.1").put(answer(reverse(), RecordType::ptr, Outcome::servfail));
        CHECK(ask(source).outcome == Outcome::not_sent);
    }
    SECTION("none can be asked") {
        source.cannot_ask.emplace("192.0.2.1:53", lack);
        const Answer got = ask(source);
        CHECK(got.outcome == Outcome::not_sent);
        CHECK_FALSE(got.no_route);
        CHECK(got.detail == lack);
        CHECK(is_own_failure(got));
        const Report report = World().put(got).report("8.8.4.25");
        CHECK_FALSE(report.smtp);
        const std::string text = full_text(report);
        CHECK(says(text, "ulimit -n"));
        CHECK(says(text, "Not all servers of 4.8.8.in-addr.arpa could be asked."));
        for (const char* wrong : {"operator", "cannot reach", "No server of", "@ADDRESS", "were not found"})
            CHECK_FALSE(says(text, wrong));
    }
}

TEST_CASE("what the resolver says instead is kept with its own words") {
    Source source;
    source.two_servers();
    for (const char* address : {"192.0.2.1", "192.0.2.2"})
        source.server(address).put(ptr_records({"mail.example.com"}));
    Answer bogus = answer(reverse(), RecordType::ptr, Outcome::servfail);
    bogus.extended_errors = {{6, ""}};
    source.resolver.put(bogus);
    const Answer got = ask(source);
    CHECK(got.outcome == Outcome::records);
    CHECK_FALSE(got.source->resolver_differs());
    CHECK(got.source->resolver_withholds());
    CHECK(got.source->resolver.outcome == Outcome::servfail);
    CHECK(got.source->resolver.extended_errors.size() == 1);
}

TEST_CASE("thousands of names at each of many servers are compared in no time, and bounded") {
    Source source;
    std::vector<std::pair<std::string, std::string>> hosts;
    for (int server = 1; server <= 16; ++server) {
        const std::string number = std::to_string(server);
        hosts.emplace_back("ns" + number + ".isp.example", "192.0.2." + number);
        std::vector<std::string> names;
        for (int i = 0; i < 3600; ++i) names.push_back("n" + std::to_string(i) + ".s" + number + ".example");
        source.server("192.0.2." + number).put(ptr_records(names));
    }
    source.zone("4.8.8.in-addr.arpa", hosts);
    const Answer got = ask(source);
    CHECK(got.names.size() == 1000);
    REQUIRE(got.source->servers.size() == 16);
    CHECK(got.source->servers[0].answers.size() == 256);
    CHECK(got.source->servers[0].left_out == 3344);
}

TEST_CASE("every question is answered once, and no more than its window are taken") {
    Source source;
    source.two_servers();
    source.server("192.0.2.1").put(ptr_records({"mail.example.com"}));
    const auto direct = source.make();
    int answered = 0;
    int asked = 0;
    while (direct->has_room()) {
        direct->ask(ptr_question(), [&](const Answer&) { ++answered; });
        ++asked;
    }
    CHECK(asked == 64);
    CHECK(answered == 0);
    CHECK(direct->next_timeout() == milliseconds(0));
    for (int round = 0; direct->open_questions() != 0 && round < 1000; ++round) direct->progress(milliseconds(0));
    CHECK(answered == asked);
    CHECK(direct->has_room());
}

TEST_CASE("of a zone with very many servers a few are enough") {
    Source source;
    std::vector<std::pair<std::string, std::string>> hosts;
    for (int i = 100; i < 300; ++i) hosts.emplace_back("ns" + std::to_string(i) + ".isp.example", "192.0.2.1");
    source.zone("4.8.8.in-addr.arpa", hosts);
    source.server("192.0.2.1").put(ptr_records({"mail.example.com"}));
    const Answer got = ask(source);
    CHECK(got.outcome == Outcome::records);
    CHECK(got.source->servers.size() == 32);
}

TEST_CASE("MX records are told apart by their preference too") {
    const auto mx = [](std::uint16_t preference) {
        Answer made = with_authority(answer(name("mailed.example"), RecordType::mx, Outcome::records));
        made.names = {{name("mx.mailed.example"), 300, preference}};
        return made;
    };
    for (const std::uint16_t other : {std::uint16_t{10}, std::uint16_t{20}}) {
        Source source;
        source.zone("mailed.example", {{"ns1.isp.example", "192.0.2.1"}, {"ns2.isp.example", "192.0.2.2"}});
        source.server("192.0.2.1").put(mx(10));
        source.server("192.0.2.2").put(mx(other));
        source.resolver.put(mx(10));
        const auto direct = source.make();
        std::optional<Answer> got;
        direct->ask({name("mailed.example"), RecordType::mx}, [&](Answer answer) { got = std::move(answer); });
        for (int round = 0; !got && round < 1000; ++round) direct->progress(milliseconds(0));
        REQUIRE(got);
        CHECK(got->names.at(0).preference == 10);
        REQUIRE(got->source);
        CHECK(got->source->servers.at(0).answers == std::vector<std::string>{"10 mx.mailed.example"});
        CHECK(got->source->servers_differ() == (other != 10));
    }
}

TEST_CASE("the zone above names the servers of one that the resolver cannot find (RFC 2317)") {
    Source source;
    source.two_servers();
    const DnsName target = name("25.0-63.4.8.8.in-addr.arpa");
    for (const char* address : {"192.0.2.1", "192.0.2.2"}) {
        source.server(address).put(alias_to(target.to_text()));
        Answer referral = answer(target, RecordType::ptr, Outcome::referral);
        referral.delegation = {{name("0-63.4.8.8.in-addr.arpa"), name("ns.customer.example")}};
        source.server(address).put(referral);
    }
    source.resolver.says(target.to_text(), RecordType::soa, Outcome::servfail);
    source.resolver.address("ns.customer.example", {"192.0.2.3"});
    source.server("192.0.2.3").says(target.to_text(), RecordType::ptr, Outcome::refused);
    SECTION("they refuse it") {
        const Answer got = ask(source);
        CHECK(got.outcome == Outcome::refused);
        CHECK_FALSE(got.source->unfound);
        CHECK(says(flowing_text(got), "None of the servers of 0-63.4.8.8.in-addr.arpa gives an answer"));
        CHECK(says(flowing_text(got), "ns.customer.example (192.0.2.3) is lame: it refuses (REFUSED)."));
    }
    SECTION("this process cannot ask them") {
        source.cannot_ask = {{"192.0.2.3:53", "this process is out of file descriptors, see ulimit -n"}};
        CHECK(ask(source).outcome == Outcome::not_sent);
    }
    SECTION("they have it after all") {
        Answer published = with_authority(answer(target, RecordType::ptr, Outcome::records));
        published.names = {{name("mail.example.com"), 60}};
        source.server("192.0.2.3").put(published);
        CHECK(names_of(ask(source)) == "mail.example.com. ");
    }
    SECTION("it does not name them either") {
        for (const char* address : {"192.0.2.1", "192.0.2.2"}) {
            source.server(address).says(target.to_text(), RecordType::ptr, Outcome::nxdomain);
        }
        const Answer got = ask(source);
        CHECK(got.outcome == Outcome::servfail);
        REQUIRE(got.source->unfound);
        CHECK(got.source->unfound->name == target);
    }
}

TEST_CASE("the servers that a resolver with the zone itself names are not those that others find") {
    Source source;
    source.zone("4.8.8.in-addr.arpa", {{"localhost", ""}});
    Answer own = *source.resolver.find({name("4.8.8.in-addr.arpa"), RecordType::soa});
    own.question.name = reverse();
    own.aa = own.ra = true;
    own.outcome = Outcome::nxdomain;
    source.resolver.put(own);
    const Answer got = ask(source);
    CHECK(got.source->own_zone);
    CHECK(is_own_failure(got));
    const std::string text = flowing_text(got);
    CHECK(says(text, "has the zone 4.8.8.in-addr.arpa itself, and none of the servers that it names gives an answer"));
    CHECK(says(text, "fcrdns-check --direct @ADDRESS 8.8.4.25"));
    CHECK(says(text, "nothing is known of what receivers see"));
    CHECK_FALSE(says(text, "450 4.7.25"));
    CHECK_FALSE(says(text, "tell its operator"));
}

TEST_CASE("where the servers are not found, nothing is said of receivers") {
    Source source;
    Answer known = ptr_records({"mail.example.com"});
    SECTION("no zone") {}
    SECTION("no servers") {
        source.two_servers();
        source.resolver.says("4.8.8.in-addr.arpa", RecordType::ns, Outcome::nodata);
    }
    SECTION("a failing lookup, though the resolver knows the record") {
        source.resolver.says("8.8.in-addr.arpa", RecordType::soa, Outcome::servfail);
        source.resolver.put(known);
    }
    const std::string text = flowing_text(ask(source));
    CHECK(says(text, "The zone's own servers were not found, so nothing is known of what receivers see."));
    CHECK_FALSE(says(text, "450 4.7.25"));
}

TEST_CASE("an alias into a zone below, which other servers have, is followed to them (RFC 2317)") {
    Source source;
    source.two_servers();
    const DnsName target = name("25.0-63.4.8.8.in-addr.arpa");
    for (const char* address : {"192.0.2.1", "192.0.2.2"}) source.server(address).put(alias_to(target.to_text()));
    source.zone("0-63.4.8.8.in-addr.arpa", {{"ns.customer.example", "192.0.2.3"}});
    SECTION("published there") {
        Answer published = with_authority(answer(target, RecordType::ptr, Outcome::records));
        published.names = {{name("mail.example.com"), 60}};
        source.server("192.0.2.3").put(published);
        CHECK(names_of(ask(source)) == "mail.example.com. ");
    }
    SECTION("silent there: no missing record") {
        CHECK(ask(source).outcome == Outcome::timeout);
    }
}
