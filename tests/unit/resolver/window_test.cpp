// SPDX-License-Identifier: MIT
// Window: how the number of questions in flight grows, narrows and stays.
#include "resolver/window.hpp"

#include <algorithm>
#include <vector>

#include "catch.hpp"

using namespace fcrdns;
using std::chrono::milliseconds;

namespace {

Window::TimePoint at(int ms) {
    return Window::TimePoint(std::chrono::hours(1)) + milliseconds(ms);
}

void answer(Window& window, int times, milliseconds round_trip = milliseconds(10), int when = 0) {
    for (int i = 0; i < times; ++i) {
        (void)window.sent();
        window.answered(round_trip, at(when));
    }
}

// So many questions, of which every `nth` is lost, and the others answered.
void lose_each(Window& window, int questions, int nth) {
    for (int i = 1; i <= questions; ++i) {
        const auto stretch = window.sent();
        if (i % nth == 0) {
            window.lost(stretch);
        } else {
            window.answered(milliseconds(10), at(i));
        }
    }
}

void push_back_each(Window& window, int questions, int nth, bool answered_later) {
    for (int i = 1; i <= questions; ++i) {
        const auto stretch = window.sent();
        if (i % nth == 0) {
            window.pushed_back(stretch, at(i * 10));
            window.pushed_back_ended(answered_later);
        } else {
            window.answered(milliseconds(10), at(i * 10));
        }
    }
}

}  // namespace

TEST_CASE("The window starts at 64, grows with each answer, and never beyond its ceiling") {
    Window window(1000, 1000);
    CHECK(window.size() == 64);
    answer(window, 64);
    CHECK(window.size() == 128);
    answer(window, 5000);
    CHECK(window.size() == 1000);
    CHECK(Window(5, 5).size() == 5);
    CHECK(Window(1, 1).size() == 1);
}

TEST_CASE("Random loss of 1 to 5 % does not narrow the window, however long the list") {
    for (const int nth : {100, 50, 20}) {
        INFO("one in " << nth);
        Window window(1000, 1000);
        lose_each(window, 200000, nth);
        CHECK(window.size() == 1000);
    }
}

TEST_CASE("A large share of losses narrows the window, once for what was asked before, and growth is slow from there") {
    Window window(1000, 1000);
    answer(window, 936);
    REQUIRE(window.size() == 1000);
    std::vector<Window::Stretch> asked;
    for (int i = 0; i < 1000; ++i) asked.push_back(window.sent());
    for (const auto stretch : asked) window.lost(stretch);
    CHECK(window.size() == 500);
    answer(window, 500);
    CHECK(window.size() <= 501);
    lose_each(window, 2000, 4);
    CHECK(window.size() <= 250);
}

TEST_CASE("What is lost is counted where it was asked, not where it is noticed") {
    // Before a pause, 1 % of ten thousand questions was lost; nothing else is asked while their time runs out.
    Window window(1000, 1000);
    std::vector<Window::Stretch> lost;
    for (int i = 0; i < 10000; ++i) {
        const auto stretch = window.sent();
        if (i % 100 == 0) lost.push_back(stretch);
        if (i % 100 != 0) window.answered(milliseconds(10), at(i));
    }
    for (const auto stretch : lost) window.lost(stretch);
    CHECK(window.size() == 1000);
}

TEST_CASE("Questions refused in bunches, and answered later, narrow the window; refusals never widen it") {
    Window window(1000, 1000);
    for (int i = 0; i < 1000; ++i) window.pushed_back(window.sent(), at(0));
    CHECK(window.size() < 64);
    CHECK(window.size() >= 8);
    Window grown(1000, 1000);
    answer(grown, 936);
    push_back_each(grown, 20000, 5, true);
    CHECK(grown.size() < 100);
}

TEST_CASE("Zones that always fail do not keep the window narrow") {
    Window window(1000, 1000);
    push_back_each(window, 20000, 10, false);
    CHECK(window.size() == 1000);
}

TEST_CASE("A single refusal changes nothing") {
    Window window(1000, 1000);
    answer(window, 936);
    window.pushed_back(window.sent(), at(0));
    CHECK(window.size() == 1000);
}

TEST_CASE("The window never falls below 8, nor below a smaller ceiling") {
    Window window(1000, 1000);
    Window narrow(3, 3);
    lose_each(window, 10000, 1);
    lose_each(narrow, 10000, 1);
    CHECK(window.size() == 8);
    CHECK(narrow.size() == 3);
}

TEST_CASE("Questions that no try answers do not narrow the window while most are answered") {
    Window window(1000, 1000);
    answer(window, 1000);
    const std::size_t before = window.size();
    for (int i = 0; i < 1000; ++i) {
        if (i % 3 == 0) {
            window.unanswered(at(i * 1000));
        } else {
            window.answered(milliseconds(10), at(i * 1000));
        }
    }
    CHECK(window.size() >= before);
}

TEST_CASE("When most of the recent questions go unanswered the window narrows") {
    Window window(1000, 1000);
    answer(window, 1000);
    for (int i = 0; i < 2000; ++i) window.unanswered(at(i * 1000));
    CHECK(window.size() == 8);
}

