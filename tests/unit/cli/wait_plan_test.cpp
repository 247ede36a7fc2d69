// SPDX-License-Identifier: MIT
// Waiting: what is satisfied, how long the caches hold what stands in the way, the pauses,
// and a whole wait by a clock that the test lets pass.
#include "cli/run/wait_plan.hpp"

#include <string>
#include <vector>

#include "catch.hpp"
#include "literal_world.hpp"

using namespace fcrdns;
using namespace fcrdns::cli;
using namespace fcrdns::test;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

constexpr std::string_view client = "8.8.4.25";
constexpr std::string_view reverse = "25.4.8.8.in-addr.arpa";

Report absent(std::uint32_t ttl, std::uint32_t minimum) {
    return World()
        .says(reverse, RecordType::ptr, Outcome::nxdomain,
              soa("4.8.8.in-addr.arpa", "ns.isp.example", "h.isp.example", ttl, minimum))
        .report(client);
}

Report passing(const std::string& host = "mail.example.com") {
    return World().ptr(client, {host}).address(host, {std::string(client)}).report(client);
}

Report elsewhere() {
    return World().ptr(client, {"mail.example.com"}).address("mail.example.com", {"198.51.100.1"}).report(client);
}

Report temporary() {
    return World().says(reverse, RecordType::ptr, Outcome::servfail).report(client);
}

std::optional<std::uint32_t> ttl_of(const Report& report) {
    return obstacle_ttl({&report, 1});
}

bool satisfied(const std::vector<Report>& reports, bool strict = false) {
    return is_satisfied(reports, strict);
}

}  // namespace

TEST_CASE("what is left to wait for") {
    CHECK(satisfied({}));
    CHECK(satisfied({passing()}));
    CHECK(satisfied({passing("mailhost")}));
    CHECK_FALSE(satisfied({passing("mailhost")}, true));
    CHECK(satisfied({passing()}, true));
    CHECK_FALSE(satisfied({absent(40, 600)}));
    CHECK_FALSE(satisfied({elsewhere()}));
    CHECK_FALSE(satisfied({temporary()}));
    CHECK_FALSE(satisfied({passing(), temporary()}));
    // No time makes a target of what is none.
    CHECK(satisfied({compose_invalid({}, "no target"), passing()}));
}

TEST_CASE("how long the caches hold what stands in the way") {
    CHECK(ttl_of(absent(40, 600)) == 40U);
    CHECK(ttl_of(absent(3600, 600)) == 600U);
    CHECK(ttl_of(elsewhere()) == 300U);  // the address record goes before the PTR record
    CHECK_FALSE(ttl_of(temporary()));
    CHECK_FALSE(ttl_of(passing()));
    World world;
    world.ptr(client, {"mail.example.com"});
    world.says("mail.example.com", RecordType::a, Outcome::nxdomain,
               soa("example.com", "ns.example.com", "h.example.com", 90, 60));
    CHECK(ttl_of(world.report(client)) == 60U);
    const std::vector<Report> several = {absent(500, 600), elsewhere(), passing(), temporary()};
    CHECK(obstacle_ttl(several) == 300U);
    // What the zones' own servers say is in no cache.
    Report direct = absent(40, 600);
    direct.evidence->ptr.source = std::make_shared<const SourceView>();
    CHECK_FALSE(ttl_of(direct));
}

TEST_CASE("the pause follows the TTL, between 5 s and 60 s, and never beyond the end") {
    CHECK(next_pause(40U, seconds(600)) == seconds(40));
    CHECK(next_pause(1U, seconds(600)) == seconds(5));
    CHECK(next_pause(0U, seconds(600)) == seconds(5));
    CHECK(next_pause(3600U, seconds(600)) == seconds(60));
    CHECK(next_pause(0xffffffffU, seconds(600)) == seconds(60));
    CHECK(next_pause(std::nullopt, seconds(600)) == seconds(5));
    CHECK(next_pause(40U, seconds(10)) == seconds(10));
    CHECK(next_pause(40U, milliseconds(1)) == milliseconds(1));
    CHECK_FALSE(next_pause(40U, milliseconds(0)));
    CHECK_FALSE(next_pause(40U, milliseconds(-1)));
}

TEST_CASE("a whole wait, by a clock of its own") {
    // The resolver forgets the absence after 130 s; the record is there from then on.
    const milliseconds forgets = seconds(130);
    const auto world_at = [&](milliseconds now) {
        return now < forgets ? absent(static_cast<std::uint32_t>((forgets - now).count() / 1000), 600) : passing();
    };
    std::vector<milliseconds> rounds;
    milliseconds now(0);
    for (const milliseconds end = seconds(600);;) {
        rounds.push_back(now);
        const Report report = world_at(now);
        if (satisfied({report})) break;
        const auto pause = next_pause(ttl_of(report), end - now);
        REQUIRE(pause);
        now += *pause;
    }
    CHECK(rounds == std::vector<milliseconds>{seconds(0), seconds(60), seconds(120), seconds(130)});

    // Too little time: the last round is at the very end, and then there is no further one.
    now = milliseconds(0);
    std::size_t asked = 0;
    for (const milliseconds end = seconds(100);; ++asked) {
        const auto pause = next_pause(ttl_of(world_at(now)), end - now);
        if (!pause) break;
        now += *pause;
    }
    CHECK(asked == 2);
    CHECK(now == seconds(100));
}

TEST_CASE("each round says what is missing") {
    const std::vector<Report> reports = {absent(40, 600), passing(), temporary()};
    CHECK(
        waiting_sentence(reports, false, seconds(40), seconds(540)) ==
        "8.8.4.25: no PTR record and 8.8.4.25: PTR lookup failed: SERVFAIL; checking again in 40 s, for at most 9 min");
    CHECK(waiting_sentence({&reports[0], 1}, true, milliseconds(4001), milliseconds(4001)) ==
          "8.8.4.25: no PTR record; checking again in 5 s, for at most 5 s");
    Subject subject;
    subject.origin.host_name = name("mail.\x1b");
    const Report none =
        compose_without_address(subject, {answer(*subject.origin.host_name, RecordType::a, Outcome::nodata)});
    CHECK(waiting_sentence({&none, 1}, false, seconds(5), seconds(5)) ==
          "mail.\\027: no address; checking again in 5 s, for at most 5 s");
    // A warning is missing only where --strict asks for more than a pass.
    const std::vector<Report> warned = {passing("mailhost"), absent(40, 600)};
    CHECK(waiting_sentence(warned, false, seconds(5), seconds(5)) ==
          "8.8.4.25: no PTR record; checking again in 5 s, for at most 5 s");
    CHECK(waiting_sentence({&warned[0], 1}, true, seconds(5), seconds(5)) ==
          "8.8.4.25: mailhost (single label); checking again in 5 s, for at most 5 s");
}
