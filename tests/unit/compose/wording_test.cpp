// SPDX-License-Identifier: MIT
// Small phrases and the layout of paragraphs: escaping, durations, lists, wrapping at 78 columns.

#include <algorithm>
#include <string>
#include <vector>

#include "catch.hpp"
#include "compose/wording.hpp"
#include "dns/server_address.hpp"
#include "literal_world.hpp"
#include "random.hpp"
#include "text/paragraphs.hpp"
#include "text/phrases.hpp"
#include "text/printable.hpp"

using namespace fcrdns;
using namespace fcrdns::test;

namespace {

std::string paragraph(std::string_view text, std::size_t indent, std::string_view lead = {}) {
    std::string out;
    append_paragraph(out, text, indent, lead);
    return out;
}

Answer failed(Outcome outcome) {
    return answer(name("mail.example"), RecordType::a, outcome);
}

}  // namespace

TEST_CASE("octets that are not printable ASCII, and the backslash, are escaped") {
    using namespace std::string_literals;
    CHECK(printable("plain text ~!") == "plain text ~!");
    CHECK(printable("\x1b]0;x\x07\r\n\t\\\x7f\x80\xff\0"s) == R"(\027]0;x\007\013\010\009\092\127\128\255\000)");
    CHECK(quoted_input(std::string(80, 'a')) == std::string(80, 'a'));
    CHECK(quoted_input(std::string(81, 'a')) == std::string(80, 'a') + "...");
    CHECK(quoted_input(std::string(1000, '\0')).size() == 4 * 80 + 3);
}

TEST_CASE("durations as people say them") {
    struct Row {
        std::uint32_t seconds;
        std::string text;
    };
    const std::vector<Row> rows = {
        {0, "0 s"},
        {40, "40 s"},
        {59, "59 s"},
        {60, "1 min"},
        {500, "8 min 20 s"},
        {600, "10 min"},
        {3599, "59 min 59 s"},
        {3600, "1 h"},
        {7500, "2 h 5 min"},
        {86400, "24 h"},
        {172799, "47 h 59 min"},
        {172800, "2 days"},
        {259200, "3 days"},
        {180000, "2 days 2 h"},
        {0xffffffff, "49710 days 6 h"},
    };
    for (const Row& row : rows) CHECK(duration_text(row.seconds) == row.text);
}

TEST_CASE("lists are cut after three") {
    CHECK(join_some({}).empty());
    CHECK(join_some({"a"}) == "a");
    CHECK(join_some({"a", "b"}) == "a and b");
    CHECK(join_some({"a", "b", "c"}) == "a, b and c");
    CHECK(join_some({"a", "b", "c", "d", "e"}) == "a, b, c and 2 more");
    CHECK(join_some({"a", "b", "c", "d"}, 7) == "a, b, c and 8 more");
    CHECK(count_text(1, "try", "tries") == "1 try");
    CHECK(count_text(0, "try", "tries") == "0 tries");
}

TEST_CASE("failed lookups in words") {
    CHECK(failure_text(failed(Outcome::timeout)) == "no answer");
    CHECK(failure_text(failed(Outcome::servfail)) == "SERVFAIL");
    CHECK(failure_text(failed(Outcome::refused)) == "REFUSED");
    CHECK(failure_text(failed(Outcome::other)) == "BADVERS");
    CHECK(failure_text(failed(Outcome::malformed)) == "malformed answer");
    CHECK(failure_text(failed(Outcome::referral)) == "referral instead of an answer");
    Answer unreachable = failed(Outcome::unreachable);
    unreachable.detail = "Connection refused";
    CHECK(failure_text(unreachable) == "unreachable (Connection refused)");
    Answer bogus = failed(Outcome::servfail);
    bogus.extended_errors = {{6, "\x1b[2J"}, {22, ""}};
    CHECK(failure_text(bogus) == "SERVFAIL (DNSSEC Bogus)");
    bogus.extended_errors = {{13, ""}, {22, ""}, {9, ""}};
    CHECK(failure_text(bogus) == "SERVFAIL (DNSKEY Missing)");
    bogus.extended_errors = {{13, ""}, {22, ""}};
    CHECK(failure_text(bogus) == "SERVFAIL (No Reachable Authority)");
    bogus.extended_errors = {{13, ""}, {0, ""}};
    CHECK(failure_text(bogus) == "SERVFAIL (Cached Error)");
    bogus.extended_errors = {{99, ""}};
    CHECK(failure_text(bogus) == "SERVFAIL (code 99)");
    bogus.rcode = std::uint16_t{3841};
    CHECK(failure_text(bogus) == "RCODE3841 (code 99)");
}

