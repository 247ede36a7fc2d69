// SPDX-License-Identifier: MIT
// RateLimit: how many queries may be sent in a second, by all the resolvers that share it.
#pragma once

#include <chrono>
#include <cstddef>

namespace fcrdns {

class RateLimit {
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    /// At most so many a second, at least one; what was not sent adds up to a fiftieth of that, at least one query.
    explicit RateLimit(std::size_t per_second, TimePoint now = std::chrono::steady_clock::now());
    /// To be called before what follows; a time before the last one changes nothing.
    void refill(TimePoint now);
    bool may_send() const { return queries_ >= 1.0; }
    void note_sent() { queries_ -= 1.0; }
    /// When may_send() becomes true.
    TimePoint next() const;

private:
    double per_second_;
    double most_;     // that may be sent at once
    double queries_;  // that may be sent now; less than none where attempts went out at once
    TimePoint refilled_;
};

}  // namespace fcrdns
