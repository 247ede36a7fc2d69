// SPDX-License-Identifier: MIT
// DNS64: which AAAA records a resolver has made of A records, by every prefix length of RFC 6052.
#include "dns/dns64.hpp"

#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "literal_world.hpp"

using namespace fcrdns;
using namespace fcrdns::test;

namespace {

Answer aaaa(const std::vector<std::string>& addresses) {
    return World().address("mail.example", addresses)[{name("mail.example"), RecordType::aaaa}];
}

Answer discovered(const std::string& address) {
    return World().address("ipv4only.arpa", {address})[prefix_discovery()];
}

std::vector<AddressRecord> a(const std::string& address) {
    return {{ip(address), 300}};
}

}  // namespace

TEST_CASE("the translations of RFC 6052 2.4 are recognised by the prefix that ipv4only.arpa shows") {
    struct Row {
        const char* made;
        const char* shown;  // of 192.0.0.170
    };
    const std::vector<Row> rows = {
        {"2001:db8:c000:221::", "2001:db8:c000:aa::"},
        {"2001:db8:1c0:2:21::", "2001:db8:1c0:0:aa::"},
        {"2001:db8:122:c000:2:2100::", "2001:db8:122:c000:0:aa00::"},
        {"2001:db8:122:3c0:0:221::", "2001:db8:122:3c0:0:aa::"},
        {"2001:db8:122:344:c0:2:2100::", "2001:db8:122:344:c0:0:aa00::"},
        {"2001:db8:122:344::192.0.2.33", "2001:db8:122:344::192.0.0.170"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.made);
        Answer answer = aaaa({row.made});
        CHECK(may_be_synthesised(answer, a("192.0.2.33")));
        CHECK_FALSE(may_be_synthesised(answer, a("192.0.2.34")));
        CHECK(set_apart_synthesised(answer, a("192.0.2.33"), nullptr).empty());
        const Answer other = discovered("2001:db8:ffff::192.0.0.170");
        CHECK(set_apart_synthesised(answer, a("192.0.2.33"), &other).empty());
        const Answer shown = discovered(row.shown);
        CHECK(set_apart_synthesised(answer, a("192.0.2.34"), &shown).empty());
        CHECK(answer.outcome == Outcome::records);
        const auto made = set_apart_synthesised(answer, a("192.0.2.33"), &shown);
        REQUIRE(made.size() == 1);
        CHECK(made.front().ip == ip(row.made));
        CHECK(answer.addresses.empty());
        CHECK(answer.outcome == Outcome::nodata);
    }
}

TEST_CASE("the IPv4 address that an IPv6 address may be made of, whatever the prefix") {
    const auto embedded = [](const char* address) {
        std::string text;
        for (const IpAddress& ipv4 : embedded_ipv4(ip(address))) text += ipv4.to_text() + ' ';
        return text;
    };
    for (const char* address :
         {"64:ff9b::c000:221", "2001:db8:122:344::c000:221", "2001:db8:c000:221::", "2001:db8:1c0:2:21::",
          "2001:db8:122:c000:2:2100::", "2001:db8:122:3c0:0:221::", "2001:db8:122:344:c0:2:2100::"}) {
        CAPTURE(address);
        CHECK(says(embedded(address), "192.0.2.33 "));
    }
    // Hosts' addresses as they mostly are.
    for (const char* address : {"2001:db8::25", "2001:db8:1:2::1", "2001:db8::a00:27ff:fe00:1", "2001:db8::1:25",
                                "2001:db8::7f00:1", "2001:db8::e000:1", "192.0.2.33"}) {
        CAPTURE(address);
        CHECK(embedded(address).empty());
    }
}

TEST_CASE("the well-known prefix needs no discovery") {
    Answer answer = aaaa({"64:ff9b::192.0.2.33", "2001:db8::25"});
    CHECK_FALSE(may_be_synthesised(answer, a("192.0.2.33")));
    CHECK(set_apart_synthesised(answer, a("192.0.2.33"), nullptr).size() == 1);
    REQUIRE(answer.addresses.size() == 1);
    CHECK(answer.addresses.front().ip == ip("2001:db8::25"));
    CHECK(answer.outcome == Outcome::records);
    CHECK(is_under_well_known_prefix(ip("64:ff9b::1")));
    CHECK_FALSE(is_under_well_known_prefix(ip("64:ff9b:1::1")));
    CHECK_FALSE(is_under_well_known_prefix(ip("192.0.2.33")));
}

TEST_CASE("a suffix is part of the prefix") {
    Answer answer = aaaa({"2001:db8:122:344:c0:2:2100:abcd"});
    const Answer shown = discovered("2001:db8:122:344:c0:0:aa00:abcd");
    CHECK(set_apart_synthesised(answer, a("192.0.2.33"), &shown).size() == 1);
}

TEST_CASE(
    "an answer that says it is forged is without records where a DNS64 made all of them, else it stays filtered") {
    Answer answer = aaaa({"2001:db8:64::192.0.2.33"});
    answer.outcome = Outcome::filtered;
    answer.forged = std::move(answer.addresses);
    answer.addresses.clear();
    CHECK(may_be_synthesised(answer, a("192.0.2.33")));
    Answer shown = discovered("2001:db8:64::192.0.0.170");
    shown.outcome = Outcome::filtered;
    shown.forged = std::move(shown.addresses);
    shown.addresses.clear();
    CHECK(set_apart_synthesised(answer, a("192.0.2.34"), &shown).empty());
    CHECK(answer.outcome == Outcome::filtered);
    CHECK(set_apart_synthesised(answer, a("192.0.2.33"), &shown).size() == 1);
    CHECK(answer.outcome == Outcome::nodata);
    CHECK(answer.forged.empty());
}
