// SPDX-License-Identifier: MIT
// Mail domains: the hosts that MX records name, each with its addresses; and when a host name is asked for its own.
#include <algorithm>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "catch.hpp"
#include "flow/target_check.hpp"
#include "literal_world.hpp"

using namespace fcrdns;
using namespace fcrdns::test;

namespace {

TargetCheckOptions of_mail_domains() {
    TargetCheckOptions options;
    options.mail_domains = true;
    return options;
}

TargetCheckOptions looking() {
    TargetCheckOptions options;
    options.look_for_mail_hosts = true;
    return options;
}

World& mx(World& world, const std::string& domain, const std::vector<std::pair<unsigned, std::string>>& hosts) {
    Answer made = answer(name(domain), RecordType::mx, Outcome::records);
    for (const auto& [preference, host] : hosts) {
        made.names.push_back({name(host), 300, static_cast<std::uint16_t>(preference)});
    }
    return world.put(made);
}

World& confirmed(World& world, const std::string& host, const std::string& address) {
    const IpAddress ip_address = ip(address);
    world.ptr(address, {host}).address(host, {address});
    return world.says(host, ip_address.is_ipv4() ? RecordType::aaaa : RecordType::a, Outcome::nodata);
}

struct Run {
    std::vector<Report> reports;
    std::size_t asked_for_mx = 0;
};

// In the order asked, or the newest first.
Run run(InputItem item, const World& world, const TargetCheckOptions& options, bool newest_first = false) {
    Run run;
    TargetCheck check(options);
    std::deque<TargetQuestion> open;
    const auto ask = [&](std::vector<TargetQuestion> more) {
        for (TargetQuestion& question : more) {
            run.asked_for_mx += question.question.type == RecordType::mx ? 1 : 0;
            open.push_back(std::move(question));
        }
    };
    ask(check.start(std::move(item)));
    while (!open.empty() && !check.finished()) {
        if (newest_first) std::rotate(open.begin(), open.end() - 1, open.end());
        const TargetQuestion next = open.front();
        open.pop_front();
        ask(check.feed(next.part, Answer(world[next.question])));
    }
    CHECK(check.finished());
    check.take_reports(run.reports);
    return run;
}

InputItem host(const std::string& text) {
    return {text, std::nullopt, {}, HostTarget{name(text)}};
}

// "192.0.2.25 forward_confirmed mx1.example.com | "
std::string summary(const std::vector<Report>& reports) {
    std::string text;
    for (const Report& report : reports) {
        text += report.evidence ? report.evidence->address.to_text() : "none";
        text.append(" ").append(to_word(report.verdict.reason));
        if (report.subject.origin.host_name) text += ' ' + report.subject.origin.host_name->to_text();
        text += " | ";
    }
    return text;
}

bool is_noted(const Report& report) {
    return std::any_of(report.verdict.findings.begin(), report.verdict.findings.end(),
                       [](const Finding& f) { return f.code == FindingCode::mail_domain; });
}

}  // namespace

TEST_CASE("the MX hosts of a domain are checked, the lowest preference first, in whatever order answers come") {
    World world;
    mx(world, "example.com", {{20, "b.example"}, {10, "a.example"}, {30, "gone.example"}});
    confirmed(world, "a.example", "192.0.2.1").address("a.example", {"2001:db8::1"});
    world.says("1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa", RecordType::ptr,
               Outcome::nxdomain);
    confirmed(world, "b.example", "192.0.2.2");
    world.says("gone.example", RecordType::a, Outcome::nxdomain);
    const std::string expected =
        "192.0.2.1 forward_confirmed a.example | 2001:db8::1 no_ptr a.example | 192.0.2.2 forward_confirmed b.example "
        "| "
        "none no_address gone.example | ";
    for (const bool newest_first : {false, true}) {
        const Run done = run(host("example.com"), world, of_mail_domains(), newest_first);
        CHECK(summary(done.reports) == expected);
        CHECK(done.asked_for_mx == 1);
        CHECK(done.reports[1].ipv4_passes == true);
        CHECK(done.reports[0].subject.input == "example.com");
        CHECK(subject_with_host(done.reports[0]) == "192.0.2.1 [a.example (MX of example.com)]");
        CHECK(subject_with_host(done.reports[3]) == "gone.example (MX of example.com)");
    }
}

