// SPDX-License-Identifier: MIT
// Targets: every spelling that is taken, every one that it refuses with its
// exact sentence, blocks and their limit, and the addresses of servers.

#include <string>
#include <string_view>
#include <vector>

#include "catch.hpp"
#include "cli/parse/parse_target.hpp"
#include "dns/server_address.hpp"
#include "text/printable.hpp"

using namespace fcrdns;

namespace {

constexpr std::uint64_t limit = 65536;

// "address 203.0.113.1", "mapped 203.0.113.1", "host mail.example.com", "block FIRST LAST", or the sentence.
std::string meaning(std::string_view text, std::uint64_t largest = limit) {
    const auto target = parse_target(text, largest);
    if (!target) return target.error().message;
    if (const auto* address = std::get_if<AddressTarget>(&*target)) {
        return (address->ipv4_mapped ? "mapped " : "address ") + address->address.to_text();
    }
    if (const auto* host = std::get_if<HostTarget>(&*target)) return "host " + host->name.to_text();
    const auto& block = std::get<BlockTarget>(*target);
    return "block " + block.first.to_text() + ' ' + block.last.to_text();
}

struct Row {
    std::string text, meaning;
};

void check(const std::vector<Row>& rows) {
    for (const Row& row : rows) {
        CAPTURE(row.text.substr(0, 100), row.text.size());
        CHECK(meaning(row.text) == row.meaning);
    }
}

}  // namespace

TEST_CASE("every accepted spelling of an address means that address") {
    check({
        {"203.0.113.1", "address 203.0.113.1"},
        {"203.0.113.1.", "address 203.0.113.1"},
        {"  203.0.113.1\t", "address 203.0.113.1"},
        {"203.0.113.1\r\n", "address 203.0.113.1"},
        {"[203.0.113.1]", "address 203.0.113.1"},
        {"[203.0.113.1].", "address 203.0.113.1"},
        {"unknown[203.0.113.1]", "address 203.0.113.1"},
        {"mail.example.com[203.0.113.1]", "address 203.0.113.1"},
        {"UNKNOWN[2001:DB8::1]", "address 2001:db8::1"},
        {"1.113.0.203.in-addr.arpa", "address 203.0.113.1"},
        {"1.113.0.203.in-addr.arpa.", "address 203.0.113.1"},
        {"1.113.0.203.IN-ADDR.ARPA", "address 203.0.113.1"},
        {"2001:db8::1", "address 2001:db8::1"},
        {"2001:DB8:0::1", "address 2001:db8::1"},
        {"[2001:db8::1]", "address 2001:db8::1"},
        {"IPv6:2001:db8::1", "address 2001:db8::1"},
        {"ipv6:2001:DB8::1", "address 2001:db8::1"},
        {"[IPv6:2001:db8::1]", "address 2001:db8::1"},
        {"2001:db8::1.", "address 2001:db8::1"},
        {"1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.B.D.0.1.0.0.2.ip6.arpa", "address 2001:db8::1"},
        {"::ffff:203.0.113.1", "mapped 203.0.113.1"},
        {"[IPv6:::FFFF:cb00:7101]", "mapped 203.0.113.1"},
        {"255.255.255.255", "address 255.255.255.255"},
        {"::", "address ::"},
    });
}

TEST_CASE("host names") {
    check({
        {"mail.example.com", "host mail.example.com"},
        {"mail.example.com.", "host mail.example.com"},
        {" MAIL.Example.COM ", "host MAIL.Example.COM"},
        {"localhost", "host localhost"},
        {"mail_1.example", "host mail_1.example"},
        {"192-0-2-1.isp.example", "host 192-0-2-1.isp.example"},
    });
}

