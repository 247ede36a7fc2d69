// SPDX-License-Identifier: MIT
// Absence: when servers count as gone away, for how long they are waited for, and when
// they are back.
#include "resolver/absence.hpp"

#include <cerrno>

#include "catch.hpp"

using namespace fcrdns;
using std::chrono::milliseconds;

namespace {

Absence::TimePoint at(int ms) {
    return Absence::TimePoint(std::chrono::hours(1)) + milliseconds(ms);
}

}  // namespace

TEST_CASE("Servers that never answered are not waited for") {
    Absence absence;
    CHECK_FALSE(absence.begins(at(0), ECONNREFUSED, at(1)));
    CHECK_FALSE(absence.is_away());
}

TEST_CASE("Servers that answered and are refused now are away until a reply comes") {
    Absence absence;
    CHECK_FALSE(absence.heard(at(0)));
    CHECK(absence.begins(at(10), ECONNREFUSED, at(11)));
    CHECK(absence.is_away());
    CHECK(absence.error() == ECONNREFUSED);
    CHECK(absence.begins(at(12), ECONNREFUSED, at(13)));
    CHECK(absence.heard(at(3000)));
    CHECK_FALSE(absence.is_away());
}

TEST_CASE("Who has answered another question since is not away, and a connection that was lost says nothing") {
    Absence absence;
    (void)absence.heard(at(100));
    CHECK_FALSE(absence.begins(at(50), ECONNREFUSED, at(101)));
    CHECK_FALSE(absence.begins(at(101), ECONNRESET, at(102)));
    CHECK_FALSE(absence.begins(at(101), 0, at(102)));
}

TEST_CASE("Now and then a question goes out to see whether they are back") {
    Absence absence;
    CHECK_FALSE(absence.take_probe(at(0)));
    (void)absence.heard(at(0));
    (void)absence.begins(at(10), ENETUNREACH, at(11));
    CHECK_FALSE(absence.take_probe(at(12)));
    CHECK(absence.take_probe(at(11) + Absence::between_probes));
    CHECK_FALSE(absence.take_probe(at(12) + Absence::between_probes));
    CHECK(absence.take_probe(at(11) + 2 * Absence::between_probes));
}

TEST_CASE("After the limit nobody is waited for, until a reply comes") {
    Absence absence;
    (void)absence.heard(at(0));
    (void)absence.begins(at(10), ECONNREFUSED, at(11));
    // The limit counts from when they went away.
    (void)absence.begins(at(12), ECONNREFUSED, at(13));
    CHECK_FALSE(absence.give_up(at(10) + Absence::limit));
    CHECK_FALSE(absence.is_given_up());
    CHECK(absence.give_up(at(11) + Absence::limit));
    CHECK_FALSE(absence.is_away());
    CHECK(absence.is_given_up());
    CHECK_FALSE(absence.begins(at(12) + Absence::limit, ECONNREFUSED, at(13) + Absence::limit));
    (void)absence.heard(at(20) + Absence::limit);
    CHECK_FALSE(absence.is_given_up());
    CHECK(absence.begins(at(21) + Absence::limit, ECONNREFUSED, at(22) + Absence::limit));
}
