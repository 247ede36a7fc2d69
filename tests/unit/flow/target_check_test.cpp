// SPDX-License-Identifier: MIT
// TargetCheck: the work on one target from its first question to its reports, fed with literal answers.
#include "flow/target_check.hpp"

#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "literal_world.hpp"

using namespace fcrdns;
using namespace fcrdns::test;

namespace {

const TargetCheckOptions defaults;  // a check keeps a reference to its options

InputItem host_item(const std::string& host) {
    return {host, std::nullopt, {}, HostTarget{name(host)}};
}

InputItem address_item(const std::string& address) {
    return {address, std::size_t{3}, {}, AddressTarget{ip(address), false}};
}

std::vector<Report> reports_of(TargetCheck& check) {
    std::vector<Report> reports;
    check.take_reports(reports);
    return reports;
}

std::vector<Report> run(TargetCheck& check, InputItem item, const World& world) {
    std::deque<TargetQuestion> open;
    const auto ask = [&](std::vector<TargetQuestion> more) { open.insert(open.end(), more.begin(), more.end()); };
    ask(check.start(std::move(item)));
    while (!open.empty()) {
        CHECK_FALSE(check.finished());
        const TargetQuestion next = open.front();
        open.pop_front();
        ask(check.feed(next.part, Answer(world[next.question])));
    }
    CHECK(check.finished());
    return reports_of(check);
}

std::vector<Report> run(InputItem item, const World& world, const TargetCheckOptions& options = defaults) {
    TargetCheck check(options);
    return run(check, std::move(item), world);
}

// "192.0.2.25 forward_confirmed | 2001:db8::25 no_ptr | "
std::string summary(const std::vector<Report>& reports) {
    std::string text;
    for (const Report& report : reports) {
        text += report.evidence         ? report.evidence->address.to_text()
                : report.subject.family ? std::string(to_word(*report.subject.family))
                                        : std::string("none");
        text.append(" ").append(to_word(report.verdict.reason)).append(" | ");
    }
    return text;
}

// mail.example.com with an address of each family, the IPv4 one confirmed.
World two_families() {
    World world;
    world.address("mail.example.com", {"192.0.2.25"}).address("mail.example.com", {"2001:db8::25"});
    world.ptr("192.0.2.25", {"mail.example.com"});
    return world.put(answer(ip("2001:db8::25").reverse_name(), RecordType::ptr, Outcome::nxdomain));
}

}  // namespace

TEST_CASE("an address is one check") {
    World world;
    world.ptr("192.0.2.25", {"mail.example.com"}).address("mail.example.com", {"192.0.2.25"});
    const auto reports = run(address_item("192.0.2.25"), world);
    CHECK(summary(reports) == "192.0.2.25 forward_confirmed | ");
    CHECK(reports.front().subject.input == "192.0.2.25");
    CHECK(reports.front().subject.line == 3U);
    CHECK(reports.front().subject.family == Family::ipv4);
}

TEST_CASE("a host name is a check for each of its addresses") {
    const auto reports = run(host_item("mail.example.com"), two_families());
    CHECK(summary(reports) == "192.0.2.25 forward_confirmed | 2001:db8::25 no_ptr | ");
    CHECK_FALSE(reports[0].ipv4_passes);
    CHECK(reports[1].ipv4_passes == true);
    CHECK(reports[1].subject.origin.host_name == name("mail.example.com"));
    TargetCheckOptions only6;
    only6.ask_ipv4 = false;
    CHECK(summary(run(host_item("mail.example.com"), two_families(), only6)) == "2001:db8::25 no_ptr | ");
    TargetCheckOptions only4;
    only4.ask_ipv6 = false;
    CHECK(summary(run(host_item("mail.example.com"), two_families(), only4)) == "192.0.2.25 forward_confirmed | ");
}

TEST_CASE("mail over IPv4 is no way out where an IPv4 address fails too; not known where there is none") {
    World world = two_families();
    world.says("25.2.0.192.in-addr.arpa", RecordType::ptr, Outcome::nxdomain);
    CHECK(run(host_item("mail.example.com"), world)[1].ipv4_passes == false);
    world.says("25.2.0.192.in-addr.arpa", RecordType::ptr, Outcome::servfail);
    CHECK_FALSE(run(host_item("mail.example.com"), world)[1].ipv4_passes);
    world.says("mail.example.com", RecordType::a, Outcome::nodata);
    CHECK_FALSE(run(host_item("mail.example.com"), world)[0].ipv4_passes);
}

TEST_CASE("the same address twice, also as its mapped form, is one report") {
    World world = two_families();
    Answer aaaa = answer(name("mail.example.com"), RecordType::aaaa, Outcome::records);
    aaaa.addresses = {{ip("::ffff:192.0.2.25"), 60}, {ip("::ffff:192.0.2.25"), 60}};
    world.says("ipv4only.arpa", RecordType::aaaa, Outcome::nodata);
    CHECK(summary(run(host_item("mail.example.com"), world.put(aaaa))) == "192.0.2.25 forward_confirmed | ");
    world.says("mail.example.com", RecordType::a, Outcome::nodata);
    const auto reports =
        run(host_item("mail.example.com"),
            World(world).ptr("192.0.2.25", {"gone.example"}).says("gone.example", RecordType::a, Outcome::nxdomain));
    CHECK(summary(reports) == "192.0.2.25 forward_nxdomain | ");
    CHECK(reports.front().subject.origin.ipv4_mapped);
    CHECK(reports.front().subject.family == Family::ipv4);
}

