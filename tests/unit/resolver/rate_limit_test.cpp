// SPDX-License-Identifier: MIT
// RateLimit: how many queries may go out, and when the next may.
#include "resolver/rate_limit.hpp"

#include "catch.hpp"

using namespace fcrdns;
using std::chrono::milliseconds;

namespace {

RateLimit::TimePoint at(int ms) {
    return RateLimit::TimePoint(std::chrono::hours(1)) + milliseconds(ms);
}

int sent_at(RateLimit& limit, RateLimit::TimePoint now) {
    limit.refill(now);
    int sent = 0;
    for (; limit.may_send(); ++sent) limit.note_sent();
    return sent;
}

}  // namespace

TEST_CASE("A slow rate lets one query go at once, and the next when its time has come") {
    RateLimit limit(10, at(0));
    CHECK(sent_at(limit, at(0)) == 1);
    CHECK(limit.next() == at(100));
    CHECK(sent_at(limit, at(99)) == 0);
    CHECK(sent_at(limit, at(100)) == 1);
    CHECK(sent_at(limit, at(60000)) == 1);
}

TEST_CASE("A fast rate lets a fiftieth of a second's queries go at once, and no more in a second than it says") {
    RateLimit limit(1000, at(0));
    CHECK(sent_at(limit, at(0)) == 20);
    int sent = 0;
    for (int ms = 1; ms <= 1000; ++ms) sent += sent_at(limit, at(ms));
    CHECK(sent >= 999);
    CHECK(sent <= 1000);
    CHECK(sent_at(limit, at(100000)) == 20);
}

TEST_CASE("What is sent beyond the limit is made up for, and a clock that another reads earlier gives nothing") {
    RateLimit limit(10, at(0));
    for (int i = 0; i < 3; ++i) limit.note_sent();
    CHECK_FALSE(limit.may_send());
    CHECK(limit.next() == at(300));
    limit.refill(at(200));
    limit.refill(at(100));
    CHECK_FALSE(limit.may_send());
    CHECK(sent_at(limit, at(301)) == 1);
}
