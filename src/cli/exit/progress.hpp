// SPDX-License-Identifier: MIT
// Progress: one line on a terminal's standard error that says how far a run is, from
// its second second on. Whoever else writes to that terminal erases it first.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "fcrdns/resolver.hpp"
#include "render/tally.hpp"

namespace fcrdns::cli {

/// How far a run is.
struct ProgressState {
    std::uint64_t done = 0;              ///< targets
    std::optional<std::uint64_t> total;  ///< nothing while a list is still to be read
    Tally tally;
    std::size_t put_off = 0;                      ///< with --wait, to be checked again
    std::string waits_for = {};                   ///< the server that has gone away; empty while all is well
    bool one_target = false;                      ///< no numbers are worth telling
    std::optional<PendingQuestion> pending = {};  ///< of one target, what is asked
};

/// "PTR of 203.0.113.1: 127.0.0.53 silent, try 2 of 3".
std::string pending_text(const PendingQuestion& pending);
/// "812 of 65536 done, 406/s, 2 min 39 s left, 97 failed"; `elapsed` is at least a second. Of one target "PTR of
/// 203.0.113.1: 127.0.0.53 silent, try 2 of 3", or nothing while nothing is asked.
std::string progress_text(const ProgressState& state, std::chrono::milliseconds elapsed);

class Progress {
public:
    using Clock = std::chrono::steady_clock;

    /// Lines of at most `columns`; none at all when that is zero.
    Progress(std::size_t columns, Clock::time_point now) : columns_(columns), begun_(now), next_(now + first_after) {}

    /// When show() has something to show next; nothing when it never will.
    std::optional<Clock::time_point> due() const;
    /// Draws the line anew if it is due.
    void show(const ProgressState& state, Clock::time_point now);
    /// Takes the line away.
    void erase();

private:
    static constexpr std::chrono::milliseconds first_after{1000};
    static constexpr std::chrono::milliseconds pause{200};

    std::size_t columns_;
    Clock::time_point begun_;
    Clock::time_point next_;
    bool shown_ = false;
};

}  // namespace fcrdns::cli