TEST_CASE("blocks and single-address blocks") {
    check({
        {"203.0.113.0/24", "block 203.0.113.0 203.0.113.255"},
        {"203.0.113.1/32", "block 203.0.113.1 203.0.113.1"},
        {"203.0.113.2/31", "block 203.0.113.2 203.0.113.3"},
        {"2001:db8::/120", "block 2001:db8:: 2001:db8::ff"},
        {"[2001:db8::]/120", "block 2001:db8:: 2001:db8::ff"},
        {"2001:DB8::1/128", "block 2001:db8::1 2001:db8::1"},
        {"10.0.0.0/16", "block 10.0.0.0 10.0.255.255"},
    });
    CHECK(meaning("0.0.0.0/0", std::uint64_t{1} << 32U) == "block 0.0.0.0 255.255.255.255");
}

TEST_CASE("refused addresses: one sentence each, naming the input") {
    const std::string forms =
        ": an IPv4 address is four decimal numbers such as 192.0.2.1, without short or other forms";
    check({
        {"203.0.113.256", "203.0.113.256: each of the four numbers of an IPv4 address is 0 to 255"},
        {"203.0.113.001", "203.0.113.001: leading zeros are ambiguous (octal or decimal); write 203.0.113.1"},
        {"010.0.0.1", "010.0.0.1: leading zeros are ambiguous (octal or decimal); write 10.0.0.1"},
        {"00.000.0.01", "00.000.0.01: leading zeros are ambiguous (octal or decimal); write 0.0.0.1"},
        {"[203.0.113.01]", "203.0.113.01: leading zeros are ambiguous (octal or decimal); write 203.0.113.1"},
        {"203.0.113.0256", "203.0.113.0256: each of the four numbers of an IPv4 address is 0 to 255"},
        {"1.2.3", "1.2.3" + forms},
        {"127.1", "127.1" + forms},
        {"1.2.3.4.5", "1.2.3.4.5" + forms},
        {"1..2.3", "1..2.3" + forms},
        {"3405803777", "3405803777" + forms},
        {"0x7f.1", "0x7f.1" + forms},
        {"0x7f.0.0.0x1", "0x7f.0.0.0x1" + forms},
        {"fe80::1%eth0", "fe80::1%eth0: a zone has no reverse name; leave out %eth0"},
        {"[fe80::1%2]", "[fe80::1%2]: a zone has no reverse name; leave out %2"},
        {"2001:db8:::1", "2001:db8:::1: not an IPv4 or IPv6 address"},
        {"2001:db8::g", "2001:db8::g: not an IPv4 or IPv6 address"},
        {"[mail.example.com]", "[mail.example.com]: not an IPv4 or IPv6 address"},
        {"[203.0.113.1", "[203.0.113.1: expected NAME[ADDRESS] or [ADDRESS]"},
        {"[]", "[]: not an IPv4 or IPv6 address"},
    });
}

