// SPDX-License-Identifier: MIT
// The HELO name: its form as Postfix's reject_invalid_helo_hostname and
// reject_non_fqdn_helo_hostname tell it, and how it fits the address.
#include "fcrdns/helo.hpp"

#include <string>
#include <vector>

#include "catch.hpp"
#include "literal_world.hpp"

using namespace fcrdns;
using namespace fcrdns::test;

namespace {

constexpr std::string_view client = "192.0.2.25";

World world() {
    World made;
    made.ptr(client, {"mail.example.com", "mx.example.com"});
    made.address("mail.example.com", {std::string(client)}).address("mx.example.com", {"198.51.100.1"});
    made.address("other.example.com", {"198.51.100.2", std::string(client)});
    made.says("gone.example.com", RecordType::a, Outcome::nxdomain)
        .says("slow.example.com", RecordType::a, Outcome::servfail);
    return made;
}

HeloResult result(const std::string& text) {
    const Helo helo = parse_helo(text);
    return judge_helo(helo, world().evidence(client, false, helo));
}

}  // namespace

TEST_CASE("the form, as Postfix tells it") {
    struct Row {
        std::string text;
        HeloForm form;
    };
    using enum HeloForm;
    const std::vector<Row> rows = {
        {"mail.example.com", host_name},
        {"mail.example.com.", host_name},
        {"MAIL.Example.COM", host_name},
        {"under_score.example", host_name},
        {"1and1.example", host_name},
        {"mail.123", host_name},
        {"1.2.3.example", host_name},
        {"mailhost", not_fqdn},
        {"localhost", not_fqdn},
        {"mailhost.", not_fqdn},
        {"203.0.113.1", not_fqdn},
        {"203.0.113.1.", not_fqdn},
        {"2001:db8::1", not_fqdn},
        {"[203.0.113.1]", address_literal},
        {"[IPv6:2001:db8::1]", address_literal},
        {"[ipv6:2001:DB8::1]", address_literal},
        {"[2001:db8::1]", invalid},
        {"[IPv6:203.0.113.1]", invalid},
        {"[203.0.113]", invalid},
        {"[]", invalid},
        {"[", invalid},
        {"[mail.example.com]", invalid},
        {"[203.0.113.1].", invalid},
        {"", invalid},
        {".", invalid},
        {"24383590", invalid},
        {"1.2.3", invalid},
        {"203.0.113.256", invalid},
        {"mail..example", invalid},
        {"mail.example..", invalid},
        {".mail.example", invalid},
        {"-mail.example", invalid},
        {"mail-.example", invalid},
        {"mail.-.example", invalid},
        {"mail.example-", invalid},
        {"mail example.com", invalid},
        {"mail.example.com:25", invalid},
        {"user@example.com", invalid},
        {"*.example", invalid},
        {R"(m\097il.example)", invalid},
        {"m\xc3\xa4il.example", invalid},
        {"\x1b[2J", invalid},
        {std::string(64, 'a') + ".example", invalid},
        {std::string("a\0b.example", 11), invalid},
    };
    for (const Row& row : rows) {
        CAPTURE(row.text);
        const Helo helo = parse_helo(row.text);
        CHECK(to_word(helo.form) == to_word(row.form));
        CHECK(helo.name.has_value() == (row.form == host_name));
        CHECK(helo.literal.has_value() == (row.form == address_literal));
        CHECK(helo.text == row.text);
    }
}

TEST_CASE("how the name fits the address") {
    struct Row {
        std::string text, outcome;
        std::optional<bool> resolves;
        bool equals_ptr, names_other_ptr;
    };
    const std::vector<Row> rows = {
        {"mail.example.com", "records", true, true, false},
        {"MAIL.example.COM.", "records", true, true, false},
        {"mx.example.com", "records", false, false, false},  // a PTR name, but not a confirmed one
        {"other.example.com", "records", true, false, true},
        {"gone.example.com", "nxdomain", false, false, true},
        {"slow.example.com", "servfail", std::nullopt, false, true},
        {"mailhost", "not_fqdn", false, false, true},
        {"bad..name", "invalid", false, false, true},
        {"[192.0.2.25]", "address_literal", true, false, true},
        {"[192.0.2.26]", "address_literal", false, false, true},
        {"[IPv6:2001:db8::1]", "address_literal", false, false, true},
    };
    for (const Row& row : rows) {
        CAPTURE(row.text);
        const HeloResult got = result(row.text);
        CHECK(got.outcome == row.outcome);
        CHECK(got.resolves_to_ip == row.resolves);
        CHECK(got.equals_ptr == row.equals_ptr);
        CHECK(got.names_other_ptr == row.names_other_ptr);
    }
    CHECK(result("other.example.com").addresses.size() == 2);
    CHECK(result("mailhost").addresses.empty());
}

TEST_CASE("without PTR names there is none to differ from") {
    const Helo helo = parse_helo("mail.example.com");
    World none;
    none.says("25.2.0.192.in-addr.arpa", RecordType::ptr, Outcome::nxdomain)
        .address("mail.example.com", {std::string(client)});
    const HeloResult got = judge_helo(helo, none.evidence(client, false, helo));
    CHECK(got.resolves_to_ip == true);
    CHECK_FALSE(got.names_other_ptr);
    CHECK_FALSE(got.equals_ptr);
}

TEST_CASE("the name is printed safely, and cut short when it is long") {
    CHECK(result("\x1b[2J\"\\\n").name == "\\027[2J\"\\092\\010");
    CHECK(result(std::string(1000, 'a')).name == std::string(80, 'a') + "...");
    CHECK(result("mail.example.com.").name == "mail.example.com");
}

TEST_CASE("what a strict receiver answers to it") {
    const auto detail = [](const std::string& text) {
        const Helo helo = parse_helo(text);
        Origin origin;
        origin.helo = helo;
        std::string found;
        for (const FindingText& finding : world().report(client, origin).findings) {
            if (finding.code == FindingCode::helo_not_resolving) found = finding.detail;
        }
        return found;
    };
    CHECK(detail("bad..name").find(": 501 5.5.2 <bad..name>: Helo command rejected: Invalid name") !=
          std::string::npos);
    CHECK(detail("[bad]").find(": 501 5.5.2 <[bad]>: Helo command rejected: invalid ip address") != std::string::npos);
    CHECK(detail("mailhost").find(": 504 5.5.2 <mailhost>: Helo command rejected: need fully-qualified hostname") !=
          std::string::npos);
    CHECK(detail("[192.0.2.26]").find("192.0.2.25") != std::string::npos);
    CHECK(detail("gone.example.com").find("does not exist") != std::string::npos);
    CHECK(detail("mx.example.com").find("198.51.100.1") != std::string::npos);
    CHECK(detail("mail.example.com").empty());
    CHECK(detail("slow.example.com").empty());
}
