// SPDX-License-Identifier: MIT
#include "cli/parse/number.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "fcrdns/dns_name.hpp"

namespace fcrdns::cli {
namespace {

template <class Number>
std::optional<Number> read(std::string_view word) {
    Number number{};
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (error != std::errc() || end != word.data() + word.size()) return std::nullopt;
    return number;
}

}  // namespace

std::optional<std::uint64_t> parse_count(std::string_view word, std::uint64_t smallest, std::uint64_t largest) {
    if (word.empty() || !std::all_of(word.begin(), word.end(), is_digit)) return std::nullopt;
    const auto number = read<std::uint64_t>(word);
    if (!number || *number < smallest || *number > largest) return std::nullopt;
    return number;
}

std::optional<std::chrono::milliseconds> parse_seconds(std::string_view word, double smallest, double largest) {
    const bool decimal = std::all_of(word.begin(), word.end(), [](char c) { return is_digit(c) || c == '.'; });
    if (word.empty() || !decimal) return std::nullopt;
    const auto seconds = read<double>(word);
    if (!seconds || *seconds < smallest || *seconds > largest) return std::nullopt;
    return std::chrono::milliseconds(std::llround(*seconds * 1000));
}

std::optional<std::chrono::seconds> parse_duration(std::string_view word) {
    std::uint64_t unit = 1;
    if (!word.empty() && !is_digit(word.back())) {
        unit = word.back() == 's' ? 1 : word.back() == 'm' ? 60 : word.back() == 'h' ? 3600 : 0;
        word.remove_suffix(1);
    }
    constexpr std::uint64_t week = std::uint64_t{7} * 24 * 3600;
    const auto count = parse_count(word, 1, week);
    if (!count || unit == 0 || *count * unit > week) return std::nullopt;
    return std::chrono::seconds(*count * unit);
}

}  // namespace fcrdns::cli
