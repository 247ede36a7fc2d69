// SPDX-License-Identifier: MIT
// For every kind of verdict the records that must be published.
#include "compose/fix.hpp"

#include <string>
#include <string_view>
#include <vector>

#include "catch.hpp"
#include "judge/reverse_target.hpp"
#include "literal_world.hpp"

using namespace fcrdns;
using namespace fcrdns::test;

namespace {

constexpr std::string_view client = "8.8.4.25";
constexpr std::string_view reverse = "25.4.8.8.in-addr.arpa";
constexpr std::string_view client6 = "2001:4860::25";

// "1.1 forward_zone add mail.example.com. IN A 8.8.4.25", one line each: option, step, the rest.
std::string steps(const std::vector<FixEntry>& fix) {
    std::string text;
    for (const FixEntry& entry : fix) {
        text += std::to_string(entry.option) + "." + std::to_string(entry.step);
        text.append(" ")
            .append(to_word(entry.who))
            .append(" ")
            .append(to_word(entry.action))
            .append(" ")
            .append(entry.record())
            .append("\n");
    }
    return text;
}

std::string fix(const World& world, const Origin& origin = {}, std::string_view address = client) {
    return steps(world.report(address, origin).fix);
}

const std::string replaced =
    "1.1 forward_zone add your.mail.host.name. IN A 8.8.4.25\n"
    "1.2 reverse_zone replace 25.4.8.8.in-addr.arpa. IN PTR your.mail.host.name.\n";

Origin with_helo(std::string_view text) {
    Origin origin;
    origin.helo = parse_helo(text);
    return origin;
}

World without_ptr() {
    return World().says(reverse, RecordType::ptr, Outcome::nxdomain);
}

}  // namespace

TEST_CASE("no_ptr: the forward record of a placeholder, then the PTR") {
    CHECK(fix(without_ptr()) ==
          "1.1 forward_zone add your.mail.host.name. IN A 8.8.4.25\n"
          "1.2 reverse_zone add 25.4.8.8.in-addr.arpa. IN PTR your.mail.host.name.\n");
    const World world6 = World().put(answer(ip(client6).reverse_name(), RecordType::ptr, Outcome::nodata));
    const std::string owner = ip(client6).reverse_name().to_absolute_text();
    CHECK(fix(world6, {}, client6) ==
          "1.1 forward_zone add your.mail.host.name. IN AAAA 2001:4860::25\n"
          "1.2 reverse_zone add " +
              owner + " IN PTR your.mail.host.name.\n");
}

TEST_CASE("no_ptr: the host name given as target leads here already") {
    Origin origin;
    origin.host_name = name("mail.example.com");
    CHECK(fix(without_ptr(), origin) == "1.1 reverse_zone add 25.4.8.8.in-addr.arpa. IN PTR mail.example.com.\n");
}

TEST_CASE("no_ptr: the HELO name comes first, with its forward record unless it leads here") {
    const Helo helo = parse_helo("mx.example.com");
    Origin origin;
    origin.helo = helo;
    origin.host_name = name("mail.example.com");
    CHECK(fix(without_ptr().says("mx.example.com", RecordType::a, Outcome::nxdomain), origin) ==
          "1.1 forward_zone add mx.example.com. IN A 8.8.4.25\n"
          "1.2 reverse_zone add 25.4.8.8.in-addr.arpa. IN PTR mx.example.com.\n");
    CHECK(fix(without_ptr().address("mx.example.com", {std::string(client)}), origin) ==
          "1.1 reverse_zone add 25.4.8.8.in-addr.arpa. IN PTR mx.example.com.\n");
    CHECK(fix(without_ptr().says("mx.example.com", RecordType::a, Outcome::timeout), origin) ==
          "1.1 forward_zone add mx.example.com. IN A 8.8.4.25\n"
          "1.2 reverse_zone add 25.4.8.8.in-addr.arpa. IN PTR mx.example.com.\n");
}

