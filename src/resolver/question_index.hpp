// SPDX-License-Identifier: MIT
// Question index: finds the places of a pool by the questions that stand there. The
// questions are kept nowhere else, their hashes are computed once, and places that
// come and go allocate nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <unordered_set>
#include <utility>
#include <vector>

#include "fcrdns/answer.hpp"

namespace fcrdns {

/// A question with its hash, by which it is looked for.
struct HashedQuestion {
    explicit HashedQuestion(const Question& asked) : question(asked), hash(QuestionHash()(asked)) {}

    const Question& question;
    std::size_t hash;
};

/// Of what stands at `pool[place]`, `asked()` is the question and `hash` its hash.
template <class Pool>
class QuestionIndex {
public:
    explicit QuestionIndex(const Pool& pool) : places_(0, Hash{&pool}, Equal{&pool}) {}

    std::optional<std::uint32_t> find(const HashedQuestion& question) const {
        const auto at = places_.find(question);
        return at == places_.end() ? std::nullopt : std::optional<std::uint32_t>(*at);
    }
    /// No other place may have this question.
    void insert(std::uint32_t place) {
        if (spare_.empty()) {
            places_.insert(place);
            return;
        }
        spare_.back().value() = place;
        places_.insert(std::move(spare_.back()));
        spare_.pop_back();
    }
    /// To be called while the question still stands there.
    void erase(std::uint32_t place) { spare_.push_back(places_.extract(place)); }

private:
    struct Hash {
        using is_transparent = void;
        const Pool* pool;
        std::size_t operator()(const HashedQuestion& question) const { return question.hash; }
        std::size_t operator()(std::uint32_t place) const { return (*pool)[place].hash; }
    };
    struct Equal {
        using is_transparent = void;
        const Pool* pool;
        bool operator()(std::uint32_t a, std::uint32_t b) const { return a == b; }
        bool operator()(std::uint32_t a, const HashedQuestion& b) const { return (*pool)[a].asked() == b.question; }
        bool operator()(const HashedQuestion& a, std::uint32_t b) const { return a.question == (*pool)[b].asked(); }
    };
    using Places = std::unordered_set<std::uint32_t, Hash, Equal>;

    Places places_;
    std::vector<typename Places::node_type> spare_;
};

}  // namespace fcrdns
