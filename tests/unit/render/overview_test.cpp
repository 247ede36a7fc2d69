// SPDX-License-Identifier: MIT
// The overview of a list: groups, ranges of addresses, and maps of blocks.
#include "render/overview.hpp"

#include <functional>
#include <string>

#include "catch.hpp"
#include "literal_world.hpp"

using namespace fcrdns;
using namespace fcrdns::test;

namespace {

Report passing(std::string_view address, const std::string& host = "mail.example.com") {
    return World().ptr(address, {host}).address(host, {std::string(address)}).report(address);
}

Report absent(std::string_view address) {
    return World().put(answer(ip(address).reverse_name(), RecordType::ptr, Outcome::nxdomain)).report(address);
}

Report temporary(std::string_view address) {
    return World().put(answer(ip(address).reverse_name(), RecordType::ptr, Outcome::servfail)).report(address);
}

std::string overview(const std::vector<Report>& reports) {
    Overview view;
    std::string out;
    for (const Report& report : reports) view.add(out, overview_entry(report));
    view.finish(out);
    return out;
}

// The overview of a whole block, of which `result` makes the report of each address by its place.
std::string block(const std::string& input, std::size_t size, const std::function<const Report&(std::size_t)>& result) {
    Overview view;
    std::string out;
    IpAddress address = ip(input.substr(0, input.find('/')));
    for (std::size_t place = 0; place < size; ++place) {
        Report report = result(place);
        report.subject.block_length = static_cast<unsigned>(std::stoul(input.substr(input.find('/') + 1)));
        report.evidence->address = address;
        view.add(out, overview_entry(report));
        if (place + 1 < size) address = address.next().value();
    }
    view.finish(out);
    return out;
}

const Report pass = passing("192.0.2.1");
const Report fail = absent("192.0.2.1");
const Report temp = temporary("192.0.2.1");
const Report warn = passing("192.0.2.1", "mailhost");

std::string dots(std::size_t count) {
    return std::string(count, '.');
}

}  // namespace

TEST_CASE("a /28: causes worst first with ranges, and a map of one row") {
    const auto result = [](std::size_t place) -> const Report& {
        if (place == 15) return temp;
        if (place == 14) return warn;
        return place < 3 || place == 5 ? fail : pass;
    };
    CHECK(block("192.0.2.16/28", 16, result) ==
          "192.0.2.16/28  16 addresses\n"
          "     4 FAIL no PTR record  .16-.18 .21\n"
          "     1 TEMP PTR lookup failed: SERVFAIL  .31\n"
          "     1 WARN single label  .30\n"
          "    10 PASS .19-.20 .22-.29\n"
          "\n"
          "       .16  FFF..F........wT\n"
          "            . pass  w warn  F fail  T temporary\n"
          "\n");
}

TEST_CASE("status words have their colours, and lines are as long as without") {
    const std::vector<Report> reports = {fail, pass};
    Overview view(true);
    std::string out;
    for (const Report& report : reports) view.add(out, overview_entry(report));
    view.finish(out);
    CHECK(out ==
          "192.0.2.0/24  2 addresses\n"
          "     1 \x1b[31mFAIL\x1b[0m no PTR record  .1\n"
          "     1 \x1b[32mPASS\x1b[0m .1\n"
          "\n");
}

TEST_CASE("a /24: four rows of 64") {
    const auto result = [](std::size_t place) -> const Report& { return place == 64 ? fail : pass; };
    CHECK(block("192.0.2.0/24", 256, result) ==
          "192.0.2.0/24  256 addresses\n"
          "     1 FAIL no PTR record  .64\n"
          "   255 PASS .0-.63 .65-.255\n"
          "\n"
          "        .0  " +
              dots(64) + "\n       .64  F" + dots(63) + "\n      .128  " + dots(64) + "\n      .192  " + dots(64) +
              "\n            . pass  w warn  F fail  T temporary\n\n");
}

TEST_CASE("a /22: addresses by their last two octets") {
    const auto result = [](std::size_t place) -> const Report& { return place == 1023 ? fail : pass; };
    const std::string text = block("198.51.100.0/22", 1024, result);
    CHECK(
        text.starts_with("198.51.100.0/22  1024 addresses\n"
                         "     1 FAIL no PTR record  .103.255\n"
                         "  1023 PASS .100.0-.103.254\n"));
    CHECK(text.find("\n    .100.0  " + dots(64) + '\n') != std::string::npos);
    CHECK(text.find("\n  .103.192  " + dots(63) + "F\n") != std::string::npos);
}