TEST_CASE("two MX names of one address are both checked") {
    World world;
    mx(world, "example.com", {{10, "a.example"}, {20, "b.example"}});
    confirmed(world, "b.example", "192.0.2.1");
    confirmed(world, "a.example", "192.0.2.1");
    CHECK(summary(run(host("example.com"), world, of_mail_domains()).reports) ==
          "192.0.2.1 forward_confirmed a.example | 192.0.2.1 forward_confirmed b.example | ");
}

TEST_CASE("only the addresses of the family wanted") {
    World world;
    mx(world, "example.com", {{10, "a.example"}});
    confirmed(world, "a.example", "192.0.2.1");
    TargetCheckOptions only4 = of_mail_domains();
    only4.ask_ipv6 = false;
    CHECK(summary(run(host("example.com"), world, only4).reports) == "192.0.2.1 forward_confirmed a.example | ");
    TargetCheckOptions only6 = of_mail_domains();
    only6.ask_ipv4 = false;
    CHECK(summary(run(host("example.com"), world, only6).reports) == "none no_address a.example | ");
}

TEST_CASE("null MX, no MX, no such domain, an MX lookup that fails") {
    World world;
    mx(world, "none.example", {{0, "."}});
    const Report null_mx = run(host("none.example"), world, of_mail_domains()).reports.at(0);
    CHECK(null_mx.verdict.reason == Reason::no_address);
    CHECK(null_mx.message == "takes no mail (null MX)");
    confirmed(world, "plain.example", "192.0.2.3").says("plain.example", RecordType::mx, Outcome::nodata);
    const Run implicit = run(host("plain.example"), world, of_mail_domains());
    CHECK(summary(implicit.reports) == "192.0.2.3 forward_confirmed plain.example | ");
    CHECK(subject_with_host(implicit.reports[0]) == "192.0.2.3 [plain.example (implicit MX)]");
    world.says("gone.example", RecordType::mx, Outcome::nxdomain);
    const Report gone = run(host("gone.example"), world, of_mail_domains()).reports.at(0);
    CHECK(gone.verdict.kind == VerdictKind::fail);
    CHECK(gone.message == "does not exist");
    world.says("broken.example", RecordType::mx, Outcome::servfail);
    const Report broken = run(host("broken.example"), world, of_mail_domains()).reports.at(0);
    CHECK(broken.verdict.kind == VerdictKind::temperror);
    CHECK(broken.message == "MX lookup failed: SERVFAIL");
    CHECK(failed_lookup(broken)->question.type == RecordType::mx);
}

TEST_CASE("an MX host that is no host name is not looked up") {
    World world;
    mx(world, "example.com", {{10, "*.example"}, {20, "192.0.2.9"}, {30, "."}});
    for (const Report& report : run(host("example.com"), world, of_mail_domains()).reports) {
        CHECK(report.verdict.kind == VerdictKind::fail);
        CHECK(report.message == "is no host name");
    }
}

TEST_CASE("hosts and addresses are bounded") {
    World world;
    std::vector<std::pair<unsigned, std::string>> hosts;
    std::vector<std::string> addresses;
    for (unsigned i = 0; i < 200; ++i) addresses.push_back("198.51.100." + std::to_string(i));
    for (const std::string& address : addresses) {
        world.says(ip(address).reverse_name().to_text(), RecordType::ptr, Outcome::nxdomain);
    }
    for (unsigned i = 0; i < 90; ++i) {
        const std::string text = "h" + std::to_string(i) + ".example";
        hosts.emplace_back(i, text);
        world.address(text, addresses).says(text, RecordType::aaaa, Outcome::nodata);
    }
    mx(world, "example.com", hosts);
    const Run done = run(host("example.com"), world, of_mail_domains());
    CHECK(done.reports.size() == std::size_t{32} * 128);
    CHECK(subject_with_host(done.reports[0]) == "198.51.100.0 [h0.example (MX of example.com, 32 of 90 are checked)]");
    CHECK(done.reports[0].address_lookups[0].addresses_beyond == 72);
}

