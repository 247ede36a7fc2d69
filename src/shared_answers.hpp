// SPDX-License-Identifier: MIT
// Shared answers: what forward questions came to, kept for their TTL within a run,
// because thousands of addresses may share one mail host's name. Bounded; time comes in.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <unordered_set>

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
    // Kept answers are found by their questions, which stand there and nowhere else.
    struct Hash {
        using is_transparent = void;
        const std::deque<Kept>* kept;
        std::size_t operator()(const Question& question) const { return QuestionHash()(question); }
        std::size_t operator()(std::uint32_t place) const { return QuestionHash()((*kept)[place].answer.question); }
    };
    struct Equal {
        using is_transparent = void;
        const std::deque<Kept>* kept;
        bool operator()(std::uint32_t a, std::uint32_t b) const { return a == b; }
        bool operator()(std::uint32_t a, const Question& b) const { return (*kept)[a].answer.question == b; }
        bool operator()(const Question& a, std::uint32_t b) const { return a == (*kept)[b].answer.question; }
    };
    std::deque<Kept> kept_;
    std::unordered_set<std::uint32_t, Hash, Equal> places_{0, Hash{&kept_}, Equal{&kept_}};
    std::uint32_t oldest_ = 0;  // once all places are taken, the one that is taken next
};

}  // namespace fcrdns