TEST_CASE("a HELO name that leads to another host: it may be said by habit, and a target that leads here is better") {
    World world = without_ptr();
    world.address("example.com", {"198.51.100.80"});
    CHECK(fix(world, with_helo("example.com")) ==
          "1.1 forward_zone add example.com. IN A 8.8.4.25\n"
          "1.2 reverse_zone add 25.4.8.8.in-addr.arpa. IN PTR example.com.\n"
          "2.1 forward_zone add your.mail.host.name. IN A 8.8.4.25\n"
          "2.2 reverse_zone add 25.4.8.8.in-addr.arpa. IN PTR your.mail.host.name.\n");
    Origin origin = with_helo("example.com");
    origin.host_name = name("mail.example.com");
    CHECK(fix(world, origin) == "1.1 reverse_zone add 25.4.8.8.in-addr.arpa. IN PTR mail.example.com.\n");
    // Where the PTR record names it too, it is what the host is called.
    world.ptr(client, {"example.com"});
    CHECK(fix(world, origin) == "1.1 forward_zone add example.com. IN A 8.8.4.25\n");
}

TEST_CASE("a name with an underscore stays where it leads back, and is published nowhere") {
    World world;
    world.ptr(client, {"_mail.example.com"}).says("_mail.example.com", RecordType::aaaa, Outcome::nxdomain);
    CHECK(fix(World(world).says("_mail.example.com", RecordType::a, Outcome::nxdomain)) == replaced);
    CHECK(fix(World(world).address("_mail.example.com", {std::string(client)})).empty());
    World two;
    two.ptr(client, {"_mail.example.com", "gone.example.com"}).address("_mail.example.com", {std::string(client)});
    two.says("gone.example.com", RecordType::a, Outcome::nxdomain);
    two.says("gone.example.com", RecordType::aaaa, Outcome::nxdomain);
    CHECK(fix(two) == "1.1 reverse_zone remove 25.4.8.8.in-addr.arpa. IN PTR gone.example.com.\n");
    const World absent = without_ptr().says("mx_1.example.com", RecordType::a, Outcome::nxdomain);
    CHECK(fix(absent, with_helo("mx_1.example.com")) ==
          "1.1 forward_zone add your.mail.host.name. IN A 8.8.4.25\n"
          "1.2 reverse_zone add 25.4.8.8.in-addr.arpa. IN PTR your.mail.host.name.\n");
}

TEST_CASE("localhost and the like are replaced, though every resolver has an address for them") {
    for (const std::string host : {"localhost", "mail.corp.internal", "server1.lan"}) {
        CAPTURE(host);
        const World world = World().ptr(client, {host}).address(host, {"127.0.0.1"});
        CHECK(fix(world) == replaced);
        CHECK(world.report(client).smtp);
    }
    CHECK(fix(World().ptr(client, {"mail.example.com"}).address("mail.example.com", {"10.0.0.1"})).empty());
}

TEST_CASE("no_ptr: the PTR is owned by the last name of the CNAME chain") {
    Answer ptr = answer(name(reverse), RecordType::ptr, Outcome::nodata);
    ptr.cname_chain = {{name(reverse), name("25.0-63.4.8.8.in-addr.arpa"), 60},
                       {name("25.0-63.4.8.8.in-addr.arpa"), name("r25.customer.example"), 60}};
    CHECK(fix(World().put(ptr)) ==
          "1.1 forward_zone add your.mail.host.name. IN A 8.8.4.25\n"
          "1.2 reverse_zone add r25.customer.example. IN PTR your.mail.host.name.\n");
}

