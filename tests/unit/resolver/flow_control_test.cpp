// SPDX-License-Identifier: MIT
// Flow control: how the window of questions in flight grows, halves and stays.
#include "resolver/flow_control.hpp"

#include "catch.hpp"

using namespace fcrdns;
using std::chrono::milliseconds;

namespace {

FlowControl::TimePoint at(int ms) {
    return FlowControl::TimePoint(std::chrono::hours(1)) + milliseconds(ms);
}

void answer(FlowControl& flow, int times, milliseconds round_trip = milliseconds(10)) {
    for (int i = 0; i < times; ++i) flow.answered(round_trip);
}

}  // namespace

TEST_CASE("The window starts at 64, grows with each answer, and never beyond its ceiling") {
    FlowControl flow(1000, 1000);
    CHECK(flow.window() == 64);
    answer(flow, 64);
    CHECK(flow.window() == 128);
    answer(flow, 5000);
    CHECK(flow.window() == 1000);
    CHECK(FlowControl(5, 5).window() == 5);
    CHECK(FlowControl(1, 1).window() == 1);
}

TEST_CASE("A loss halves the window, once a round trip, and growth is slow from there") {
    FlowControl flow(1000, 1000);
    answer(flow, 500);
    REQUIRE(flow.window() == 564);
    flow.lost(at(0));
    CHECK(flow.window() == 282);
    flow.lost(at(1));  // of the same event
    CHECK(flow.window() == 282);
    flow.lost(at(1000));
    CHECK(flow.window() == 141);
    answer(flow, 141);
    CHECK(flow.window() <= 142);
    answer(flow, 100 * 142);
    CHECK(flow.window() > 200);
}

TEST_CASE("The window never falls below 8, nor below a smaller ceiling") {
    FlowControl flow(1000, 1000);
    FlowControl narrow(3, 3);
    for (int i = 0; i < 50; ++i) {
        flow.lost(at(i * 10000));
        narrow.lost(at(i * 10000));
    }
    CHECK(flow.window() == 8);
    CHECK(narrow.window() == 3);
}

TEST_CASE("Questions that no try answers do not narrow the window while most are answered") {
    FlowControl flow(1000, 1000);
    answer(flow, 1000);
    const std::size_t before = flow.window();
    for (int i = 0; i < 1000; ++i) {
        if (i % 3 == 0) {
            flow.unanswered(at(i * 1000));
        } else {
            flow.answered(milliseconds(10));
        }
    }
    CHECK(flow.window() >= before);
}

TEST_CASE("When most of the recent questions go unanswered the window narrows") {
    FlowControl flow(1000, 1000);
    answer(flow, 1000);
    for (int i = 0; i < 2000; ++i) flow.unanswered(at(i * 1000));
    CHECK(flow.window() == 8);
}

TEST_CASE("A silent /24, whose questions all end at once, does not narrow the window") {
    FlowControl flow(1000, 1000);
    answer(flow, 1000);
    for (int i = 0; i < 256; ++i) flow.unanswered(at(i * 1000));
    CHECK(flow.window() == 1000);
}

TEST_CASE("Patience is a few round trips, and not less than 50 ms") {
    FlowControl flow(1000, 1000);
    CHECK(flow.patience() == milliseconds(50));
    answer(flow, 100, milliseconds(1));
    CHECK(flow.patience() == milliseconds(50));
    answer(flow, 200, milliseconds(100));
    CHECK(flow.patience() > milliseconds(390));
    CHECK(flow.patience() <= milliseconds(400));
}

TEST_CASE("Beyond its calm size the window grows only where the path is long, not the queue") {
    FlowControl far(4000, 1000);
    answer(far, 5000, milliseconds(20));
    CHECK(far.window() == 4000);
    FlowControl near(4000, 1000);
    answer(near, 1, milliseconds(1));
    answer(near, 5000, milliseconds(10));
    CHECK(near.window() == 1000);
    // A path of mixed lengths, as a resolver's that knows some answers and looks others up.
    FlowControl mixed(4000, 1000);
    for (int i = 0; i < 5000; ++i) answer(mixed, 1, milliseconds(i % 4 == 0 ? 120 : 1));
    CHECK(mixed.window() == 1000);
    FlowControl wanted(4000, 4000);
    answer(wanted, 1, milliseconds(1));
    answer(wanted, 5000, milliseconds(10));
    CHECK(wanted.window() == 4000);
}
