// SPDX-License-Identifier: MIT
// Lookup: one question on its way, from ask() to its handlers, and how far it has come.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "fcrdns/resolver.hpp"
#include "resolver/attempt.hpp"
#include "resolver/cares_channel.hpp"
#include "resolver/window.hpp"

namespace fcrdns {

/// An attempt whose reply is still wanted.
struct Attempt {
    AttemptId id;
    CaresChannel* channel;
    std::size_t place;  // in the channel
    Way way;
};

/// Where a lookup stands; begins anew with each question.
struct LookupState {
    std::uint32_t number = 0;  ///< of the attempt whose time-out counts; a new one begins where another ends
    unsigned round = 0;
    std::size_t server = 0;
    unsigned tries = 0;
    bool open = false;
    bool queued = false;
    bool held = false;     ///< until the servers are back
    bool probing = false;  ///< whether any server is back
    bool in_flight = false;
    bool tcp = false;
    bool alone = false;  ///< its last attempt was lost without its own fault
    bool cut = false;    ///< this server's answer was too long for UDP
    bool plain = false;  ///< this server does not understand EDNS
    bool nothing_read = true;
    bool any_silent = false;
    bool pushed_back = false;
    bool reached = false;  ///< a server was, in this round
    Window::Stretch stretch = 0;
};

struct Lookup : LookupState {
    using TimePoint = std::chrono::steady_clock::time_point;

    Question question;
    Asked asked;                                 ///< on the wire: the end of the chain once that is asked on
    std::vector<ExtendedError> extended_errors;  ///< of the reply that complained of EDNS, as it seemed
    Resolver::Handler handler;
    std::vector<Resolver::Handler> more_handlers;  ///< of those who asked the same meanwhile
    std::uint32_t serial = 0;
    TimePoint first_sent;
    TimePoint last_sent;
    std::vector<Attempt> attempts;

    /// A place in the pool is used again, and with it the capacity of its lists.
    void start(const Question& wanted, Resolver::Handler&& wanted_by, std::uint32_t new_serial, bool by_tcp) {
        static_cast<LookupState&>(*this) = LookupState();
        question = asked.question = wanted;
        asked.walked.clear();
        handler = std::move(wanted_by);
        extended_errors.clear();
        more_handlers.clear();
        attempts.clear();
        serial = new_serial;
        open = queued = true;
        tcp = by_tcp;
    }
    /// Nobody waits for any attempt any more.
    void drop_attempts() {
        for (const Attempt& attempt : attempts) attempt.channel->drop(attempt.place, attempt.id);
        attempts.clear();
    }
};

/// When something is due for an attempt.
struct Timer {
    Lookup::TimePoint when;
    AttemptId id;
};

}  // namespace fcrdns
