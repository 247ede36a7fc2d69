// SPDX-License-Identifier: MIT
// Mail domains in words: what is copied to a shell is harmless, whatever the DNS says.
#include "compose/mail_domain.hpp"

#include <memory>
#include <string>
#include <vector>

#include "catch.hpp"
#include "literal_world.hpp"

using namespace fcrdns;
using namespace fcrdns::test;

namespace {

Answer mx(const std::vector<std::string>& hosts) {
    Answer made = answer(name("example.com"), RecordType::mx, Outcome::records);
    for (const std::string& host : hosts) {
        made.names.push_back({name(host), 300, static_cast<std::uint16_t>(10 * made.names.size())});
    }
    return made;
}

Origin of_domain(const std::string& host, const Answer& answer) {
    Origin origin;
    origin.host_name = name(host);
    origin.mx = std::make_shared<const Answer>(answer);
    origin.is_mail_host = true;
    return origin;
}

std::string origin_of(const Origin& origin, const std::string& address = "192.0.2.25") {
    World world;
    world.ptr(address, {"mail.example.com"}).address("mail.example.com", {address});
    return origin_text(world.report(address, origin));
}

}  // namespace

TEST_CASE("one MX host, two, many, none") {
    CHECK(mail_domain_sentence(mx({"mx1.example.com"})) ==
          "example.com takes mail at mx1.example.com; if that host sends too: fcrdns-check mx1.example.com");
    CHECK(mail_domain_sentence(mx({"a.example", "b.example"})) ==
          "example.com takes mail at a.example and b.example; if they send too: fcrdns-check --mx example.com");
    CHECK(mail_domain_sentence(mx({"a.example", "b.example", "c.example", "d.example", "e.example"})) ==
          "example.com takes mail at a.example, b.example, c.example and 2 more; if they send too: fcrdns-check --mx "
          "example.com");
    CHECK(mail_domain_sentence(mx({"."})) ==
          "example.com takes no mail (its MX record is the null MX, RFC 7505); if mail is sent from it, give the host "
          "that sends it.");
    std::vector<std::string> hosts;
    for (unsigned i = 0; i < 120; ++i) hosts.push_back("h" + std::to_string(i) + ".example");
    CHECK(mail_domain_sentence(mx(hosts)).find("and 117 more; if they") != std::string::npos);
}

TEST_CASE("a host that is no host name is named, escaped, and stands in no command") {
    for (const char* host :
         {"*.example", "\\027[31m.example", "$(x).example", "-rf.example", "a\\;b.example", "192.0.2.1"}) {
        const std::string sentence = mail_domain_sentence(mx({host}));
        CHECK(sentence.ends_with(", which is no host name."));
        CHECK(sentence.find("fcrdns-check") == std::string::npos);
        CHECK(sentence.find_first_of("$();\x1b\n") == std::string::npos);
    }
}

TEST_CASE("by which name an address was found") {
    CHECK(origin_of({}).empty());
    Origin host;
    host.host_name = name("mail.example.com");
    CHECK(origin_of(host) == "mail.example.com");
    host.mx = std::make_shared<const Answer>(mx({"mx1.example.com"}));
    CHECK(origin_of(host) == "mail.example.com");
    CHECK(origin_of(of_domain("mx1.example.com", mx({"mx1.example.com"}))) == "mx1.example.com (MX of example.com)");
    CHECK(origin_of(of_domain("example.com", answer(name("example.com"), RecordType::mx, Outcome::nodata))) ==
          "example.com (implicit MX)");
    CHECK(origin_of(of_domain("example.com", answer(name("example.com"), RecordType::mx, Outcome::nxdomain))) ==
          "example.com");
    Answer many = mx({"mx1.example.com"});
    many.names_beyond = 40;
    CHECK(origin_of(of_domain("mx1.example.com", many)) == "mx1.example.com (MX of example.com, 1 of 41 are checked)");
    Origin own;
    own.is_own = true;
    CHECK(origin_of(own) == "this machine");
    for (const char* hidden :
         {"10.1.2.3", "172.17.0.2", "192.168.1.5", "100.64.0.9", "169.254.1.1", "fd00::5", "fe80::1"}) {
        CHECK(origin_of(own, hidden) == "this machine, behind NAT");
    }
}

TEST_CASE("what there is to know of a mail domain besides its hosts") {
    CHECK(mail_hosts_note({}).empty());
    CHECK(mail_hosts_note(of_domain("mx1.example.com", mx({"mx1.example.com"}))).empty());
    CHECK(mail_hosts_note(of_domain("example.com", answer(name("example.com"), RecordType::mx, Outcome::nodata))) ==
          "example.com has no MX record, so its own addresses take its mail (RFC 5321, section 5.1).");
    Answer many = mx({"mx1.example.com"});
    many.names_beyond = 40;
    CHECK(mail_hosts_note(of_domain("mx1.example.com", many)) ==
          "example.com has 41 MX hosts, of which the first 1 are checked.");
}

TEST_CASE("the note on a domain: only where no PTR record names it, and its mail goes elsewhere") {
    World world;
    world.ptr("192.0.2.80", {"web.example.net"}).address("web.example.net", {"192.0.2.80"});
    world.ptr("192.0.2.81", {"EXAMPLE.com"}).address("EXAMPLE.com", {"192.0.2.81"});
    const auto noted = [&](const std::string& address, const Answer& mail, bool mail_host = false) {
        Origin origin = of_domain("example.com", mail);
        origin.is_mail_host = mail_host;
        for (const Finding& finding : world.verdict(address, origin).findings) {
            if (finding.code == FindingCode::mail_domain) return finding.severity == Severity::info;
        }
        return false;
    };
    CHECK(noted("192.0.2.80", mx({"mx1.example.com"})));
    CHECK(noted("192.0.2.80", mx({"."})));
    CHECK_FALSE(noted("192.0.2.81", mx({"mx1.example.com"})));
    CHECK_FALSE(noted("192.0.2.80", mx({"mx1.example.com", "example.com"})));
    CHECK_FALSE(noted("192.0.2.80", answer(name("example.com"), RecordType::mx, Outcome::nodata)));
    CHECK_FALSE(noted("192.0.2.80", answer(name("example.com"), RecordType::mx, Outcome::servfail)));
    CHECK_FALSE(noted("192.0.2.80", mx({"mx1.example.com"}), true));
}

TEST_CASE("a web server needs no PTR record: said before the steps, and what it takes is only for a sender") {
    World world;
    world.says("80.2.0.192.in-addr.arpa", RecordType::ptr, Outcome::nxdomain);
    Origin origin = of_domain("example.com", mx({"mx1.example.com"}));
    origin.is_mail_host = false;
    const std::string text = full_text(world.report("192.0.2.80", origin));
    const std::size_t note = text.find("example.com takes mail at mx1.example.com");
    REQUIRE(note != std::string::npos);
    CHECK(note < text.find("To fix it"));
    CHECK(text.find("a web server") != std::string::npos);
    CHECK(text.find("takes mail at", note + 40) == std::string::npos);
}
