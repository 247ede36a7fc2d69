// SPDX-License-Identifier: MIT
// The words around the records of a fix, and what is said where no record helps.
#include <algorithm>
#include <string>
#include <string_view>

#include "catch.hpp"
#include "literal_world.hpp"

using namespace fcrdns;
using namespace fcrdns::test;

namespace {

constexpr std::string_view client = "8.8.4.25";
constexpr std::string_view reverse = "25.4.8.8.in-addr.arpa";
constexpr std::string_view client6 = "2001:4860::25";

// The text with its line breaks undone.
std::string flowing(const Report& report) {
    std::string text = full_text(report);
    std::replace(text.begin(), text.end(), '\n', ' ');
    text.erase(std::unique(text.begin(), text.end(), [](char a, char b) { return a == ' ' && b == ' '; }), text.end());
    return text;
}

bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

Origin with_helo(std::string_view text) {
    Origin origin;
    origin.helo = parse_helo(text);
    return origin;
}

Report without_ptr(std::string_view address) {
    return World().put(answer(ip(address).reverse_name(), RecordType::ptr, Outcome::nxdomain)).report(address);
}

}  // namespace

TEST_CASE("each option stands complete under its condition") {
    World world;
    world.ptr(client, {"mail.example.com"}).address("mail.example.com", {"198.51.100.9"});
    CHECK(has(full_text(world.report(client)), R"(
  To fix it
  If this host is mail.example.com:
  1. In the zone of mail.example.com, publish (now: 198.51.100.9):
       mail.example.com.       IN A    8.8.4.25
  If not:
  1. In the zone of your mail host, publish:
       your.mail.host.name.    IN A    8.8.4.25
  2. In the reverse zone, replace the PTR record (now: mail.example.com) by:
       25.4.8.8.in-addr.arpa.  IN PTR  your.mail.host.name.
)"));
}

TEST_CASE("the step after the records names the host that they name") {
    const std::string generic = "25.4.8.8.dyn.isp.example";
    World world;
    world.ptr(client, {generic}).address(generic, {std::string(client)});
    CHECK(has(full_text(world.report(client, with_helo(generic))),
              "  3. After that change let the server say your.mail.host.name in EHLO.\n"));
    world.address("mx.example.com", {std::string(client)});
    const std::string text = flowing(world.report(client, with_helo("mx.example.com")));
    CHECK(
        has(text, "replace the PTR record (now: 25.4.8.8.dyn.isp.example, the provider's name) by: 25.4.8.8.in-addr"));
    CHECK_FALSE(has(text, "let the server say"));
    World kept;
    kept.ptr(client, {"mail.example.com", generic}).address("mail.example.com", {std::string(client)});
    kept.address(generic, {std::string(client)});
    CHECK(has(full_text(kept.report(client, with_helo("localhost"))),
              "  2. After that change let the server say mail.example.com in EHLO.\n"));
}

TEST_CASE("the replaced name is called what it is") {
    struct Row {
        std::string name;
        std::string_view words;
    };
    const Row rows[] = {{"ubuntu", "(now: ubuntu, a name without a domain) by:"},
                        {"server1.lan", "(now: server1.lan, a name that only a local network knows) by:"},
                        {std::string(reverse), ", a provider's placeholder) by:"},
                        {"mail.example.com.4.8.8.in-addr.arpa", ", the final dot is missing) by:"}};
    for (const auto& [host, words] : rows) {
        CAPTURE(host);
        World world;
        world.ptr(client, {host}).says(host, RecordType::a, Outcome::nxdomain);
        const std::string text = flowing(world.says(host, RecordType::aaaa, Outcome::nxdomain).report(client));
        CHECK(has(text, words));
        CHECK_FALSE(has(text, "If this host is"));
    }
    // The final dot of a placeholder is not missing.
    World placeholder;
    placeholder.ptr(client, {std::string(reverse)}).says(reverse, RecordType::a, Outcome::nxdomain);
    placeholder.says(reverse, RecordType::aaaa, Outcome::nxdomain);
    CHECK_FALSE(has(flowing(placeholder.report(client)), "final dot"));
}

TEST_CASE("a bare name that a resolver refuses to look up is replaced, not asked for again") {
    World world;
    world.ptr(client, {"ubuntu"}).says("ubuntu", RecordType::a, Outcome::refused);
    const std::string text = flowing(world.report(client));
    CHECK(has(text, "TEMP 8.8.4.25"));
    CHECK(has(text, "No receiver finds it either"));
    CHECK(has(text, "25.4.8.8.in-addr.arpa. IN PTR your.mail.host.name."));
    CHECK_FALSE(has(text, "@ADDRESS"));
}

TEST_CASE("an IPv6 address that fails: mail can go over IPv4, and long owners are not aligned") {
    const std::string text = full_text(without_ptr(client6));
    CHECK(has(text, "\n       your.mail.host.name.  IN AAAA  2001:4860::25\n"));
    CHECK(has(text, ".ip6.arpa. IN PTR your.mail.host.name.\n"));
    CHECK(has(flowing(without_ptr(client6)),
              "Or send over IPv4 only until then (Postfix: inet_protocols = ipv4; Exim: disable_ipv6 = true), for mail "
              "over IPv4 is not touched by this."));
    CHECK_FALSE(has(flowing(without_ptr(client)), "over IPv4"));
    Report host = without_ptr(client6);
    host.ipv4_passes = true;
    CHECK(has(flowing(host), "Mail over IPv4 is not affected: send over IPv4 only until then (Postfix:"));
    host.ipv4_passes = false;
    CHECK_FALSE(has(flowing(host), "over IPv4"));
}

TEST_CASE("which record, in which zone, and what becomes of it") {
    World world;
    world.ptr(client, {"mail.example.com", "gone.example.com"}).address("mail.example.com", {std::string(client)});
    world.says("gone.example.com", RecordType::a, Outcome::nxdomain);
    world.says("gone.example.com", RecordType::aaaa, Outcome::nxdomain);
    CHECK(has(flowing(world.report(client)), "change it in the provider's control panel"));
    const Origin origin = with_helo("mx.example.net");
    World absent;
    absent.says(reverse, RecordType::ptr, Outcome::nxdomain).says("mx.example.net", RecordType::a, Outcome::nxdomain);
    CHECK(has(flowing(absent.report(client, origin)),
              "In the zone of mx.example.net, publish (now: the name does not exist):"));
    absent.says("mx.example.net", RecordType::a, Outcome::servfail);
    CHECK(has(flowing(absent.report(client, origin)), "See that the zone of mx.example.net has:"));
    World bare;
    bare.ptr(client, {"ubuntu"}).says("ubuntu", RecordType::a, Outcome::nxdomain);
    CHECK(has(flowing(bare.says("ubuntu", RecordType::aaaa, Outcome::nxdomain).report(client)),
              "replace the PTR record (now: ubuntu, a name without a domain) by:"));
}

TEST_CASE("two options: what caches keep of both") {
    Answer forward = World().address("mail.example.com", {"198.51.100.9"})[{name("mail.example.com"), RecordType::a}];
    const World world = World().ptr(client, {"mail.example.com"}).put(forward);
    CHECK(has(flowing(world.report(client)), "The old address may be remembered for at least another"));
    CHECK(has(flowing(world.report(client)), "The old PTR record may be remembered for at least another"));
}

TEST_CASE("addresses whose reverse DNS nobody can set") {
    for (const auto& [address, mechanism] :
         {std::pair<std::string_view, std::string_view>{"2001:0:c633:6401::1", "Teredo"},
          {"2002:c633:6401::1", "6to4"},
          {"64:ff9b::c633:6401", "NAT64"}}) {
        CAPTURE(address);
        const std::string text = flowing(without_ptr(address));
        CHECK(has(text, std::string("This is a ")
                            .append(mechanism)
                            .append(" address, whose reverse DNS nobody can set. "
                                    "Send from another address, or over IPv4")));
        CHECK_FALSE(has(text, "To fix it"));
        CHECK_FALSE(has(text, " IN "));
    }
}

TEST_CASE("a private address: whose it is, and why a log may show it") {
    const std::string text = flowing(without_ptr("192.168.1.1"));
    CHECK(has(text,
              "If a mail server of yours logged it for mail from outside, NAT, Docker or a tunnel in front of it "
              "hides the sender's address."));
    CHECK_FALSE(has(text, "550"));
}

TEST_CASE("another address of the host that is set up right, and a PTR record where nobody looks") {
    Report report = without_ptr(client);
    report.right_address = ip("8.8.4.26");
    Answer misplaced = answer(name("mail.example.com"), RecordType::ptr, Outcome::records);
    misplaced.names = {{name("8.8.4.25"), 60}};
    report.evidence->ptr_at_name = std::make_shared<const Answer>(misplaced);
    const std::string text = flowing(report);
    CHECK(has(text, "Or let the server send from 8.8.4.26, whose reverse DNS is right."));
    CHECK(has(text,
              "mail.example.com itself has a PTR record (IN PTR 8.8.4.25.): nobody looks there. It belongs at "
              "25.4.8.8.in-addr.arpa."));
}

TEST_CASE("no waiting is advised for what waiting does not change") {
    World world;
    Answer own = answer(name(reverse), RecordType::ptr, Outcome::nxdomain);
    own.soa = soa("4.8.8.in-addr.arpa", "ns.isp.example", "h.isp.example", 40, 600);
    CHECK(has(flowing(World().put(own).report(client)), "remembers the missing record for another 40 s"));
    own.soa = soa("4.8.8.in-addr.arpa", "ns.isp.example", "h.isp.example", 0, 600);
    CHECK(has(flowing(World().put(own).report(client)), "Receivers' resolvers remember the missing record for up to"));
    own.aa = true;
    CHECK_FALSE(has(flowing(World().put(own).report(client)), "remember"));
}

TEST_CASE("the last line is for those who only had their mail refused") {
    CHECK(full_text(without_ptr(client)).ends_with("  Not your machine? Forward this to whoever runs your mail.\n"));
}
