// SPDX-License-Identifier: MIT
// FirstFew: of texts that come in any order, the few with the lowest rank and then
// the lowest place, so that a summary is the same however the answers arrived.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace fcrdns::cli {

class FirstFew {
public:
    explicit FirstFew(std::size_t most) : most_(most) {}

    void add(unsigned rank, std::uint64_t place, std::string text) {
        ++count_;
        kept_.emplace(std::pair(rank, place), std::move(text));
        if (kept_.size() > most_) kept_.erase(std::prev(kept_.end()));
    }
    /// How many were added.
    std::size_t count() const { return count_; }
    /// Those kept, in their order.
    std::vector<std::string> texts() const {
        std::vector<std::string> texts;
        for (const auto& [order, text] : kept_) texts.push_back(text);
        return texts;
    }

private:
    std::size_t most_;
    std::size_t count_ = 0;
    std::multimap<std::pair<unsigned, std::uint64_t>, std::string> kept_;
};

}  // namespace fcrdns::cli
