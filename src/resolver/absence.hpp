// SPDX-License-Identifier: MIT
// Absence: whether the servers have gone away in the middle of a run, as while a resolver
// is restarted: they did answer, and now their port is refused or no way leads to them.
// Then a list waits for them, trying now and then, up to a limit. Pure: time comes in.
#pragma once

#include <chrono>
#include <optional>

namespace fcrdns {

class Absence {
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    static constexpr std::chrono::seconds limit{60};
    static constexpr std::chrono::milliseconds between_probes{250};

    /// A reply came; true when this ends an absence.
    bool heard(TimePoint now);
    /// No server could be reached for a question sent at `sent`, by the system's word `error`; true when that is no
    /// fault of the question, which is to wait.
    bool begins(TimePoint sent, int error, TimePoint now);
    bool is_away() const { return since_.has_value(); }
    /// True from the end of the limit until a reply comes.
    bool is_given_up() const { return given_up_; }
    int error() const { return error_; }
    /// True when a question may go out to see whether they are back; the next one later.
    bool take_probe(TimePoint now);
    TimePoint next_probe() const { return next_probe_; }
    /// True, once, when the limit is over: nobody is waited for until a reply comes.
    bool give_up(TimePoint now);

private:
    std::optional<TimePoint> heard_;
    std::optional<TimePoint> since_;
    TimePoint next_probe_{};
    int error_ = 0;
    bool given_up_ = false;
};

}  // namespace fcrdns
