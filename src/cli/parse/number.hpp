// SPDX-License-Identifier: MIT
// Numbers on the command line, read strictly: nothing but the digits of a number
// in its range, whatever the locale.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

namespace fcrdns::cli {

/// The whole number that `word` is, or nothing when it is none or out of range.
std::optional<std::uint64_t> parse_count(std::string_view word, std::uint64_t smallest, std::uint64_t largest);
/// The seconds that `word` is, such as "2" or "0.5", to the millisecond; nothing when out of range.
std::optional<std::chrono::milliseconds> parse_seconds(std::string_view word, double smallest, double largest);
/// The time that `30`, `90s`, `10m` or `2h` names, from one second to a week; else nothing.
std::optional<std::chrono::seconds> parse_duration(std::string_view word);

}  // namespace fcrdns::cli