TEST_CASE("servers, codes and types by their names") {
    CHECK(server_text({ip("192.0.2.53"), 53}) == "192.0.2.53");
    CHECK(server_text({ip("192.0.2.53"), 5353}) == "192.0.2.53:5353");
    CHECK(server_text({ip("2001:db8::53"), 53}) == "2001:db8::53");
    CHECK(server_text({ip("2001:db8::53"), 54}) == "[2001:db8::53]:54");
    CHECK(rcode_text(0) == "NOERROR");
    CHECK(rcode_text(3) == "NXDOMAIN");
    CHECK(rcode_text(23) == "BADCOOKIE");
    CHECK(rcode_text(12) == "RCODE12");
    CHECK(extended_error_text(22) == "No Reachable Authority");
    const std::vector<std::string> outcomes = {"records",     "nodata",    "nxdomain", "not_sent", "servfail",
                                               "refused",     "formerr",   "notimp",   "referral", "timeout",
                                               "unreachable", "malformed", "filtered", "other"};
    for (std::size_t i = 0; i < outcomes.size(); ++i) {
        CHECK(to_word(static_cast<Outcome>(i)) == outcomes[i]);
        CHECK(is_definite(static_cast<Outcome>(i)) == (i < 3));
    }
    CHECK(to_word(RecordType::aaaa) == "AAAA");
    CHECK(to_word(RecordType::cname) == "CNAME");
    CHECK(to_word(Transport::tcp) == "tcp");
}

TEST_CASE("paragraphs wrap between words at 78 columns, lines do not") {
    CHECK(paragraph("short", 2) == "  short\n");
    CHECK(paragraph("", 2) == "  \n");
    CHECK(paragraph("one two", 2, "1. ") == "  1. one two\n");
    const std::string word(38, 'a');
    CHECK(paragraph(word + ' ' + word, 0) == word + ' ' + word + '\n');            // 77 columns
    CHECK(paragraph(word + "a " + word, 0) == word + "a " + word + '\n');          // 78
    CHECK(paragraph(word + "a " + word + 'a', 0) == word + "a\n" + word + "a\n");  // 79
    CHECK(paragraph("x " + std::string(100, 'w') + " y", 4, "1. ") ==
          "    1. x\n       " + std::string(100, 'w') + "\n       y\n");
    std::string line;
    append_line(line, std::string(200, 'r'), 4);
    CHECK(line == "    " + std::string(200, 'r') + '\n');
}

TEST_CASE("property: wrapping loses no word and keeps the columns") {
    const auto seed = test_seed();
    INFO("FCRDNS_TEST_SEED=" << seed);
    Random random(seed);
    for (int round = 0; round < 500; ++round) {
        std::string text;
        for (std::size_t words = 1 + random.below(40); words != 0; --words) {
            if (!text.empty()) text += ' ';
            text.append(1 + random.below(30), static_cast<char>('a' + random.below(26)));
        }
        const std::size_t indent = random.below(10);
        std::string wrapped = paragraph(text, indent);
        REQUIRE(wrapped.back() == '\n');
        std::string joined;
        for (std::size_t at = 0; at < wrapped.size();) {
            const std::size_t end = wrapped.find('\n', at);
            REQUIRE(end - at <= 78);
            joined += (at == 0 ? "" : " ") + wrapped.substr(at + indent, end - at - indent);
            at = end + 1;
        }
        REQUIRE(joined == text);
    }
}
