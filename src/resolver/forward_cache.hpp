// SPDX-License-Identifier: MIT
// Forward cache: what forward questions came to, kept for their TTL within a run,
// because thousands of addresses may share one mail host's name. Bounded in answers and
// in records; time comes in.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <unordered_map>

#include "fcrdns/answer.hpp"

namespace fcrdns {

class ForwardCache {
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    /// At most so many answers; those of many records count as several.
    explicit ForwardCache(std::size_t most) : most_(most) {}

    /// Keeps a definite answer to an A or AAAA question until its shortest TTL is over (RFC 2308 5 for absence).
    void keep(const Answer& answer, TimePoint now);
    /// The answer kept for the question, or null.
    const Answer* find(const Question& question, TimePoint now) const;

private:
    struct Kept {
        Answer answer;
        TimePoint until;
    };

    static std::size_t weight_of(const Answer& answer);
    void drop_oldest();

    std::size_t most_;
    std::size_t weight_ = 0;
    std::unordered_map<Question, Kept, QuestionHash> kept_;
    std::deque<const Question*> by_age_;  // the keys of the map, the oldest first
};

}  // namespace fcrdns
