// SPDX-License-Identifier: MIT
// Mail hosts: which hosts take the mail of a domain, by its MX answer.
#include "dns/mail_hosts.hpp"

#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "literal_world.hpp"

using namespace fcrdns;
using namespace fcrdns::test;

namespace {

Answer mx(const std::vector<std::pair<unsigned, std::string>>& hosts) {
    Answer made = answer(name("example.com"), RecordType::mx, Outcome::records);
    for (const auto& [preference, host] : hosts) {
        made.names.push_back({name(host), 300, static_cast<std::uint16_t>(preference)});
    }
    return made;
}

std::string text(const MailHosts& mail) {
    std::string text = mail.takes_none ? "none " : mail.implicit ? "implicit " : "";
    for (const NameRecord& host : mail.hosts) text += std::to_string(host.preference) + ' ' + host.name.to_text() + ' ';
    return text;
}

}  // namespace

TEST_CASE("the lowest preference first, equal ones by name whatever the order of the answer") {
    const std::string expected = "0 c.example 5 A.example 5 b.example 65535 d.example ";
    CHECK(text(mail_hosts(mx({{5, "b.example"}, {65535, "d.example"}, {5, "A.example"}, {0, "c.example"}}))) ==
          expected);
    CHECK(text(mail_hosts(mx({{0, "c.example"}, {5, "A.example"}, {5, "b.example"}, {65535, "d.example"}}))) ==
          expected);
}

TEST_CASE("a null MX is alone; beside others the root is a host like any, which is none") {
    CHECK(text(mail_hosts(mx({{0, "."}}))) == "none ");
    CHECK(text(mail_hosts(mx({{10, "mail.example.com"}, {0, "."}}))) == "0 . 10 mail.example.com ");
}

TEST_CASE("without MX records the domain is its own host; a lookup that failed tells nothing") {
    CHECK(text(mail_hosts(answer(name("example.com"), RecordType::mx, Outcome::nodata))) == "implicit 0 example.com ");
    CHECK(text(mail_hosts(answer(name("example.com"), RecordType::mx, Outcome::nxdomain))) ==
          "implicit 0 example.com ");
    for (const Outcome outcome : {Outcome::servfail, Outcome::timeout, Outcome::refused, Outcome::filtered}) {
        CHECK(text(mail_hosts(answer(name("example.com"), RecordType::mx, outcome))).empty());
    }
}

TEST_CASE("hosts beyond the bound are counted, those of the lowest preference are kept") {
    std::vector<std::pair<unsigned, std::string>> hosts;
    for (unsigned i = 0; i < 100; ++i) hosts.emplace_back(1000 - i, "h" + std::to_string(i) + ".example");
    Answer many = mx(hosts);
    many.names_beyond = 7;
    const MailHosts mail = mail_hosts(many);
    REQUIRE(mail.hosts.size() == most_mail_hosts);
    CHECK(mail.beyond == 100 - most_mail_hosts + 7);
    CHECK(mail.hosts.front().name == name("h99.example"));
}

TEST_CASE("mail that goes elsewhere, or nowhere") {
    CHECK(takes_mail_elsewhere(mx({{10, "mx.example.net"}})));
    CHECK(takes_mail_elsewhere(mx({{0, "."}})));
    CHECK_FALSE(takes_mail_elsewhere(mx({{10, "mx.example.net"}, {20, "EXAMPLE.com"}})));
    CHECK_FALSE(takes_mail_elsewhere(answer(name("example.com"), RecordType::mx, Outcome::nodata)));
    CHECK_FALSE(takes_mail_elsewhere(answer(name("example.com"), RecordType::mx, Outcome::servfail)));
}
