// SPDX-License-Identifier: MIT
// IpAddress: strict reading, RFC 5952 printing, reverse names and back, prefixes, successors.
#include "fcrdns/ip_address.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "catch.hpp"
#include "random.hpp"

using namespace fcrdns;

namespace {

IpAddress ip(std::string_view text) {
    return IpAddress::parse(text).value();
}

std::optional<IpAddress> of_reverse(std::string_view text) {
    return address_of_reverse_name(*DnsName::from_text(text));
}

constexpr std::string_view db8_1 = "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa";

}  // namespace

TEST_CASE("addresses print as RFC 5952 asks") {
    struct Row {
        std::string_view text, printed;
    };
    const std::vector<Row> rows = {
        {"0.0.0.0", "0.0.0.0"},
        {"192.0.2.1", "192.0.2.1"},
        {"255.255.255.255", "255.255.255.255"},
        {"100.10.9.99", "100.10.9.99"},
        {"::", "::"},
        {"::1", "::1"},
        {"1::", "1::"},
        {"2001:0db8::0001", "2001:db8::1"},                // 4.1 leading zeros
        {"2001:DB8::ABCD", "2001:db8::abcd"},              // 4.3 lower case
        {"2001:db8:0:0:0:0:2:1", "2001:db8::2:1"},         // 4.2.1 as short as possible
        {"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},  // 4.2.2 never one group
        {"2001:db8::1:1:1:1:1", "2001:db8:0:1:1:1:1:1"},
        {"2001:0:0:1:0:0:0:1", "2001:0:0:1::1"},        // 4.2.3 the longest run
        {"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},  // 4.2.3 the first of equals
        {"0:0:1:0:0:0:0:0", "0:0:1::"},
        {"0:0:0:0:0:1:0:0", "::1:0:0"},
        {"1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"},
        {"::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"},
        {"1:0:0:4:5:0:0:8", "1::4:5:0:0:8"},
        {"::ffff:203.0.113.1", "::ffff:203.0.113.1"},  // 5 mixed notation
        {"::ffff:cb00:7101", "::ffff:203.0.113.1"},
        {"::203.0.113.1", "::cb00:7101"},
        {"64:ff9b::203.0.113.1", "64:ff9b::cb00:7101"},
        {"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"},
        {"fe80::10", "fe80::10"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.text);
        const auto address = IpAddress::parse(row.text);
        REQUIRE(address);
        CHECK(address->to_text() == row.printed);
        CHECK(IpAddress::parse(row.printed) == address);
    }
}

TEST_CASE("what is no address, or an ambiguous one, is refused") {
    using namespace std::string_literals;
    const std::vector<std::string> refused = {
        "",
        " ",
        "1",
        "1.2.3",
        "127.1",
        "1.2.3.4.5",
        "1..2.3",
        ".1.2.3.4",
        "1.2.3.4.",
        "203.0.113.256",
        "203.0.113.01",
        "010.0.0.1",
        "0x7f.0.0.1",
        "0x7f.1",
        "3405803777",
        "1.2.3.-4",
        "+1.2.3.4",
        " 1.2.3.4",
        "1.2.3.4 ",
        "1.2.3.4/32",
        "1.2.3.4:53",
        "1.2.3.4\0"s,
        "1.2.3.4\0x"s,
        "1.2.3.999",
        "1.2.3.1000",
        "1.2.3.a",
        "1,2,3,4",
        ":",
        ":::",
        "1",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1::2::3",
        "12345::",
        "g::",
        "::1%lo",
        "::1%1",
        "[::1]",
        "::1/128",
        "fe80::1%eth0",
        "1:2:3:4:5:6:7:8::",
        ":1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:",
        "::1.2.3",
        "::1.2.3.04",
        "::ffff:1.2.3.256",
        "1.2.3.4::",
        "::1\0"s,
        "\xef\xbc\x91.2.3.4",
        "\xd9\xa1.2.3.4",
        std::string(46, '1'),
        std::string(1U << 20U, '1'),
        std::string(1000, ':'),
    };
    for (const std::string& text : refused) {
        CAPTURE(text.substr(0, 60), text.size());
        CHECK_FALSE(IpAddress::parse(text));
    }
}

TEST_CASE("octets: 4 or 16 of them, nothing else") {
    const std::array<std::uint8_t, 17> octets = {0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 9};
    for (std::size_t size = 0; size <= octets.size(); ++size) {
        CAPTURE(size);
        const auto address = IpAddress::from_bytes({octets.data(), size});
        CHECK(address.has_value() == (size == 4 || size == 16));
        if (address)
            CHECK(std::equal(octets.begin(), octets.begin() + static_cast<int>(size), address->bytes().begin(),
                             address->bytes().end()));
    }
    CHECK(IpAddress::from_bytes({octets.data(), 4})->to_text() == "32.1.13.184");
    CHECK(IpAddress::from_bytes({octets.data(), 16})->to_text() == "2001:db8::1");
}

TEST_CASE("family and octets make an address, nothing else") {
    CHECK(ip("2001:DB8:0::1") == ip("2001:db8::1"));
    CHECK(ip("0.0.0.0") != ip("::"));
    CHECK(ip("203.0.113.1") != ip("::ffff:203.0.113.1"));
    CHECK(ip("203.0.113.1") < ip("203.0.113.2"));
    CHECK(ip("9.0.0.0") < ip("10.0.0.0"));
    CHECK(ip("255.255.255.255") < ip("::"));
    CHECK(IpAddress() == ip("0.0.0.0"));
    CHECK(ip("0.0.0.0").bits() == 32);
    CHECK(ip("::").bits() == 128);
    CHECK(to_word(Family::ipv4) == "ipv4");
    CHECK(to_word(Family::ipv6) == "ipv6");
}

TEST_CASE("reverse names of both families, there and back") {
    struct Row {
        std::string_view address, reverse;
    };
    const std::vector<Row> rows = {
        {"203.0.113.1", "1.113.0.203.in-addr.arpa"},
        {"0.0.0.0", "0.0.0.0.in-addr.arpa"},
        {"255.250.10.9", "9.10.250.255.in-addr.arpa"},
        {"2001:db8::1", db8_1},
        {"::", "0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.ip6.arpa"},
        {"fedc:ba98:7654:3210:123:4567:89ab:cdef",
         "f.e.d.c.b.a.9.8.7.6.5.4.3.2.1.0.0.1.2.3.4.5.6.7.8.9.a.b.c.d.e.f.ip6.arpa"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.address);
        CHECK(ip(row.address).reverse_name().to_text() == row.reverse);
        CHECK(of_reverse(row.reverse) == ip(row.address));
    }
    CHECK(of_reverse("1.113.0.203.IN-ADDR.Arpa.") == ip("203.0.113.1"));
    CHECK(of_reverse("B" + std::string(db8_1.substr(1))) == ip("2001:db8::b"));
}

TEST_CASE("only a whole reverse name names an address") {
    const std::string v6(db8_1);
    const std::vector<std::string> none = {
        ".",
        "arpa",
        "in-addr.arpa",
        "113.0.203.in-addr.arpa",
        "9.1.113.0.203.in-addr.arpa",
        "256.113.0.203.in-addr.arpa",
        "01.113.0.203.in-addr.arpa",
        "a.113.0.203.in-addr.arpa",
        "1-2.113.0.203.in-addr.arpa",
        "1.113.0.203.in-addr.arpa.org",
        "1.113.0.203.ip6.arpa",
        "1.113.0.203.in-addr.arpa2",
        "1000.1.1.1.in-addr.arpa",
        v6.substr(2),
        "0." + v6,
        "10" + v6.substr(1),
        "g" + v6.substr(1),
        "*" + v6.substr(1),
        v6.substr(0, v6.size() - 8) + "in-addr.arpa",
        R"(\049\046.113.0.203.in-addr.arpa)",
    };
    for (const std::string& text : none) {
        CAPTURE(text);
        CHECK_FALSE(of_reverse(text));
    }
}

TEST_CASE("an IPv4-mapped address holds an IPv4 address, its relatives do not") {
    CHECK(ip("::ffff:203.0.113.1").mapped_ipv4() == ip("203.0.113.1"));
    CHECK(ip("::ffff:0:0").mapped_ipv4() == ip("0.0.0.0"));
    for (const std::string_view text : {"203.0.113.1", "::203.0.113.1", "64:ff9b::203.0.113.1", "::fffe:203.0.113.1",
                                        "::1:ffff:203.0.113.1", "2002:cb00:7101::", "::ffff:0:203.0.113.1"}) {
        CAPTURE(text);
        CHECK_FALSE(ip(text).mapped_ipv4());
    }
}

TEST_CASE("prefixes are compared bit by bit and never across families") {
    struct Row {
        std::string_view address, prefix;
        unsigned length;
        bool inside;
    };
    const std::vector<Row> rows = {
        {"203.0.113.1", "203.0.113.0", 24, true},
        {"203.0.114.1", "203.0.113.0", 24, false},
        {"203.0.113.1", "0.0.0.0", 0, true},
        {"203.0.113.1", "203.0.113.1", 32, true},
        {"203.0.113.2", "203.0.113.1", 32, false},
        {"203.0.113.2", "203.0.113.3", 31, true},
        {"172.31.255.255", "172.16.0.0", 12, true},
        {"172.32.0.0", "172.16.0.0", 12, false},
        {"100.127.255.255", "100.64.0.0", 10, true},
        {"100.128.0.0", "100.64.0.0", 10, false},
        {"2001:db8::1", "2001:db8::", 32, true},
        {"2001:db9::1", "2001:db8::", 32, false},
        {"fdff::1", "fc00::", 7, true},
        {"fe00::1", "fc00::", 7, false},
        {"::1", "::1", 128, true},
        {"::", "::1", 127, true},
        {"::2", "::1", 127, false},
        {"::1", "::", 0, true},
        {"0.0.0.1", "::", 0, false},
        {"::1", "0.0.0.0", 0, false},
    };
    for (const Row& row : rows) {
        CAPTURE(row.address, row.prefix, row.length);
        CHECK(ip(row.address).in_prefix(ip(row.prefix), row.length) == row.inside);
    }
}

TEST_CASE("the next address carries over, and ends with the family") {
    struct Row {
        std::string_view address, next;
    };
    const std::vector<Row> rows = {
        {"203.0.113.1", "203.0.113.2"},      {"203.0.113.255", "203.0.114.0"},       {"0.255.255.255", "1.0.0.0"},
        {"2001:db8::ffff", "2001:db8::1:0"}, {"::ffff:ffff:ffff:ffff", "0:0:0:1::"}, {"::", "::1"},
    };
    for (const Row& row : rows) CHECK(ip(row.address).next() == ip(row.next));
    CHECK_FALSE(ip("255.255.255.255").next());
    CHECK_FALSE(ip("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff").next());
}

TEST_CASE("property: an address reads back from its text and from its reverse name") {
    const auto seed = test::test_seed();
    INFO("FCRDNS_TEST_SEED=" << seed);
    test::Random random(seed);
    for (int round = 0; round < 20000; ++round) {
        std::array<std::uint8_t, 16> octets{};
        for (auto& octet : octets) octet = random.chance(2) ? std::uint8_t{0} : random.octet();
        const auto address = IpAddress::from_bytes({octets.data(), random.chance(3) ? 4U : 16U});
        REQUIRE(address);
        const std::string text = address->to_text();
        CAPTURE(text);
        REQUIRE(IpAddress::parse(text) == address);
        REQUIRE(IpAddress::parse(text)->to_text() == text);
        REQUIRE(address_of_reverse_name(address->reverse_name()) == address);
        REQUIRE_FALSE(text.find(":0:0:0:0") != std::string::npos);  // RFC 5952 4.2: never left long
    }
}