TEST_CASE("giving up before the hosts are known is no absence") {
    const TargetCheckOptions options = of_mail_domains();
    TargetCheck check(options);
    (void)check.start(host("example.com"));
    CHECK_FALSE(check.settled());
    check.give_up(false);
    CHECK(check.finished());
    std::vector<Report> reports;
    check.take_reports(reports);
    REQUIRE(reports.size() == 1);
    CHECK(reports[0].verdict.kind == VerdictKind::temperror);
    CHECK(failed_lookup(reports[0])->server_works == false);
}

TEST_CASE("an address is checked as always") {
    World world;
    confirmed(world, "mail.example.com", "192.0.2.25");
    const Run done =
        run({"192.0.2.25", std::nullopt, {}, AddressTarget{ip("192.0.2.25"), false}}, world, of_mail_domains());
    CHECK(summary(done.reports) == "192.0.2.25 forward_confirmed | ");
    CHECK(done.asked_for_mx == 0);
}

TEST_CASE("the MX records of a host name are asked for once, and only where no PTR record names it") {
    World world;
    confirmed(world, "mail.example.com", "192.0.2.25");
    CHECK(run(host("mail.example.com"), world, looking()).asked_for_mx == 0);
    world.address("example.com", {"192.0.2.25"}).address("example.com", {"2001:db8::25"});
    world.says(ip("2001:db8::25").reverse_name().to_text(), RecordType::ptr, Outcome::nxdomain);
    mx(world, "example.com", {{10, "mail.example.com"}});
    for (const bool newest_first : {false, true}) {
        const Run done = run(host("example.com"), world, looking(), newest_first);
        CHECK(done.asked_for_mx == 1);
        REQUIRE(done.reports.size() == 2);
        CHECK(is_noted(done.reports[0]));
        CHECK(is_noted(done.reports[1]));
    }
    CHECK(run(host("example.com"), world, TargetCheckOptions()).asked_for_mx == 0);
    // One of its addresses has the name: then it is a mail host, whatever the other one lacks.
    world.address("mail.example.com", {"2001:db8::25"});
    CHECK(run(host("mail.example.com"), world, looking()).asked_for_mx == 0);
}

TEST_CASE("a name without an address that exists may be a mail domain; one that does not exist is none") {
    World world;
    world.says("only-mx.example", RecordType::a, Outcome::nodata)
        .says("only-mx.example", RecordType::aaaa, Outcome::nodata);
    mx(world, "only-mx.example", {{10, "mail.example.com"}});
    const Run done = run(host("only-mx.example"), world, looking());
    CHECK(done.asked_for_mx == 1);
    CHECK(is_noted(done.reports.at(0)));
    CHECK(done.reports[0].findings.at(0).detail.find("takes mail at mail.example.com") != std::string::npos);
    world.says("gone.example", RecordType::a, Outcome::nxdomain);
    CHECK(run(host("gone.example"), world, looking()).asked_for_mx == 0);
    world.says("only-mx.example", RecordType::aaaa, Outcome::servfail);
    CHECK(run(host("only-mx.example"), world, looking()).asked_for_mx == 0);
}

TEST_CASE("this machine's addresses are one target") {
    World world;
    confirmed(world, "mail.example.com", "192.0.2.25");
    world.says(ip("2001:db8::25").reverse_name().to_text(), RecordType::ptr, Outcome::nxdomain);
    const Run done =
        run({"--me", std::nullopt, {}, OwnAddressesTarget{{ip("192.0.2.25"), ip("2001:db8::25")}}}, world, looking());
    CHECK(summary(done.reports) == "192.0.2.25 forward_confirmed | 2001:db8::25 no_ptr | ");
    CHECK(done.reports[1].ipv4_passes == true);
    CHECK(subject_with_host(done.reports[1]) == "2001:db8::25 [this machine]");
    CHECK(done.asked_for_mx == 0);
}