TEST_CASE("what people have in hand: refused with what would be right") {
    const std::string url = ": a URL is no target; write ";
    const std::string mail = ": a mail address is no target; write ";
    const std::string hosts = " for the hosts that take its mail";
    const std::string unseen = ": invisible characters are in it; write ";
    const std::string port = ": a port has no reverse DNS; write ";
    const std::string range = ": a range is no target; write ";
    const std::string around = range + "its addresses, or the block around them, ";
    const std::string block = ": the reverse name of a block; write ";
    const std::string part = ": the reverse zone of a part of a block (RFC 2317); write ";
    const std::string pointed_at = ": where the reverse name of an address points (RFC 2317); write ";
    const std::string no_reverse = ": not the reverse name of an address; write the address or the block itself";
    check({
        {"https://mail.example.com/", "https://mail.example.com/" + url + "mail.example.com"},
        {"http://user:pw@192.0.2.1:8080/a?b#c", "http://user:pw@192.0.2.1:8080/a?b#c" + url + "192.0.2.1"},
        {"smtp://[2001:db8::1]:25", "smtp://[2001:db8::1]:25" + url + "2001:db8::1"},
        {"http://", "http://: a URL is no target; write the host name in it"},
        {"postmaster@example.com", "postmaster@example.com" + mail + "example.com, or --mx example.com" + hosts},
        {"a@b@mail.example.com", "a@b@mail.example.com" + mail + "mail.example.com, or --mx mail.example.com" + hosts},
        {"\u202a203.0.113.1\u202c", "\\226\\128\\170203.0.113.1\\226\\128\\172" + unseen + "203.0.113.1"},
        {"mail.\u200bexample.com", "mail.\\226\\128\\139example.com" + unseen + "mail.example.com"},
        {"\ufeff2001:db8::1", "\\239\\187\\1912001:db8::1" + unseen + "2001:db8::1"},
        {"203.0.113.1\u00a0", "203.0.113.1\\194\\160" + unseen + "203.0.113.1"},
        {"mail.example.com:25", "mail.example.com:25" + port + "mail.example.com"},
        {"203.0.113.1:25", "203.0.113.1:25" + port + "203.0.113.1"},
        {"[203.0.113.1]:25", "[203.0.113.1]:25" + port + "203.0.113.1"},
        {"[2001:db8::1]:25", "[2001:db8::1]:25" + port + "2001:db8::1"},
        {"mail.example.com[203.0.113.1]:25", "mail.example.com[203.0.113.1]:25" + port + "203.0.113.1"},
        {"192.0.2.1 mail.example.com",
         "192.0.2.1 mail.example.com: one target at a time; write 192.0.2.1 or mail.example.com"},
        {"192.0.2.1-9", "192.0.2.1-9" + around + "192.0.2.0/28"},
        {"192.0.2.0-15", "192.0.2.0-15" + range + "the block 192.0.2.0/28"},
        {"192.0.2.0-192.0.3.255", "192.0.2.0-192.0.3.255" + range + "the block 192.0.2.0/23"},
        {"2001:db8::1-2001:db8::f", "2001:db8::1-2001:db8::f" + around + "2001:db8::/124"},
        {"0.0.0.0-255.255.255.255", "0.0.0.0-255.255.255.255" + range + "the block 0.0.0.0/0"},
        {"192.0.2.9-1", "192.0.2.9-1" + range + "a block such as 192.0.2.0/28"},
        {"192.0.2.1-2001:db8::1", "192.0.2.1-2001:db8::1" + range + "a block such as 192.0.2.0/28"},
        {"2.0.192.in-addr.arpa", "2.0.192.in-addr.arpa" + block + "192.0.2.0/24"},
        {"10.IN-ADDR.ARPA.", "10.IN-ADDR.ARPA." + block + "10.0.0.0/8"},
        {"8.b.d.0.1.0.0.2.ip6.arpa", "8.b.d.0.1.0.0.2.ip6.arpa" + block + "2001:db8::/32"},
        {"26.0-127.100.51.198.in-addr.arpa", "26.0-127.100.51.198.in-addr.arpa" + pointed_at + "198.51.100.26"},
        {"26.0/25.100.51.198.in-addr.arpa", "26.0/25.100.51.198.in-addr.arpa" + pointed_at + "198.51.100.26"},
        {"26.customer.100.51.198.in-addr.arpa", "26.customer.100.51.198.in-addr.arpa" + pointed_at + "198.51.100.26"},
        {"0-127.100.51.198.in-addr.arpa", "0-127.100.51.198.in-addr.arpa" + part + "198.51.100.0/25"},
        {"64/26.100.51.198.in-addr.arpa", "64/26.100.51.198.in-addr.arpa" + part + "198.51.100.64/26"},
        {"0-100.100.51.198.in-addr.arpa", "0-100.100.51.198.in-addr.arpa" + no_reverse},
        {"in-addr.arpa", "in-addr.arpa" + no_reverse},
        {"mail.in-addr.arpa", "mail.in-addr.arpa" + no_reverse},
        {"256.2.0.192.in-addr.arpa", "256.2.0.192.in-addr.arpa" + no_reverse},
        {"1.1.2.0.192.x.in-addr.arpa", "1.1.2.0.192.x.in-addr.arpa" + no_reverse},
        {"ip6.arpa", "ip6.arpa" + no_reverse},
        {"xy.8.b.d.0.1.0.0.2.ip6.arpa", "xy.8.b.d.0.1.0.0.2.ip6.arpa" + no_reverse},
        {"m\xc3\xbcnchen.example", "m\\195\\188nchen.example: only ASCII is looked up; write xn--mnchen-3ya.example"},
    });
    // Not meant: these keep the sentence that they have.
    CHECK(meaning("\xff\xfe.example").find("xn--") == std::string::npos);
    CHECK(meaning("192-0-2-1.isp.example:").find("ports") == std::string::npos);
    CHECK(meaning("@example.com").find("mail address") == std::string::npos);
    CHECK(meaning("who@mail.example.com[203.0.113.1]").find("203.0.113.1") != std::string::npos);
    CHECK(meaning("a b").find("one target at a time") == std::string::npos);
}

