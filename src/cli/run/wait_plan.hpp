// SPDX-License-Identifier: MIT
// Waiting: when to check again what does not pass yet (--wait). Pure: time comes in
// as a value, so that a test can let it pass.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "fcrdns/report.hpp"

namespace fcrdns::cli {

/// True when nothing is left to wait for: every report passes (with `strict`: without warnings) or is no target.
bool is_satisfied(std::span<const Report> reports, bool strict);

/// How long the caches that were asked keep what stands in the way, in seconds; none where they do not say.
std::optional<std::uint32_t> obstacle_ttl(std::span<const Report> reports);

/// The pause before the next round: the TTL left, but 5 s to 60 s, and not beyond what is left of the
/// waiting; none when no time is left.
std::optional<std::chrono::milliseconds> next_pause(std::optional<std::uint32_t> ttl, std::chrono::milliseconds left);

/// "203.0.113.1: no PTR record; checking again in 40 s, for at most 9 min more".
std::string waiting_sentence(std::span<const Report> reports, bool strict, std::chrono::milliseconds pause,
                             std::chrono::milliseconds left);

}  // namespace fcrdns::cli