TEST_CASE("forward_*: either the name is this host's, or the PTR is another's") {
    const std::string both =
        "1.1 forward_zone add mail.example.com. IN A 8.8.4.25\n"
        "2.1 forward_zone add your.mail.host.name. IN A 8.8.4.25\n"
        "2.2 reverse_zone replace 25.4.8.8.in-addr.arpa. IN PTR your.mail.host.name.\n";
    World world;
    world.ptr(client, {"mail.example.com"}).says("mail.example.com", RecordType::aaaa, Outcome::nodata);
    CHECK(fix(World(world).address("mail.example.com", {"198.51.100.9"})) == both);
    CHECK(fix(World(world).says("mail.example.com", RecordType::a, Outcome::nodata)) == both);
    CHECK(fix(World(world).says("mail.example.com", RecordType::a, Outcome::nxdomain)) == both);
    // Where the host is known to be that name, there is no other way.
    CHECK(fix(World(world).says("mail.example.com", RecordType::a, Outcome::nxdomain), with_helo("MAIL.example.com")) ==
          "1.1 forward_zone add MAIL.example.com. IN A 8.8.4.25\n");
    // Nor where it is known to be another.
    CHECK(fix(World(world)
                  .says("mail.example.com", RecordType::a, Outcome::nxdomain)
                  .says("mx.example.com", RecordType::a, Outcome::nxdomain),
              with_helo("mx.example.com")) ==
          "1.1 forward_zone add mx.example.com. IN A 8.8.4.25\n"
          "1.2 reverse_zone replace 25.4.8.8.in-addr.arpa. IN PTR mx.example.com.\n");
}

TEST_CASE("forward_*: an address record takes the place of a CNAME") {
    Answer forward = World().address("host.example.com", {"198.51.100.9"})[{name("host.example.com"), RecordType::a}];
    forward.question.name = name("mail.example.com");
    forward.cname_chain = {{name("mail.example.com"), name("host.example.com"), 60}};
    const World world = World().ptr(client, {"mail.example.com"}).put(forward);
    CHECK(fix(world) ==
          "1.1 forward_zone replace mail.example.com. IN A 8.8.4.25\n"
          "2.1 forward_zone add your.mail.host.name. IN A 8.8.4.25\n"
          "2.2 reverse_zone replace 25.4.8.8.in-addr.arpa. IN PTR your.mail.host.name.\n");
    const std::vector<FixEntry> entries = world.report(client).fix;
    CHECK(entries[0].replaces == std::vector<std::string>{"mail.example.com. IN CNAME host.example.com."});
    CHECK(entries[1].replaces.empty());
    CHECK(entries[2].replaces == std::vector<std::string>{"25.4.8.8.in-addr.arpa. IN PTR mail.example.com."});
}

TEST_CASE("forward_*: below a DNAME there is nothing to publish; the record belongs where it leads (RFC 6672 2.4)") {
    Answer forward = answer(name("mail.example.com"), RecordType::a, Outcome::nodata);
    forward.dnames = {{name("example.com"), name("example.net"), 60}};
    forward.cname_chain = {{name("mail.example.com"), name("mail.example.net"), 60}};
    World world = World().ptr(client, {"mail.example.com"}).put(forward);
    world.says("mail.example.com", RecordType::aaaa, Outcome::nodata);
    CHECK(fix(world) ==
          "1.1 forward_zone add mail.example.net. IN A 8.8.4.25\n"
          "2.1 forward_zone add your.mail.host.name. IN A 8.8.4.25\n"
          "2.2 reverse_zone replace 25.4.8.8.in-addr.arpa. IN PTR your.mail.host.name.\n");
    const std::string text = flowing_text(world.report(client));
    CHECK(says(text, "If this host is mail.example.com:"));
    CHECK(says(text, "In the zone of mail.example.net, to which a DNAME record leads"));
    // An alias there gives way.
    forward.cname_chain.push_back({name("mail.example.net"), name("host.example.org"), 60});
    world.put(forward);
    CHECK(says(fix(world), "1.1 forward_zone replace mail.example.net. IN A 8.8.4.25\n"));
    CHECK(world.report(client).fix[0].replaces ==
          std::vector<std::string>{"mail.example.net. IN CNAME host.example.org."});
}

