// SPDX-License-Identifier: MIT
// Outage: whether servers that did answer in this run answer nothing any more: by silence, or by failures of whatever
// they are asked. Zones may be silent or broken, too, by the thousand: so a question that was answered before tells
// them apart. While it is open nothing new is begun, and while that fails, too, a list waits, up to the limit of an
// absence. Pure: time comes in.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

#include "fcrdns/answer.hpp"

namespace fcrdns {

class Outage {
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    /// What became of a question.
    void take(const Answer& answer, TimePoint now);
    /// The first question after a time without any goes out.
    void begin_asking(TimePoint now) { heard_ = now; }
    /// The question to ask once more, when that is due and `open` questions wait for an answer.
    const Question* take_probe(std::size_t open, TimePoint now);
    /// What became of that.
    void probe_ended(const Answer& answer, TimePoint now);
    /// There is no way to the servers, or none to ask them once more: that is an absence, or nothing to wait for.
    void set_aside(TimePoint now);
    /// False while it is not known whether anything would be answered.
    bool may_begin() const { return !doubted_since_; }
    /// True once it is certain that they are away.
    bool is_certain() const { return doubted_since_ && failed_probes_ >= failures_to_tell; }
    /// True when the last doubt was one for a reason: who failed meanwhile may ask again.
    bool was_outage() const { return was_outage_; }
    /// What came instead of an answer: "SERVFAIL", "no answer", …
    const std::string& why() const { return why_; }
    /// When that may be due next; nothing while its answer is waited for.
    std::optional<TimePoint> next_probe(std::size_t open) const;

private:
    void all_is_well(TimePoint now);
    void doubt(TimePoint now);

    static constexpr std::chrono::milliseconds shortest_silence{250};
    static constexpr std::chrono::milliseconds longest_silence{2000};
    static constexpr unsigned failures_to_doubt = 32;
    static constexpr unsigned failures_to_tell = 3;

    std::optional<Question> known_;
    TimePoint heard_{};
    std::chrono::milliseconds silence_ = shortest_silence;  // after which it is doubted
    unsigned failures_ = 0;                                 // in a row
    std::optional<TimePoint> doubted_since_;
    TimePoint next_probe_{};
    bool probing_ = false;
    unsigned failed_probes_ = 0;
    std::string why_;
    bool was_outage_ = false;
    bool given_up_ = false;
};

}  // namespace fcrdns
