// SPDX-License-Identifier: MIT
// Expiries: when the work on each target ends even if answers are still missing, in
// order of time. Targets that finished earlier are dropped before there are many of
// them, so that a list of any length takes little memory.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>

namespace fcrdns::cli {

struct Expiry {
    std::chrono::steady_clock::time_point when;
    std::uint32_t slot;
    std::uint64_t start;  ///< which use of the slot is meant
};

class Expiries {
public:
    /// Adds one that is not earlier than those before it; `runs` tells whether the target of an Expiry is still
    /// worked on.
    template <class Runs>
    void add(const Expiry& expiry, Runs runs) {
        if (list_.size() >= purge_at_) {
            std::erase_if(list_, [&](const Expiry& old) { return !runs(old); });
            purge_at_ = std::max<std::size_t>(fewest_to_purge, 2 * list_.size());
        }
        list_.push_back(expiry);
    }
    /// The next that has come; nothing when all are later.
    std::optional<Expiry> take(std::chrono::steady_clock::time_point now) {
        if (list_.empty() || list_.front().when > now) return std::nullopt;
        const Expiry expiry = list_.front();
        list_.pop_front();
        return expiry;
    }
    /// When the next one comes.
    std::optional<std::chrono::steady_clock::time_point> next() const {
        return list_.empty() ? std::nullopt : std::optional(list_.front().when);
    }
    /// How many are kept.
    std::size_t size() const { return list_.size(); }

private:
    static constexpr std::size_t fewest_to_purge = 1024;

    std::deque<Expiry> list_;
    std::size_t purge_at_ = fewest_to_purge;
};

}  // namespace fcrdns::cli
