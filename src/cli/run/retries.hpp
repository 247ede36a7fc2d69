// SPDX-License-Identifier: MIT
// Retries: the targets that do not pass yet and are checked again later (--wait).
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cli/parse/options.hpp"
#include "fcrdns/report.hpp"
#include "flow/target.hpp"

namespace fcrdns::cli {

/// A target that does not pass yet, its place in the output, and what its last round found.
struct Retry {
    InputItem item;
    std::uint64_t place;
    std::vector<Report> reports;
};

class Retries {
public:
    using Clock = std::chrono::steady_clock;

    Retries(const Options& options, Clock::time_point now)
        : options_(options), end_(now + options.wait.value_or(std::chrono::seconds(0))) {}

    /// Keeps the target for a later round, if one is called for, and gives the sentences to say about it; the
    /// reports are then moved from. Nothing when the reports are final.
    std::optional<std::vector<std::string>> put_off(const InputItem& item, std::uint64_t place,
                                                    std::vector<Report>& reports, Clock::time_point now);
    /// A target whose next round begins; nothing when all are later.
    std::optional<Retry> take(Clock::time_point now);
    /// When the next round begins.
    std::optional<Clock::time_point> next() const;
    /// How many are kept.
    std::size_t size() const { return retries_.size(); }
    /// Those still kept, in any order.
    std::vector<Retry> take_rest();

private:
    const Options& options_;
    Clock::time_point end_;
    bool warned_of_cache_ = false;
    std::multimap<Clock::time_point, Retry> retries_;
};

}  // namespace fcrdns::cli