TEST_CASE("a /16: a row of shares for each /24, equal neighbours in one row, nothing lost of what is rare") {
    const auto result = [](std::size_t place) -> const Report& {
        const std::size_t third = place / 256;
        if (third == 2) return place % 2 == 0 ? fail : pass;
        return third == 255 && place % 256 == 0 ? warn : pass;
    };
    const std::string text = block("198.18.0.0/16", 65536, result);
    CHECK(text.starts_with("198.18.0.0/16  65536 addresses\n"));
    CHECK(text.find("\n\n      .0-.1  PASS 256  WARN   0  TEMP   0  FAIL   0  " + dots(24) +
                    "\n         .2  PASS 128  WARN   0  TEMP   0  FAIL 128  " + dots(12) + std::string(12, 'F') +
                    "\n    .3-.254  PASS 256  WARN   0  TEMP   0  FAIL   0  " + dots(24) +
                    "\n       .255  PASS 255  WARN   1  TEMP   0  FAIL   0  " + dots(23) + "w\n\n") !=
          std::string::npos);
    for (std::size_t at = 0, end = 0; (end = text.find('\n', at)) != std::string::npos; at = end + 1) {
        CHECK(end - at < 80);
    }
    // Of 128 single addresses, some are listed and the others counted.
    std::string words;
    for (const char c : text.substr(0, text.find("PASS"))) {
        if (c != '\n' && (c != ' ' || words.back() != ' ')) words += c;
    }
    CHECK(words.find("FAIL no PTR record .2.0 .2.2 .2.4 ") != std::string::npos);
    CHECK(words.find(" .2.118 and 68 more ") != std::string::npos);
}

TEST_CASE("an interrupted block: what was not checked stays blank") {
    const std::string text = block("192.0.2.0/28", 3, [](std::size_t) -> const Report& { return fail; });
    CHECK(text.find("\n        .0  FFF" + std::string(13, ' ') + "\n") != std::string::npos);
}

TEST_CASE("a mixed list: by /24 and /64, without a map, a host name without an address by itself") {
    Subject subject;
    subject.input = "gone.example.com";
    subject.origin.host_name = name("gone.example.com");
    const Report nowhere =
        compose_without_address(subject, {answer(*subject.origin.host_name, RecordType::a, Outcome::nxdomain)});
    CHECK(overview({absent("192.0.2.1"), absent("192.0.2.2"), passing("192.0.2.9"), absent("198.51.100.7"), nowhere,
                    absent("2001:db8::1"), absent("2001:db8::2"), temporary("2001:db8:0:1::1"), absent("192.0.2.3")}) ==
          "192.0.2.0/24  3 addresses\n"
          "     2 FAIL no PTR record  .1-.2\n"
          "     1 PASS .9\n"
          "\n"
          "198.51.100.0/24  1 address\n"
          "     1 FAIL no PTR record  .7\n"
          "\n"
          "FAIL  gone.example.com: host name without an address\n"
          "\n"
          "2001:db8::/64  2 addresses\n"
          "     2 FAIL no PTR record  ::1-::2\n"
          "\n"
          "2001:db8:0:1::/64  1 address\n"
          "     1 TEMP PTR lookup failed: SERVFAIL  ::1\n"
          "\n"
          "192.0.2.0/24  1 address\n"
          "     1 FAIL no PTR record  .3\n"
          "\n");
    CHECK(overview({nowhere, nowhere}) ==
          "FAIL  gone.example.com: host name without an address\n"
          "FAIL  gone.example.com: host name without an address\n"
          "\n");
}

TEST_CASE("long rows of ranges wrap, under the cause") {
    std::vector<Report> reports;
    for (int octet = 0; octet < 80; octet += 2) reports.push_back(absent("192.0.2." + std::to_string(octet)));
    const std::string text = overview(reports);
    CHECK(text.find("\n            .") != std::string::npos);
    for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) CHECK(text.find('\n', at) - at <= 78);
}
