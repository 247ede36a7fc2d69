// SPDX-License-Identifier: MIT
#include "resolver/absence.hpp"

#include <algorithm>
#include <array>
#include <cerrno>

namespace fcrdns {
namespace {

// A connection that was made and then lost is none of these: the server is there.
constexpr std::array away_errors = {ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, ENETDOWN, EHOSTDOWN};

}  // namespace

bool Absence::heard(TimePoint now) {
    heard_ = now;
    given_up_ = false;
    const bool was_away = is_away();
    since_.reset();
    return was_away;
}

bool Absence::begins(TimePoint sent, int error, TimePoint now) {
    const bool gone = std::find(away_errors.begin(), away_errors.end(), error) != away_errors.end();
    // Who has answered others since then is not away.
    if (!gone || given_up_ || !heard_ || *heard_ > sent) return false;
    if (is_away()) return true;
    since_ = now;
    error_ = error;
    next_probe_ = now + between_probes;
    return true;
}

bool Absence::take_probe(TimePoint now) {
    if (!is_away() || now < next_probe_) return false;
    next_probe_ = now + between_probes;
    return true;
}

bool Absence::give_up(TimePoint now) {
    if (!is_away() || now < *since_ + limit) return false;
    since_.reset();
    given_up_ = true;
    return true;
}

}  // namespace fcrdns
