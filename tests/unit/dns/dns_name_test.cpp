// SPDX-License-Identifier: MIT
// DnsName: text and wire forms, what is a name and what is none, comparison without
// regard to ASCII case, label boundaries, and the host-name rule.
#include "fcrdns/dns_name.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "catch.hpp"
#include "random.hpp"

using namespace fcrdns;

namespace {

std::optional<DnsName> from_octets(const std::string& wire) {
    return DnsName::from_wire({reinterpret_cast<const std::uint8_t*>(wire.data()), wire.size()});
}

std::string repeated(std::string_view part, std::size_t times) {
    std::string text;
    for (std::size_t i = 0; i < times; ++i) text += part;
    return text;
}

// 63.63.63.61 octets: 253 as text, 255 in wire form, the longest name there is.
std::string longest_name() {
    const std::string label(63, 'a');
    return label + '.' + label + '.' + label + '.' + std::string(61, 'b');
}

}  // namespace

TEST_CASE("text is read as a zone file's name and printed in one safe form") {
    struct Row {
        std::string_view text, printed;
    };
    const std::vector<Row> rows = {
        {"mail.example.com", "mail.example.com"},
        {"mail.example.com.", "mail.example.com"},
        {"Mail.Example.COM", "Mail.Example.COM"},
        {".", "."},
        {"com", "com"},
        {"_dmarc.example", "_dmarc.example"},
        {"*.example", "*.example"},
        {"0/25.2.0.192.in-addr.arpa", "0/25.2.0.192.in-addr.arpa"},
        {R"(a\.b.example)", R"(a\046b.example)"},
        {R"(a\046b.example)", R"(a\046b.example)"},
        {R"(a\\b.example)", R"(a\092b.example)"},
        {R"(\000.example)", R"(\000.example)"},
        {R"(\255.example)", R"(\255.example)"},
        {R"(\065.example)", "A.example"},
        {"sp ace.example", R"(sp\032ace.example)"},
        {"\x1b[31m.example", R"(\027\09131m.example)"},
        {"a\"b'c;d{}%.example", R"(a\034b\039c\059d\123\125\037.example)"},
        {"\xc3\xa9.example", R"(\195\169.example)"},
        {"tab\there.example", R"(tab\009here.example)"},
        {"line\nfeed.example", R"(line\010feed.example)"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.text);
        const auto name = DnsName::from_text(row.text);
        REQUIRE(name);
        CHECK(name->to_text() == row.printed);
        CHECK(name->to_absolute_text() == (name->is_root() ? "." : std::string(row.printed) + '.'));
    }
}

TEST_CASE("what is no name is refused") {
    const std::vector<std::string> refused = {
        "",
        "..",
        ".com",
        "a..b",
        "a...",
        R"(a\)",
        R"(a\2)",
        R"(a\25)",
        R"(a\25x)",
        R"(a\256)",
        R"(a\999.b)",
        std::string(64, 'a'),
        "x." + std::string(64, 'a') + ".y",
        longest_name() + "c",
        "a." + longest_name(),
        repeated("a.", 128),
        std::string(100000, 'a'),
        repeated("abcdefg.", 10000),
    };
    for (const std::string& text : refused) {
        CAPTURE(text.substr(0, 80), text.size());
        CHECK_FALSE(DnsName::from_text(text));
    }
}

TEST_CASE("lengths: 63 octets a label, 255 a name, 127 labels") {
    CHECK(DnsName::from_text(std::string(63, 'a')));
    const auto longest = DnsName::from_text(longest_name());
    REQUIRE(longest);
    CHECK(longest->wire().size() == 255);
    CHECK(longest->to_text().size() == 253);
    CHECK(longest->is_host_name());
    const auto deepest = DnsName::from_text(repeated("a.", 127));
    REQUIRE(deepest);
    CHECK(deepest->label_count() == 127);
    CHECK(deepest->wire().size() == 255);
}

TEST_CASE("wire form: exactly one uncompressed name, or nothing") {
    using namespace std::string_literals;
    struct Row {
        std::string wire;
        std::string_view text;  // empty: refused
    };
    const std::vector<Row> rows = {
        {"\0"s, "."},
        {"\3com\0"s, "com"},
        {"\4mail\7example\0"s, "mail.example"},
        {"\3a.b\0"s, R"(a\046b)"},
        {"\1\0\0"s, R"(\000)"},
        {""s, ""},
        {"\3com"s, ""},
        {"\3co"s, ""},
        {"\3com\0\0"s, ""},
        {"\3com\0x"s, ""},
        {"\0\0"s, ""},
        {"\xc0\x0c"s, ""},
        {"\3com\xc0\x0c"s, ""},
        {"\x40" + std::string(64, 'a') + "\0"s, ""},
        {"\x80"s + std::string(128, 'a') + "\0"s, ""},
        {"\x3f"s, ""},
    };
    for (const Row& row : rows) {
        CAPTURE(row.text, row.wire.size());
        const auto name = from_octets(row.wire);
        CHECK(name.has_value() == !row.text.empty());
        if (!name) continue;
        CHECK(name->to_text() == row.text);
        CHECK(name->wire() == row.wire);
    }
    CHECK_FALSE(from_octets(repeated("\1a", 128) + '\0'));
    CHECK(from_octets(repeated("\1a", 127) + '\0'));
}