TEST_CASE("refused blocks") {
    const std::string write = ": write the block with IPv4 addresses: ";
    const std::string beyond =
        " addresses, more than any --limit takes; name single addresses or a block of at most 2^32";
    check({
        {"192.0.2.17/24", "192.0.2.17/24 has host bits set; did you mean 192.0.2.0/24 or 192.0.2.17?"},
        {"2001:db8::1/64", "2001:db8::1/64 has host bits set; did you mean 2001:db8::/64 or 2001:db8::1?"},
        {"10.0.0.0/8",
         "10.0.0.0/8: the block has 16777216 addresses, more than the limit of 65536; raise it with --limit"},
        {"2001:db8::/64", "2001:db8::/64: the block has 2^64" + beyond},
        {"2001:db8::/65", "2001:db8::/65: the block has 2^63" + beyond},
        {"2001:db8::/95", "2001:db8::/95: the block has 2^33" + beyond},
        {"2001:db8::/96",
         "2001:db8::/96: the block has 4294967296 addresses, more than the limit of 65536; raise it with --limit"},
        {"::/0", "::/0: the block has 2^128" + beyond},
        {"192.0.2.0/024", "192.0.2.0/024: leading zeros are ambiguous (octal or decimal); write 192.0.2.0/24"},
        {"192.0.2.0/00", "192.0.2.0/00: leading zeros are ambiguous (octal or decimal); write 192.0.2.0/0"},
        {"192.0.2.0/33", "192.0.2.0/33: the prefix length of an IPv4 block is 0 to 32"},
        {"192.0.2.0/-1", "192.0.2.0/-1: the prefix length of an IPv4 block is 0 to 32"},
        {"192.0.2.0/", "192.0.2.0/: the prefix length of an IPv4 block is 0 to 32"},
        {"192.0.2.0/99999999999999999999",
         "192.0.2.0/99999999999999999999: the prefix length of an IPv4 block is 0 to 32"},
        {"192.0.2.0/255.255.255.0", "192.0.2.0/255.255.255.0: the prefix length of an IPv4 block is 0 to 32"},
        {"2001:db8::/129", "2001:db8::/129: the prefix length of an IPv6 block is 0 to 128"},
        {"192.0.2/24", "192.0.2/24: expected a block such as 192.0.2.0/28 or 2001:db8::/120"},
        {"mail.example.com/24", "mail.example.com/24: expected a block such as 192.0.2.0/28 or 2001:db8::/120"},
        {"::ffff:192.0.2.0/120", "::ffff:192.0.2.0/120" + write + "192.0.2.0/24"},
        {"::ffff:192.0.2.17/120", "::ffff:192.0.2.17/120" + write + "192.0.2.0/24"},
        {"[::ffff:c000:211]/128", "[::ffff:c000:211]/128" + write + "192.0.2.17/32"},
        {"::ffff:0:0/96", "::ffff:0:0/96" + write + "0.0.0.0/0"},
        {"::ffff:192.0.2.17/28", "::ffff:192.0.2.17/28" + write + "192.0.2.16/28"},
        {"::ffff:192.0.2.0/95", "::ffff:192.0.2.0/95: the prefix length of an IPv4 block is 0 to 32"},
        {"::ffff:192.0.2.0/129", "::ffff:192.0.2.0/129: the prefix length of an IPv4 block is 0 to 32"},
        {"::ffff:192.0.2.0/", "::ffff:192.0.2.0/: the prefix length of an IPv4 block is 0 to 32"},
        {"/", "/: expected a block such as 192.0.2.0/28 or 2001:db8::/120"},
    });
}