TEST_CASE("A silent /24, whose questions all end at once, does not narrow the window") {
    Window window(1000, 1000);
    answer(window, 1000);
    for (int i = 0; i < 256; ++i) window.unanswered(at(i * 1000));
    CHECK(window.size() == 1000);
}

TEST_CASE("Patience is a few round trips, and not less than 50 ms") {
    Window window(1000, 1000);
    CHECK(window.patience() == milliseconds(50));
    answer(window, 100, milliseconds(1));
    CHECK(window.patience() == milliseconds(50));
    answer(window, 200, milliseconds(100));
    CHECK(window.patience() > milliseconds(390));
    CHECK(window.patience() <= milliseconds(400));
}

TEST_CASE("While many of the recent questions are slow, patience is longer and the window does not grow") {
    Window window(1000, 1000);
    answer(window, 100, milliseconds(1));
    const std::size_t size = window.size();
    for (int i = 0; i < 2000; ++i) window.slow();
    CHECK(window.patience() == milliseconds(400));
    answer(window, 100, milliseconds(1));
    CHECK(window.size() == size);
    answer(window, 20000, milliseconds(1));
    CHECK(window.patience() == milliseconds(50));
    CHECK(window.size() == 1000);
    SECTION("silent /24, here and there, are not many") {
        for (int i = 0; i < 20; ++i) {
            answer(window, 19 * 256, milliseconds(1));
            for (int j = 0; j < 256; ++j) window.slow();
            CHECK(window.patience() == milliseconds(50));
        }
    }
    SECTION("and it is never shorter than a few round trips") {
        answer(window, 200, milliseconds(200));
        for (int i = 0; i < 2000; ++i) window.slow();
        CHECK(window.patience() > milliseconds(700));
    }
}

TEST_CASE("Slow questions of which most turn out not to be lost change nothing") {
    Window window(1000, 1000);
    answer(window, 100, milliseconds(1));
    const std::size_t size = window.size();
    for (int i = 0; i < 2000; ++i) window.slow();
    for (int i = 0; i < 64; ++i) window.not_lost();
    CHECK(window.patience() == milliseconds(50));
    answer(window, 100, milliseconds(1));
    CHECK(window.size() > size);
    for (int i = 0; i < 64; ++i) window.lost(window.sent());
    CHECK(window.patience() == milliseconds(400));
}

TEST_CASE("Before anything was answered, a list that begins with silent zones is not slowed") {
    Window window(1000, 1000);
    for (int i = 0; i < 1000; ++i) window.slow();
    CHECK(window.patience() == milliseconds(50));
}

TEST_CASE("In a wide window a smaller share of losses is more than random") {
    Window window(1000, 1000);
    answer(window, 936);
    lose_each(window, 20000, 14);
    CHECK(window.size() == 1000);
    lose_each(window, 2000, 11);
    CHECK(window.size() <= 501);
}

TEST_CASE("Beyond its calm size the window grows only where the path is long, not the queue") {
    Window far(4000, 1000);
    answer(far, 5000, milliseconds(20));
    CHECK(far.size() == 4000);
    Window near(4000, 1000);
    answer(near, 1, milliseconds(1));
    answer(near, 5000, milliseconds(10));
    CHECK(near.size() == 1000);
    // A path of mixed lengths, as a resolver's that knows some answers and looks others up.
    Window mixed(4000, 1000);
    for (int i = 0; i < 5000; ++i) answer(mixed, 1, milliseconds(i % 4 == 0 ? 120 : 1));
    CHECK(mixed.size() == 1000);
    Window wanted(4000, 4000);
    answer(wanted, 1, milliseconds(1));
    answer(wanted, 5000, milliseconds(10));
    CHECK(wanted.size() == 4000);
}

namespace {

// Asks all the time as much as the window allows a server that answers one question after another.
milliseconds queue_at(Window& window, milliseconds each, int answers, int& when) {
    const auto queue = static_cast<int>(window.size()) * each;
    for (int i = 0; i < answers; ++i) {
        (void)window.sent();
        when += static_cast<int>(each.count());
        window.answered(static_cast<int>(window.size()) * each, at(when));
    }
    return queue;
}

}  // namespace

TEST_CASE("Before a server that answers one after another the window stays as short as its queue may be") {
    for (const milliseconds each : {milliseconds(1), milliseconds(5), milliseconds(20)}) {
        INFO(each.count() << " ms each");
        Window window(4000, 1000);
        int when = 0;
        answer(window, 1, each);
        milliseconds longest(0);
        for (int i = 0; i < 200; ++i) longest = std::max(longest, queue_at(window, each, 64, when));
        CHECK(queue_at(window, each, 64, when) <= milliseconds(500));
        CHECK(longest < milliseconds(4000));
        CHECK(window.size() >= 8);
    }
}

TEST_CASE("A path that has become longer does not keep the window narrow") {
    Window window(4000, 1000);
    answer(window, 1000);
    int when = 0;
    for (int i = 0; i < 10000; ++i) answer(window, 1, milliseconds(400), when += 4);
    CHECK(window.size() >= 1000);
}