TEST_CASE("forward_*: of several names an option repairs all, or removes what cannot be repaired") {
    World world;
    world.ptr(client, {"gone.example.com", "ubuntu", "else.example.com"}).address("else.example.com", {"198.51.100.9"});
    world.says("gone.example.com", RecordType::a, Outcome::nxdomain).says("ubuntu", RecordType::a, Outcome::nxdomain);
    world.says("gone.example.com", RecordType::aaaa, Outcome::nxdomain);
    world.says("ubuntu", RecordType::aaaa, Outcome::nxdomain);
    CHECK(fix(world) ==
          "1.1 forward_zone add gone.example.com. IN A 8.8.4.25\n"
          "1.1 forward_zone add else.example.com. IN A 8.8.4.25\n"
          "1.2 reverse_zone remove 25.4.8.8.in-addr.arpa. IN PTR ubuntu.\n"
          "2.1 forward_zone add your.mail.host.name. IN A 8.8.4.25\n"
          "2.2 reverse_zone replace 25.4.8.8.in-addr.arpa. IN PTR your.mail.host.name.\n");
}

TEST_CASE("a bare, local or reverse name is replaced, whatever its lookup said") {
    for (const std::string host :
         {"ubuntu", "server1.lan", "mail.corp.local", "25.4.8.8.in-addr.arpa", "name.4.8.8.in-addr.arpa"}) {
        CAPTURE(host);
        for (const Outcome outcome : {Outcome::nxdomain, Outcome::refused, Outcome::servfail}) {
            World world;
            world.ptr(client, {host}).says(host, RecordType::a, outcome).says(host, RecordType::aaaa, outcome);
            CHECK(fix(world) == replaced);
        }
    }
    World unknown;
    unknown.ptr(client, {"ubuntu", "mail.example.com"}).says("mail.example.com", RecordType::a, Outcome::servfail);
    unknown.says("ubuntu", RecordType::a, Outcome::servfail);
    CHECK(fix(unknown).empty());
}

TEST_CASE("a name that cannot be a mail host's own is never offered as one") {
    for (const std::string host :
         {"25.4.8.8.dyn.isp.example", "ubuntu.lan", "mail.corp.local", "25.4.8.8.in-addr.arpa"}) {
        CAPTURE(host);
        World world;
        world.says(reverse, RecordType::ptr, Outcome::nxdomain).address(host, {std::string(client)});
        const std::string added =
            "1.1 forward_zone add your.mail.host.name. IN A 8.8.4.25\n"
            "1.2 reverse_zone add 25.4.8.8.in-addr.arpa. IN PTR your.mail.host.name.\n";
        CHECK(fix(world, with_helo(host)) == added);
        Origin origin;
        origin.host_name = name(host);
        CHECK(fix(world, origin) == added);
    }
}

TEST_CASE("the name said in EHLO takes the place of a provider's name that leads back") {
    const std::string host = "25.4.8.8.dyn.isp.example";
    World world;
    world.ptr(client, {host}).address(host, {std::string(client)});
    CHECK(fix(World(world).address("mx.example.com", {std::string(client)}), with_helo("mx.example.com")) ==
          "1.1 reverse_zone replace 25.4.8.8.in-addr.arpa. IN PTR mx.example.com.\n");
    CHECK(fix(world, with_helo(host)) == replaced);
}

TEST_CASE("a good name that leads back is kept, and the others go") {
    World world;
    world.ptr(client, {"mail.example.com", "25.4.8.8.dyn.isp.example", "mailhost"});
    for (const std::string host : {"mail.example.com", "25.4.8.8.dyn.isp.example", "mailhost"}) {
        world.address(host, {std::string(client)});
    }
    CHECK(fix(world) ==
          "1.1 reverse_zone remove 25.4.8.8.in-addr.arpa. IN PTR 25.4.8.8.dyn.isp.example.\n"
          "1.1 reverse_zone remove 25.4.8.8.in-addr.arpa. IN PTR mailhost.\n");
    const Report report = world.report(client);
    CHECK(host_after(report, 1) == name("mail.example.com"));
}

