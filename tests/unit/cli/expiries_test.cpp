// SPDX-License-Identifier: MIT
// Expiries: in order of time, and few of them however many targets came and went.
#include "cli/run/expiries.hpp"

#include "catch.hpp"

using namespace fcrdns::cli;
using std::chrono::seconds;

TEST_CASE("they are given when their time has come") {
    const std::chrono::steady_clock::time_point begin;
    Expiries expiries;
    CHECK_FALSE(expiries.next());
    const auto all_run = [](const Expiry&) { return true; };
    expiries.add({begin + seconds(1), 7, 0}, all_run);
    expiries.add({begin + seconds(2), 8, 1}, all_run);
    CHECK(expiries.next() == begin + seconds(1));
    CHECK_FALSE(expiries.take(begin));
    CHECK(expiries.take(begin + seconds(5))->slot == 7);
    CHECK(expiries.take(begin + seconds(5))->slot == 8);
    CHECK_FALSE(expiries.take(begin + seconds(5)));
}

TEST_CASE("finished targets do not pile up behind one that runs") {
    const std::chrono::steady_clock::time_point begin;
    Expiries expiries;
    std::uint64_t start = 0;
    const auto first_and_last_run = [&](const Expiry& expiry) { return expiry.start == 0 || expiry.start == start; };
    for (; start < 1'000'000; ++start) {
        expiries.add({begin + seconds(start), 0, start}, first_and_last_run);
        REQUIRE(expiries.size() <= 1025);
    }
    CHECK(expiries.take(begin)->start == 0);
}

TEST_CASE("what still runs is kept, however much it is") {
    const std::chrono::steady_clock::time_point begin;
    Expiries expiries;
    for (std::uint64_t start = 0; start < 10'000; ++start) {
        expiries.add({begin, 0, start}, [](const Expiry&) { return true; });
    }
    CHECK(expiries.size() == 10'000);
}
