// SPDX-License-Identifier: MIT
// compose: the one-line cause, the SMTP reply, who runs the reverse zone, how long absence
// is kept, and the reports on what has no address.
#include "fcrdns/report.hpp"

#include <memory>
#include <string>
#include <vector>

#include "catch.hpp"
#include "literal_world.hpp"

using namespace fcrdns;
using namespace fcrdns::test;

namespace {

constexpr std::string_view client = "8.8.4.25";
constexpr std::string_view reverse = "25.4.8.8.in-addr.arpa";

std::string message(const World& world) {
    return world.report(client).message;
}

Subject host_subject() {
    Subject subject;
    subject.input = "mail.example.com";
    subject.origin.host_name = name("mail.example.com");
    return subject;
}

Answer lookup(RecordType type, Outcome outcome) {
    return answer(name("mail.example.com"), type, outcome);
}

}  // namespace

TEST_CASE("the cause in one line") {
    World world;
    world.ptr(client, {"mail.example.com"}).says("mail.example.com", RecordType::aaaa, Outcome::nodata);
    CHECK(message(World(world).address("mail.example.com", {std::string(client)})) == "mail.example.com");
    CHECK(message(World(world).address("mail.example.com", {"198.51.100.9"})) == "mail.example.com -> 198.51.100.9");
    CHECK(message(World(world).address("mail.example.com",
                                       {"198.51.100.1", "198.51.100.2", "198.51.100.3", "198.51.100.4"})) ==
          "mail.example.com -> 198.51.100.1, 198.51.100.2, 198.51.100.3 and 1 more");
    CHECK(message(World(world).says("mail.example.com", RecordType::a, Outcome::nodata)) ==
          "mail.example.com has no A record");
    CHECK(message(World(world).says("mail.example.com", RecordType::a, Outcome::nxdomain)) ==
          "mail.example.com does not exist");
    CHECK(message(World(world).says("mail.example.com", RecordType::a, Outcome::servfail)) ==
          "A lookup of mail.example.com failed: SERVFAIL");
    CHECK(message(World().says(reverse, RecordType::ptr, Outcome::nxdomain)) == "no PTR record");
    CHECK(message(World().says(reverse, RecordType::ptr, Outcome::timeout)) == "PTR lookup failed: no answer");
    CHECK(message(World().ptr(client, {"8.8.4.25"})) == "8.8.4.25 is not a host name");
    CHECK(message(World().ptr(client, {"8.8.4.25", "-a.example"})) == "8.8.4.25 is not a host name (and 1 more)");
    CHECK(message(World().ptr(client, {"mail"}).address("mail", {std::string(client)})) == "mail (single label)");
}

TEST_CASE("more than 100 names, and the deadline, in one line") {
    World world;
    std::vector<std::string> names;
    for (int i = 0; i < 103; ++i) {
        names.push_back("n" + std::to_string(i) + ".example");
        world.says(names.back(), RecordType::a, Outcome::nxdomain);
    }
    CHECK(message(world.ptr(client, names)) == "103 PTR names, none of the first 100 leads back");
    Check check(ip(client));
    (void)check.start();
    check.give_up();
    Verdict verdict = judge(check.evidence(), {});
    CHECK(compose({}, check.take(), verdict, {}).message == "PTR lookup failed: no answer (deadline reached)");
}

TEST_CASE("the SMTP reply: 550 for a failure, 450 for a temporary one, none for a pass") {
    const Report fail = World().says(reverse, RecordType::ptr, Outcome::nxdomain).report(client);
    REQUIRE(fail.smtp);
    CHECK(fail.smtp->line() == "550 5.7.25 Client host rejected: cannot find your hostname, [8.8.4.25]");
    const Report temporary = World().says(reverse, RecordType::ptr, Outcome::timeout).report(client);
    REQUIRE(temporary.smtp);
    CHECK(temporary.smtp->line() == "450 4.7.25 Client host rejected: cannot find your hostname, [8.8.4.25]");
    CHECK_FALSE(World().ptr(client, {"m.example"}).address("m.example", {std::string(client)}).report(client).smtp);
    CHECK(refusal_reply(ip("2001:DB8::1"), false).text ==
          "Client host rejected: cannot find your hostname, [2001:db8::1]");
    CHECK(generic_name_reply().line() == "550 5.7.25 Reverse DNS validation failed");
}

TEST_CASE("status words") {
    CHECK(status_word({VerdictKind::pass, Reason::forward_confirmed, {}, {}, {}}) == "PASS");
    CHECK(status_word({VerdictKind::pass,
                       Reason::forward_confirmed,
                       {},
                       {{FindingCode::multiple_ptr, Severity::info, {}}},
                       {}}) == "PASS");
    CHECK(status_word({VerdictKind::pass,
                       Reason::forward_confirmed,
                       {},
                       {{FindingCode::local_answer, Severity::warning, {}}},
                       {}}) == "WARN");
    CHECK(status_word(
              {VerdictKind::fail, Reason::no_ptr, {}, {{FindingCode::local_answer, Severity::warning, {}}}, {}}) ==
          "FAIL");
    CHECK(status_word({VerdictKind::temperror, Reason::ptr_lookup_failed, {}, {}, {}}) == "TEMP");
    CHECK(status_word({}) == "INVALID");
}