TEST_CASE("equality, order and hash ignore ASCII case and nothing else") {
    const auto name = [](std::string_view text) { return *DnsName::from_text(text); };
    struct Row {
        std::string_view a, b;
        bool equal;
    };
    const std::vector<Row> rows = {
        {"Mail.Example.COM", "mail.example.com.", true},
        {".", ".", true},
        {"a", ".", false},
        {"a.b", R"(a\.b)", false},
        {"a.b", "b.a", false},
        {"abc", "abd", false},
        {"ab.c", "a.bc", false},
        {"[", R"(\123)", false},        // 0x5b and 0x7b differ by the bit that letters' case is
        {R"(\064)", R"(\096)", false},  // @ and `
        {R"(\192)", R"(\224)", false},  // Latin-1 letters have no case here
    };
    for (const Row& row : rows) {
        CAPTURE(row.a, row.b);
        CHECK((name(row.a) == name(row.b)) == row.equal);
        CHECK(((name(row.a) <=> name(row.b)) == std::strong_ordering::equal) == row.equal);
        if (row.equal) CHECK(name(row.a).hash() == name(row.b).hash());
    }
    CHECK(name("MAIL.example").lowered().to_text() == "mail.example");
}

TEST_CASE("parents, labels and what lies under what") {
    const auto name = [](std::string_view text) { return *DnsName::from_text(text); };
    CHECK(name("mail.example.com").parent() == name("example.com"));
    CHECK(name("com").parent().is_root());
    CHECK(DnsName().parent().is_root());
    CHECK(DnsName().label_count() == 0);
    CHECK(DnsName().split().empty());
    CHECK(name("a.bc.d").split() == std::vector<std::string_view>{"a", "bc", "d"});
    CHECK(name("a.bc.d").label_count() == 3);
    struct Row {
        std::string_view name, ancestor;
        bool under;
    };
    const std::vector<Row> rows = {
        {"mail.example.com", "example.com", true},
        {"example.com", "example.com", true},
        {"Mail.EXAMPLE.com", "example.COM", true},
        {"mail.example.com", ".", true},
        {".", ".", true},
        {".", "com", false},
        {"com", "example.com", false},
        {"mail.notexample.com", "example.com", false},
        {"notexample.com", "example.com", false},
        {R"(mail\.example.com)", "example.com", false},
        {"mail.example.org", "example.com", false},
        {"example.com.org", "example.com", false},
    };
    for (const Row& row : rows) {
        CAPTURE(row.name, row.ancestor);
        CHECK(name(row.name).is_under(name(row.ancestor)) == row.under);
    }
}

TEST_CASE("what is a host name") {
    struct Row {
        std::string text;
        bool host_name;
    };
    const std::vector<Row> rows = {
        {"mail.example.com", true},
        {"MAIL.Example", true},
        {"localhost", true},
        {"a", true},
        {"1and1.example", true},
        {"192-0-2-1.isp.example", true},
        {"1.2.3.example", true},
        {"under_score.example", true},
        {"_.example", true},
        {"a--b.example", true},
        {"xn--bcher-kva.example", true},
        {"203.0.113.x1", true},
        {longest_name(), true},
        {".", false},
        {"203.0.113.1", false},
        {"203.0.113.1.", false},
        {"example.123", false},
        {"123", false},
        {"-a.example", false},
        {"a-.example", false},
        {"a.-.example", false},
        {"a.example-", false},
        {"*.example", false},
        {"a/b.example", false},
        {R"(a\.b.example)", false},
        {R"(a\000.example)", false},
        {"sp ace.example", false},
        {"\xc3\xa9.example", false},
        {"a@b.example", false},
        {"0/25.2.0.192.in-addr.arpa", false},
        {std::string(63, 'x') + ".example", true},
    };
    for (const Row& row : rows) {
        CAPTURE(row.text);
        CHECK(DnsName::from_text(row.text)->is_host_name() == row.host_name);
    }
}

TEST_CASE("property: a name reads back from its text and from its wire form") {
    const auto seed = test::test_seed();
    INFO("FCRDNS_TEST_SEED=" << seed);
    test::Random random(seed);
    for (int round = 0; round < 20000; ++round) {
        std::string wire;
        while (random.below(6) != 0) {
            const std::size_t length = random.chance(8) ? 1 + random.below(63) : 1 + random.below(12);
            if (wire.size() + length + 2 > 255) break;
            wire += static_cast<char>(length);
            for (std::size_t i = 0; i < length; ++i) {
                wire +=
                    random.chance(3) ? static_cast<char>(random.octet()) : static_cast<char>('a' + random.below(26));
            }
        }
        wire += '\0';
        const auto name = from_octets(wire);
        REQUIRE(name);
        const std::string text = name->to_text();
        CAPTURE(text);
        const auto again = DnsName::from_text(text);
        const auto absolute = DnsName::from_text(name->to_absolute_text());
        const bool reads_back = again && absolute && again->wire() == wire && absolute->wire() == wire;
        REQUIRE(reads_back);
        REQUIRE(std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; }));
    }
}
