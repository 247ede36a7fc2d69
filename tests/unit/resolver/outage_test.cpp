// SPDX-License-Identifier: MIT
// Outage: when it is doubted that servers answer anything, what settles it, and what is nobody's outage.
#include "resolver/outage.hpp"

#include "catch.hpp"

using namespace fcrdns;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

Outage::TimePoint at(int ms) {
    return Outage::TimePoint(std::chrono::hours(1)) + milliseconds(ms);
}

Answer answer(std::uint16_t rcode, const char* name = "1.113.0.203.in-addr.arpa") {
    Answer made;
    made.question = {*DnsName::from_text(name), RecordType::ptr};
    made.outcome = rcode == 0 ? Outcome::records : rcode == 3 ? Outcome::nxdomain : Outcome::servfail;
    made.rcode = rcode;
    return made;
}

void fail(Outage& outage, int times, int when) {
    for (int i = 0; i < times; ++i) outage.take(answer(2), at(when));
}

// The question is asked again three times, with a failure each.
void confirm(Outage& outage, int when) {
    for (int i = 0; i < 3; ++i) {
        REQUIRE(outage.take_probe(5, at(when + i * 300)) != nullptr);
        outage.probe_ended(answer(2), at(when + i * 300));
    }
}

}  // namespace

TEST_CASE("Servers that never answered are in no outage") {
    Outage outage;
    outage.begin_asking(at(0));
    fail(outage, 1000, 1);
    CHECK(outage.take_probe(5, at(60000)) == nullptr);
    CHECK(outage.may_begin());
}

TEST_CASE("Failures in a row are doubted, and a question that was answered before settles it") {
    Outage outage;
    outage.take(answer(3), at(0));
    fail(outage, 31, 1);
    CHECK(outage.take_probe(5, at(2)) == nullptr);
    fail(outage, 1, 3);
    const Question* known = outage.take_probe(5, at(4));
    REQUIRE(known != nullptr);
    CHECK(known->name.to_text() == "1.113.0.203.in-addr.arpa");
    CHECK_FALSE(outage.may_begin());
    CHECK(outage.take_probe(5, at(5)) == nullptr);  // one at a time
    outage.probe_ended(answer(0), at(6));
    CHECK(outage.may_begin());
    CHECK_FALSE(outage.was_outage());
    CHECK_FALSE(outage.is_certain());
    fail(outage, 31, 7);
    CHECK(outage.take_probe(5, at(8)) == nullptr);
}

TEST_CASE("Where that fails, too, again and again, it is an outage until an answer comes") {
    for (const bool by_probe : {true, false}) {
        Outage outage;
        outage.take(answer(0), at(0));
        fail(outage, 32, 1);
        confirm(outage, 2);
        CHECK(outage.is_certain());
        CHECK_FALSE(outage.was_outage());
        CHECK(outage.why() == "SERVFAIL");
        CHECK_FALSE(outage.may_begin());
        CHECK(outage.next_probe(0) == at(602 + 250));  // also with nothing else to wait for
        if (by_probe) {
            REQUIRE(outage.take_probe(0, at(900)) != nullptr);
            outage.probe_ended(answer(0), at(901));
        } else {
            outage.take(answer(0), at(901));
        }
        CHECK(outage.may_begin());
        CHECK(outage.was_outage());
        CHECK_FALSE(outage.is_certain());
    }
}

TEST_CASE("A single lost question is no outage") {
    Outage outage;
    outage.take(answer(0), at(0));
    REQUIRE(outage.take_probe(5, at(300)) != nullptr);
    Answer silent;
    outage.probe_ended(silent, at(1300));
    CHECK_FALSE(outage.is_certain());
    CHECK(outage.why() == "no answer");
}

TEST_CASE("Silence is doubted only while something is asked, and less often where it is the zones'") {
    Outage outage;
    outage.take(answer(0), at(0));
    CHECK(outage.take_probe(0, at(10000)) == nullptr);
    CHECK_FALSE(outage.next_probe(0));
    outage.begin_asking(at(10000));
    CHECK(outage.next_probe(1) == at(10250));
    CHECK(outage.take_probe(1, at(10249)) == nullptr);
    int when = 10250;
    for (const int silence : {500, 1000, 2000, 2000}) {
        REQUIRE(outage.take_probe(1, at(when)) != nullptr);
        outage.probe_ended(answer(0), at(when));
        CHECK(outage.next_probe(1) == at(when + silence));
        when += silence;
    }
    outage.take(answer(0), at(when));
    CHECK(outage.next_probe(1) == at(when + 250));
}

TEST_CASE("After the limit nobody is waited for, until an answer comes, which is then the one to ask for") {
    Outage outage;
    outage.take(answer(0), at(0));
    fail(outage, 32, 1);
    confirm(outage, 2);
    CHECK(outage.take_probe(5, at(60002)) == nullptr);
    CHECK(outage.may_begin());
    CHECK_FALSE(outage.is_certain());
    fail(outage, 100, 60003);
    CHECK(outage.take_probe(5, at(70000)) == nullptr);
    outage.take(answer(0, "2.113.0.203.in-addr.arpa"), at(70001));
    fail(outage, 32, 70002);
    const Question* known = outage.take_probe(5, at(70003));
    REQUIRE(known != nullptr);
    CHECK(known->name.to_text() == "2.113.0.203.in-addr.arpa");
}

TEST_CASE("Servers to which there is no way are in no outage") {
    Outage outage;
    outage.take(answer(0), at(0));
    Answer unreachable;
    unreachable.outcome = Outcome::unreachable;
    for (int i = 0; i < 1000; ++i) outage.take(unreachable, at(i));
    CHECK(outage.may_begin());
    for (int when = 2000; when < 4000; when += 500) {
        REQUIRE(outage.take_probe(1, at(when)) != nullptr);
        outage.probe_ended(unreachable, at(when));
        CHECK(outage.may_begin());
        CHECK_FALSE(outage.was_outage());
    }
    fail(outage, 32, 5000);
    CHECK_FALSE(outage.may_begin());
    outage.set_aside(at(5001));
    CHECK(outage.may_begin());
}