TEST_CASE("no records where nobody can set reverse DNS") {
    for (const std::string_view address : {"2001:0:c633:6401::1", "2002:c633:6401::1", "64:ff9b::c633:6401"}) {
        CAPTURE(address);
        const Report report =
            World().put(answer(ip(address).reverse_name(), RecordType::ptr, Outcome::nxdomain)).report(address);
        CHECK(report.fix.empty());
        CHECK(report.smtp);
    }
}

TEST_CASE("ptr_not_a_hostname: the new name's forward record, then the PTR in the old one's place") {
    CHECK(fix(World().ptr(client, {"8.8.4.25"})) == replaced);
    CHECK(fix(World().ptr(client, {"-mail.example.com"})) == replaced);
    CHECK(fix(World().ptr(client, {"."})) == replaced);
}

TEST_CASE("a missing final dot: the name that was meant") {
    World world;
    world.ptr(client, {"mail.example.com.4.8.8.in-addr.arpa"});
    world.says("mail.example.com.4.8.8.in-addr.arpa", RecordType::a, Outcome::nxdomain);
    CHECK(fix(world) ==
          "1.1 forward_zone add mail.example.com. IN A 8.8.4.25\n"
          "1.2 reverse_zone replace 25.4.8.8.in-addr.arpa. IN PTR mail.example.com.\n");
    struct Row {
        std::string relative, meant;
    };
    const std::vector<Row> rows = {
        {"mail.example.com.4.8.8.in-addr.arpa", "mail.example.com"},
        {"mail.example.de.4.8.8.in-addr.arpa", "mail.example.de"},  // "de" is a number in hexadecimal only
        {"mail.example.be.8.b.d.0.1.0.0.2.ip6.arpa", "mail.example.be"},
        {"mail.example.fe.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa", "mail.example.fe"},
        {"Mail.Example.COM.IN-ADDR.ARPA", "Mail.Example.COM"},
        {"mail.example.com.0-63.4.8.8.in-addr.arpa", "mail.example.com"},
        {"mail.example.com.0/26.4.8.8.in-addr.arpa", "mail.example.com"},
        {"25.4.8.8.in-addr.arpa", "none"},
        {"in-addr.arpa", "none"},
        {"arpa", "none"},
        {".", "none"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.relative);
        const auto meant = without_reverse_suffix(name(row.relative));
        CHECK((meant ? meant->to_text() : "none") == row.meant);
    }
}

TEST_CASE("a name that looks assigned, a single label, an unknown top-level domain") {
    for (const std::string host : {"25.4.8.8.dyn.isp.example", "mailhost", "mail.corp.lan"}) {
        CAPTURE(host);
        CHECK(fix(World().ptr(client, {host}).address(host, {std::string(client)})) ==
              "1.1 forward_zone add your.mail.host.name. IN A 8.8.4.25\n"
              "1.2 reverse_zone replace 25.4.8.8.in-addr.arpa. IN PTR your.mail.host.name.\n");
    }
}

TEST_CASE("unconfirmed_ptr: the names that do not lead back go; one that fails now goes only with others") {
    World world;
    world.ptr(client, {"mail.example.com", "gone.example.com", "1.2.3.4", "slow.example.com", "else.example.com"});
    world.address("mail.example.com", {std::string(client)}).address("else.example.com", {"198.51.100.9"});
    world.says("gone.example.com", RecordType::a, Outcome::nxdomain)
        .says("slow.example.com", RecordType::a, Outcome::timeout);
    world.says("gone.example.com", RecordType::aaaa, Outcome::nxdomain);
    CHECK(fix(world) ==
          "1.1 reverse_zone remove 25.4.8.8.in-addr.arpa. IN PTR gone.example.com.\n"
          "1.1 reverse_zone remove 25.4.8.8.in-addr.arpa. IN PTR 1.2.3.4.\n"
          "1.1 reverse_zone remove 25.4.8.8.in-addr.arpa. IN PTR slow.example.com.\n"
          "1.1 reverse_zone remove 25.4.8.8.in-addr.arpa. IN PTR else.example.com.\n");
    World only_slow;
    only_slow.ptr(client, {"mail.example.com", "slow.example.com"}).address("mail.example.com", {std::string(client)});
    CHECK(fix(only_slow.says("slow.example.com", RecordType::a, Outcome::timeout)).empty());
}

