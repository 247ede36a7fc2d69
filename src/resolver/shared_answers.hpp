// SPDX-License-Identifier: MIT
// Shared answers: what forward questions came to, kept for their TTL within a run,
// because thousands of addresses may share one mail host's name. Bounded; time comes in.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>

#include "fcrdns/answer.hpp"
#include "resolver/question_index.hpp"

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
        std::size_t hash;
        TimePoint until;

        const Question& asked() const { return answer.question; }
    };
    std::size_t most_;
    std::deque<Kept> kept_;
    QuestionIndex<std::deque<Kept>> places_{kept_};
    std::uint32_t oldest_ = 0;  // once all places are taken, the one that is taken next
};

}  // namespace fcrdns