TEST_CASE("the contact is an e-mail address, dots in the mailbox unescaped") {
    struct Row {
        std::string_view rname, contact;
    };
    const std::vector<Row> rows = {
        {"hostmaster.isp.example", "hostmaster@isp.example"},
        {R"(host\.master.isp.example)", "host.master@isp.example"},
        {R"(dns\.admin\.team.isp.example)", "dns.admin.team@isp.example"},
        {"dns-admin+x.isp.example", "dns-admin+x@isp.example"},
        {R"(a\@b.isp.example)", R"(a\064b@isp.example)"},
        {R"(\027[2J.isp.example)", R"(\027\0912J@isp.example)"},
        {R"(hm.isp\.x.example)", R"(hm@isp\046x.example)"},
        {".", ""},
        {"hostmaster", "hostmaster"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.rname);
        CHECK(contact_address(name(row.rname)) == row.contact);
    }
}

TEST_CASE("a zone that is a registry's or a whole /8 is nobody's own") {
    struct Row {
        std::string_view zone, mname, rname;
        bool registry;
    };
    const std::vector<Row> rows = {
        {"in-addr.arpa", "a.in-addr-servers.arpa", "nstld.iana.org", true},
        {"ip6.arpa", "b.ip6-servers.arpa", "nstld.iana.org", true},
        {".", "a.root-servers.net", "nstld.verisign-grs.com", true},
        {"203.in-addr.arpa", "ns1.isp.example", "h.isp.example", true},
        {"113.0.203.in-addr.arpa", "ns1.isp.example", "h.isp.example", false},
        {"0.203.in-addr.arpa", "z.arin.net", "dns-ops.arin.net", true},
        {"0.203.in-addr.arpa", "PRI.AUTHDNS.RIPE.NET", "dns.isp.example", true},
        {"0.203.in-addr.arpa", "ns1.isp.example", "read-txt-record-of-zone-first-dns-admin.apnic.net", true},
        {"0.203.in-addr.arpa", "ns.lacnic.net", "h.isp.example", true},
        {"0.203.in-addr.arpa", "ns1.afrinic.net", "h.isp.example", true},
        {"0.203.in-addr.arpa", "ns.notripe.net", "h.ripe.network", false},
        {"8.b.d.0.1.0.0.2.ip6.arpa", "ns1.isp.example", "h.isp.example", false},
        {"example.com", "ns1.isp.example", "h.isp.example", false},
    };
    for (const Row& row : rows) {
        CAPTURE(row.zone, row.mname);
        CHECK(is_registry_zone(*soa(row.zone, row.mname, row.rname, 1, 1)) == row.registry);
    }
}

TEST_CASE("absence is kept for the smaller of the SOA's TTL and MINIMUM (RFC 2308 5)") {
    const auto left = [](std::uint32_t ttl, std::uint32_t minimum) {
        const auto zone = soa("4.8.8.in-addr.arpa", "ns.isp.example", "h.isp.example", ttl, minimum);
        return negative_ttl_left(World().says(reverse, RecordType::ptr, Outcome::nxdomain, zone).evidence(client));
    };
    CHECK(left(40, 600) == 40U);
    CHECK(left(3600, 600) == 600U);
    CHECK(left(0, 0) == 0U);
    CHECK_FALSE(negative_ttl_left(World().says(reverse, RecordType::ptr, Outcome::nxdomain).evidence(client)));
    World world;
    world.ptr(client, {"m.example"}).address("m.example", {"198.51.100.1"});
    CHECK_FALSE(negative_ttl_left(world.evidence(client)));
}

TEST_CASE("the reverse zone of the negative answer, or the one found by walking up") {
    const auto zone = soa("4.8.8.in-addr.arpa", "ns.isp.example", "h.isp.example", 40, 600);
    CHECK(World().says(reverse, RecordType::ptr, Outcome::nxdomain, zone).report(client).reverse_zone->mname ==
          zone->mname);
    World world;
    world.ptr(client, {"m.example"})
        .address("m.example", {"198.51.100.1"})
        .says(reverse, RecordType::soa, Outcome::nodata, zone);
    CHECK(world.report(client, {}, true).reverse_zone->zone == zone->zone);
    CHECK_FALSE(World(world).address("m.example", {std::string(client)}).report(client, {}, true).reverse_zone);
}

TEST_CASE("host names without an address, and with a failed lookup") {
    const auto report = [](std::vector<Answer> lookups) {
        return compose_without_address(host_subject(), std::move(lookups));
    };
    const Report none = report({lookup(RecordType::a, Outcome::nodata), lookup(RecordType::aaaa, Outcome::nodata)});
    CHECK(none.verdict.reason == Reason::no_address);
    CHECK(none.verdict.kind == VerdictKind::fail);
    CHECK(none.message == "no address");
    CHECK(report({lookup(RecordType::a, Outcome::nxdomain), lookup(RecordType::aaaa, Outcome::nxdomain)}).message ==
          "does not exist");
    const Report failed = report({lookup(RecordType::a, Outcome::nodata), lookup(RecordType::aaaa, Outcome::servfail)});
    CHECK(failed.verdict.reason == Reason::address_lookup_failed);
    CHECK(failed.verdict.kind == VerdictKind::temperror);
    CHECK(failed.message == "AAAA lookup failed: SERVFAIL");
    CHECK_FALSE(failed.smtp);
    const Report invalid = compose_invalid(host_subject(), "a sentence");
    CHECK(invalid.verdict.kind == VerdictKind::invalid);
    CHECK(invalid.message == "a sentence");
}

TEST_CASE("a report is a value: it outlives the HELO name that it was made with") {
    World world;
    world.says(reverse, RecordType::ptr, Outcome::nxdomain);
    const auto report = [&] {
        auto helo = std::make_unique<Helo>(parse_helo("a host name that is kept on the heap, not inside a string"));
        Origin origin;
        origin.helo = *helo;
        return world.report(client, origin);
    }();
    CHECK(
        full_text(report).find("<a host name that is kept on the heap, not inside a string>: Helo command rejected") !=
        std::string::npos);
}