TEST_CASE(
    "unconfirmed_ptr: a name of which this machine has a view of its own is not to go, and nothing is said of "
    "receivers") {
    World world;
    world.ptr(client, {"mail.example.com", "in.example.com"}).address("mail.example.com", {std::string(client)});
    SECTION("an inside view") {
        world.address("in.example.com", {"10.0.0.6"});
    }
    SECTION("filtered") {
        world.says("in.example.com", RecordType::a, Outcome::filtered);
    }
    const Report report = world.report(client);
    CHECK(status_word(report.verdict) == "WARN");
    CHECK(report.fix.empty());
    const std::string text = flowing_text(report);
    CHECK_FALSE(says(text, "550 5.7.25"));
    CHECK_FALSE(says(text, "450 4.7.25"));
    CHECK(says(text, "nothing is known of what receivers"));
}

TEST_CASE("of several names that failed the one that could still lead back decided") {
    World world;
    world.ptr(client, {"ubuntu", "mail.example.com"}).says("ubuntu", RecordType::a, Outcome::refused);
    const Report report = world.says("mail.example.com", RecordType::a, Outcome::filtered).report(client);
    REQUIRE(failed_lookup(report) != nullptr);
    CHECK(failed_lookup(report)->question.name == name("mail.example.com"));
    CHECK(says(report.message, "A lookup of mail.example.com failed"));
}

TEST_CASE("a temporary failure beside an inside view says nothing of receivers") {
    World world;
    world.ptr(client, {"mail.example.com", "in.example.com"}).address("in.example.com", {"10.0.0.6"});
    CHECK_FALSE(world.says("mail.example.com", RecordType::a, Outcome::servfail).report(client).smtp);
}

TEST_CASE("no records for a clean pass, a temporary failure, or an address that no receiver sees") {
    World world;
    world.ptr(client, {"mail.example.com"}).address("mail.example.com", {std::string(client)});
    CHECK(fix(world).empty());
    CHECK(fix(World().says(reverse, RecordType::ptr, Outcome::servfail)).empty());
    CHECK(fix(World(world).says("mail.example.com", RecordType::a, Outcome::refused)).empty());
    for (const std::string_view address : {"10.0.0.1", "100.64.0.1", "127.0.0.1", "169.254.1.1", "172.16.0.1",
                                           "192.168.0.1", "192.0.0.4", "::1", "fe80::1", "fd00::1"}) {
        CAPTURE(address);
        Answer ptr = answer(ip(address).reverse_name(), RecordType::ptr, Outcome::nxdomain);
        ptr.soa = soa("10.in-addr.arpa", "ns.isp.example", "h.isp.example", 60, 60);
        const Report report = World().put(ptr).report(address);
        CHECK(report.fix.empty());
        CHECK_FALSE(report.reverse_zone);
    }
    CHECK_FALSE(
        fix(World().says("1.2.0.192.in-addr.arpa", RecordType::ptr, Outcome::nxdomain), {}, "192.0.2.1").empty());
}

TEST_CASE("records are written as in a zone file, whatever the name holds") {
    World world;
    world.ptr(client, {"mail.example.com"}).says("mail.example.com", RecordType::a, Outcome::nxdomain);
    for (const FixEntry& entry : world.report(client).fix) {
        CHECK(entry.owner.to_absolute_text().ends_with('.'));
        CHECK(entry.record().find(" IN ") != std::string::npos);
    }
    CHECK(fix(World()
                  .ptr(client, {"mail.example.com", "a b;.example"})
                  .address("mail.example.com", {std::string(client)})) ==
          "1.1 reverse_zone remove 25.4.8.8.in-addr.arpa. IN PTR a\\032b\\059.example.\n");
}
