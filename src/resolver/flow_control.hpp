// SPDX-License-Identifier: MIT
// Flow control: how many questions may be in flight. The window starts small, grows
// by one with each answer up to the first loss, slowly after, and halves on a loss.
// A loss is a question that a later try answers; one that no try answers says
// nothing about the path, unless most of the recent ones end so. Pure: time comes in.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace fcrdns {

class FlowControl {
public:
    using TimePoint = std::chrono::steady_clock::time_point;
    using Duration = std::chrono::steady_clock::duration;

    /// A window of at most `ceiling` questions, and beyond `calm` only on a long path: where the replies
    /// come slower the more there are, they stand in a queue, and a longer queue is no gain.
    FlowControl(std::size_t ceiling, std::size_t calm);

    std::size_t window() const { return static_cast<std::size_t>(window_); }
    /// After this time without an answer a question no longer loads the path: a few round trips.
    Duration patience() const;

    /// An answer to a first try came after `round_trip`.
    void answered(Duration round_trip);
    /// An answer came to a later try only: something was lost before.
    void lost(TimePoint now);
    /// No try was answered.
    void unanswered(TimePoint now);

private:
    void grow();
    void halve(TimePoint now);
    void remember(bool answered);

    bool path_is_long() const;

    double ceiling_;
    double calm_;
    double window_;
    double threshold_;
    Duration smoothed_{0};
    Duration shortest_{Duration::max()};
    TimePoint last_halved_{};
    double silence_ = 0;  // the share of unanswered ones among the recent questions
};

}  // namespace fcrdns
