// SPDX-License-Identifier: MIT
#include "cli/run/retries.hpp"

#include <fmt/format.h>

#include <utility>

#include "cli/run/wait_plan.hpp"
#include "text/phrases.hpp"

namespace fcrdns::cli {

std::optional<std::vector<std::string>> Retries::put_off(const InputItem& item, std::uint64_t place,
                                                         std::vector<Report>& reports, Clock::time_point now) {
    if (!options_.wait || is_satisfied(reports, options_.strict)) return std::nullopt;
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end_ - now);
    const auto ttl = obstacle_ttl(reports);
    const auto pause = next_pause(ttl, left);
    if (!pause) return std::nullopt;
    std::vector<std::string> sentences;
    if (!options_.quiet) {
        const bool kept_longer = ttl && std::chrono::seconds(*ttl) > *options_.wait;
        if (kept_longer && !options_.direct && !std::exchange(warned_of_cache_, true)) {
            sentences.push_back(fmt::format(
                "the resolver keeps what it has for another {}, longer than --wait; to ask the zones' own servers "
                "instead, add --direct",
                duration_text(*ttl)));
        }
        sentences.push_back(waiting_sentence(reports, options_.strict, *pause, left));
    }
    retries_.emplace(now + *pause, Retry{item, place, std::move(reports)});
    return sentences;
}

std::optional<Retry> Retries::take(Clock::time_point now) {
    if (retries_.empty() || retries_.begin()->first > now) return std::nullopt;
    return std::move(retries_.extract(retries_.begin()).mapped());
}

std::optional<Retries::Clock::time_point> Retries::next() const {
    return retries_.empty() ? std::nullopt : std::optional(retries_.begin()->first);
}

std::vector<Retry> Retries::take_rest() {
    std::vector<Retry> rest;
    for (auto& [when, retry] : retries_) rest.push_back(std::move(retry));
    retries_.clear();
    return rest;
}

}  // namespace fcrdns::cli