TEST_CASE("a host name without addresses, or of which one family cannot be told") {
    World world = two_families();
    CHECK(summary(run(host_item("mail.example.com"),
                      World(world).says("mail.example.com", RecordType::a, Outcome::servfail))) ==
          "ipv4 address_lookup_failed | 2001:db8::25 no_ptr | ");
    CHECK(summary(run(host_item("mail.example.com"),
                      World(world).says("mail.example.com", RecordType::aaaa, Outcome::timeout))) ==
          "192.0.2.25 forward_confirmed | ipv6 address_lookup_failed | ");
    world.says("mail.example.com", RecordType::a, Outcome::nxdomain);
    CHECK(summary(run(host_item("mail.example.com"), World(world).says("mail.example.com", RecordType::aaaa,
                                                                       Outcome::nxdomain))) == "none no_address | ");
    CHECK(summary(run(host_item("mail.example.com"),
                      World(world).says("mail.example.com", RecordType::aaaa, Outcome::refused))) ==
          "none address_lookup_failed | ");
}

TEST_CASE("a name exists where the family that is not wanted has records, whatever its server says of the other") {
    TargetCheckOptions options;
    options.ask_ipv4 = false;
    World world = World().address("mail.example.com", {"192.0.2.25"});
    world.says("mail.example.com", RecordType::aaaa, Outcome::nxdomain);
    CHECK(run(host_item("mail.example.com"), world, options)[0].message == "no address");
    world.says("mail.example.com", RecordType::a, Outcome::nxdomain);
    CHECK(run(host_item("mail.example.com"), world, options)[0].message == "does not exist");
}

TEST_CASE("what is no target is finished at once") {
    TargetCheck check(defaults);
    CHECK(check.start({"x y", std::size_t{1}, {}, Error{"x y: no target"}}).empty());
    CHECK(check.finished());
    const auto reports = reports_of(check);
    REQUIRE(reports.size() == 1);
    CHECK(reports[0].verdict.kind == VerdictKind::invalid);
    CHECK(reports[0].message == "x y: no target");
}

TEST_CASE("giving up: what was not answered is a timeout, never an absence") {
    TargetCheck at_once(defaults);
    (void)at_once.start(host_item("mail.example.com"));
    CHECK_FALSE(at_once.settled());
    at_once.give_up();
    CHECK(summary(reports_of(at_once)) == "none address_lookup_failed | ");

    const World world = two_families();
    TargetCheck later(defaults);
    std::vector<TargetQuestion> open;
    for (const TargetQuestion& lookup : later.start(host_item("mail.example.com"))) {
        open = later.feed(lookup.part, Answer(world[lookup.question]));
    }
    REQUIRE(open.size() == 2);
    later.give_up();
    CHECK(summary(reports_of(later)) == "192.0.2.25 ptr_lookup_failed | 2001:db8::25 ptr_lookup_failed | ");
}

TEST_CASE("a check that is started again knows nothing of its last target") {
    const World world = two_families();
    TargetCheck check(defaults);
    const std::string both = summary(run(check, host_item("mail.example.com"), world));
    CHECK(both == summary(run(host_item("mail.example.com"), world)));
    CHECK(summary(run(check, address_item("192.0.2.25"), world)) == summary(run(address_item("192.0.2.25"), world)));
    CHECK(summary(run(check, {"x y", std::size_t{1}, {}, Error{"x y: no target"}}, world)) == "none invalid_input | ");
    (void)check.start(host_item("mail.example.com"));
    check.give_up();
    CHECK(summary(run(check, host_item("mail.example.com"), world)) == both);
}

TEST_CASE("an explained target asks for the reverse zone where the answers do not say it") {
    World world;
    world.ptr("8.8.4.25", {"gone.example"}).says("gone.example", RecordType::a, Outcome::nxdomain);
    world.says("25.4.8.8.in-addr.arpa", RecordType::soa, Outcome::nodata,
               soa("4.8.8.in-addr.arpa", "ns.isp.example", "h.isp.example", 60, 60));
    TargetCheckOptions options;
    options.explain = true;
    CHECK(run(address_item("8.8.4.25"), world, options)[0].reverse_zone->zone == name("4.8.8.in-addr.arpa"));
    CHECK_FALSE(run(address_item("8.8.4.25"), world)[0].reverse_zone);
}

TEST_CASE("a bare name is to be replaced, whatever its lookup says, so that the reverse zone is asked for") {
    World world;
    world.ptr("8.8.4.25", {"ubuntu"}).says("ubuntu", RecordType::a, Outcome::refused);
    world.says("25.4.8.8.in-addr.arpa", RecordType::soa, Outcome::nodata,
               soa("4.8.8.in-addr.arpa", "ns.isp.example", "h.isp.example", 60, 60));
    TargetCheckOptions options;
    options.explain = true;
    const Report report = run(address_item("8.8.4.25"), world, options)[0];
    CHECK(report.verdict.kind == VerdictKind::temperror);
    REQUIRE(report.reverse_zone);
    CHECK(report.reverse_zone->zone == name("4.8.8.in-addr.arpa"));
    CHECK_FALSE(report.fix.empty());
    // A name that may still lead back waits for its answer.
    world.ptr("8.8.4.25", {"mail.google.com"}).says("mail.google.com", RecordType::a, Outcome::refused);
    world.says("mail.google.com", RecordType::cname, Outcome::nodata);
    CHECK_FALSE(run(address_item("8.8.4.25"), world, options)[0].reverse_zone);
}
