// SPDX-License-Identifier: MIT
// Phrases: durations, counts and enumerations, written the same way in every sentence.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace fcrdns {

/// "40 s", "8 min 20 s", "10 min", "2 h 5 min", "3 days".
std::string duration_text(std::uint32_t seconds);
/// "1 name", "12 names".
std::string count_text(std::size_t count, std::string_view one, std::string_view many);
/// "a", "a and b", "a, b and c", "a, b, c and 4 more", which are those that are not shown and those `beyond`.
std::string join_some(const std::vector<std::string>& items, std::size_t beyond = 0);
/// The pieces one after the other: for what every record of a list says, where formatting would take longer.
std::string joined(std::initializer_list<std::string_view> pieces);

}  // namespace fcrdns
