// SPDX-License-Identifier: MIT
// Shared answers: what forward questions came to, kept for their TTL within a run,
// because thousands of addresses may share one mail host's name. Bounded; time comes in.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <unordered_map>

#include "fcrdns/answer.hpp"

namespace fcrdns {

class SharedAnswers {
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    explicit SharedAnswers(std::size_t most) : most_(most) {}

    /// Keeps a definite answer to an A or AAAA question until its shortest TTL is over (RFC 2308 5 for absence).
    void keep(const Answer& answer, TimePoint now);
    /// The answer kept for the question, or null.
    const Answer* find(const Question& question, TimePoint now) const;

private:
    struct Kept {
        Answer answer;
        TimePoint until;
    };
    std::size_t most_;
    std::unordered_map<Question, Kept, QuestionHash> kept_;
    std::deque<Question> by_age_;
};

}  // namespace fcrdns
