// SPDX-License-Identifier: MIT
// Causes: words that name no host and no address, and their counts, worst first.
#include "render/causes.hpp"

#include <string>

#include "catch.hpp"
#include "literal_world.hpp"

using namespace fcrdns;
using namespace fcrdns::test;

namespace {

constexpr std::string_view client = "8.8.4.25";

std::string words(const World& world, std::string_view address = client) {
    return cause_words(world.report(address));
}

World named(const std::string& host) {
    return World().ptr(client, {host});
}

World without_ptr(Outcome outcome) {
    return World().says("25.4.8.8.in-addr.arpa", RecordType::ptr, outcome);
}

Report without_address(Outcome outcome) {
    Subject subject;
    subject.origin.host_name = name("mail.example.com");
    return compose_without_address(subject, {answer(*subject.origin.host_name, RecordType::a, outcome)});
}

}  // namespace

TEST_CASE("every reason has its words, a clean pass and invalid input have none") {
    const std::string host = "mail.example.com";
    CHECK(words(named(host).address(host, {std::string(client)})).empty());
    CHECK(words(named("mailhost").address("mailhost", {std::string(client)})) == "single label");
    CHECK(words(named("m_1.lan").address("m_1.lan", {std::string(client)})) == "unknown top-level domain");
    CHECK(words(without_ptr(Outcome::nxdomain)) == "no PTR record");
    CHECK(words(without_ptr(Outcome::nodata)) == "no PTR record");
    CHECK(words(without_ptr(Outcome::servfail)) == "PTR lookup failed: SERVFAIL");
    CHECK(words(without_ptr(Outcome::timeout)) == "PTR lookup failed: no answer");
    CHECK(words(named("8.8.4.25")) == "PTR is not a host name");
    CHECK(words(named(host).address(host, {"198.51.100.9"})) == "PTR name leads elsewhere");
    CHECK(words(named(host).says(host, RecordType::a, Outcome::nxdomain)) == "PTR name does not exist");
    World nodata = named(host).says(host, RecordType::a, Outcome::nodata);
    CHECK(words(nodata.says(host, RecordType::aaaa, Outcome::nodata)) == "PTR name has no A record");
    nodata.ptr("2001:4860::25", {host});
    CHECK(words(nodata, "2001:4860::25") == "PTR name has no AAAA record");
    CHECK(words(named(host).says(host, RecordType::a, Outcome::refused)) == "A lookup failed: REFUSED");
    CHECK(cause_words(without_address(Outcome::nodata)) == "host name without an address");
    CHECK(cause_words(without_address(Outcome::servfail)) == "address lookup failed: SERVFAIL");
    CHECK(cause_words(compose_invalid({}, "no target")).empty());
}

TEST_CASE("causes are counted, failures first, then the more frequent ones") {
    CauseCounts counts;
    const std::string host = "mail.example.com";
    const Report elsewhere = named(host).address(host, {"198.51.100.9"}).report(client);
    const Report warned = named("mailhost").address("mailhost", {std::string(client)}).report(client);
    for (int i = 0; i < 3; ++i) counts.count(warned);
    counts.count(without_ptr(Outcome::servfail).report(client));
    counts.count(elsewhere);
    for (int i = 0; i < 12; ++i) counts.count(without_ptr(Outcome::nxdomain).report(client));
    counts.count(named(host).address(host, {std::string(client)}).report(client));
    counts.count(compose_invalid({}, "no target"));
    std::string out;
    counts.append_to(out);
    CHECK(out ==
          "   12 no PTR record\n"
          "    1 PTR name leads elsewhere\n"
          "    1 PTR lookup failed: SERVFAIL\n"
          "    3 single label\n");
}