TEST_CASE("what is nothing at all, hostile or long") {
    using namespace std::string_literals;
    const std::string expected = ": expected an IPv4 or IPv6 address, a host name or a block such as 192.0.2.0/28";
    const std::string empty =
        "an empty target; expected an IPv4 or IPv6 address, a host name or a block such as 192.0.2.0/28";
    check({
        {"", empty},
        {" \t\r\n ", empty},
        {"not a name", "not a name" + expected},
        {"-mail.example", "-mail.example" + expected},
        {"mail..example", "mail..example" + expected},
        {"203.0.113.1 trailing", "203.0.113.1 trailing" + expected},
        {"203.0.113.1,", "203.0.113.1," + expected},
        {"203.0.113.1,203.0.113.2", "203.0.113.1,203.0.113.2" + expected},
        {"\x1b[31mred", "\\027[31mred: expected NAME[ADDRESS] or [ADDRESS]"},
        {"a\nb", "a\\010b" + expected},
        {"a\0b"s, "a\\000b" + expected},
        {"\xff\xfe\x80", "\\255\\254\\128" + expected},
        {R"(\109ail.example)", R"(\092109ail.example)" + expected},
        {"\xef\xbc\x91.2.3.4", R"(\239\188\145.2.3.4: only ASCII is looked up; write 1.2.3.4)"},
        {std::string(1U << 20U, 'a'), std::string(80, 'a') + "..." + expected},
    });
}

TEST_CASE("outer blanks are not part of a target") {
    CHECK(without_outer_blanks(" \t a b \r\n") == "a b");
    CHECK(without_outer_blanks("a") == "a");
    CHECK(without_outer_blanks(" \t\r\n").empty());
    CHECK(without_outer_blanks("").empty());
}

TEST_CASE("the address of a server, with and without a port") {
    const std::string wrong = ": expected a server's address: ADDR, ADDR:PORT or [ADDR]:PORT";
    const std::string port = ": a port is 1 to 65535";
    const std::vector<Row> rows = {
        {"127.0.0.1", "127.0.0.1:53"},
        {"127.0.0.1:5353", "127.0.0.1:5353"},
        {"127.0.0.1:65535", "127.0.0.1:65535"},
        {"[127.0.0.1]:1", "127.0.0.1:1"},
        {"::1", "[::1]:53"},
        {"[::1]", "[::1]:53"},
        {"[::1]:5353", "[::1]:5353"},
        {"2001:DB8::53", "[2001:db8::53]:53"},
        {"127.0.0.1:0", "127.0.0.1:0" + port},
        {"127.0.0.1:65536", "127.0.0.1:65536" + port},
        {"127.0.0.1:", "127.0.0.1:" + port},
        {"127.0.0.1:5x", "127.0.0.1:5x" + port},
        {"[::1]:-1", "[::1]:-1" + port},
        {"[::1]:99999999999", "[::1]:99999999999" + port},
        {"", wrong},
        {":53", ":53" + wrong},
        {"[]", "[]" + wrong},
        {"[::1", "[::1" + wrong},
        {"[::1]53", "[::1]53" + wrong},
        {"::1]:53", "::1]:53" + wrong},
        {"dns.example", "dns.example" + wrong},
        {"dns.example:53", "dns.example:53" + wrong},
        {"127.1", "127.1" + wrong},
        {"fe80::1%eth0", "[fe80::1%eth0]:53"},
        {"[fe80::1%eth0]:5353", "[fe80::1%eth0]:5353"},
        {"\x1b", "\\027" + wrong},
    };
    for (const Row& row : rows) {
        CAPTURE(row.text);
        const auto server = parse_server(row.text, 53);
        CHECK((server ? server->to_text() : server.error().message) == row.meaning);
    }
}
