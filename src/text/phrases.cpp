// SPDX-License-Identifier: MIT
#include "text/phrases.hpp"

#include <fmt/format.h>

namespace fcrdns {

std::string duration_text(std::uint32_t seconds) {
    const auto two = [](std::uint32_t big, std::string_view big_unit, std::uint32_t small,
                        std::string_view small_unit) {
        return small == 0 ? fmt::format("{} {}", big, big_unit)
                          : fmt::format("{} {} {} {}", big, big_unit, small, small_unit);
    };
    if (seconds < 60) return fmt::format("{} s", seconds);
    if (seconds < 3600) return two(seconds / 60, "min", seconds % 60, "s");
    if (seconds < 2 * 86400) return two(seconds / 3600, "h", seconds / 60 % 60, "min");
    return two(seconds / 86400, "days", seconds / 3600 % 24, "h");
}

std::string count_text(std::size_t count, std::string_view one, std::string_view many) {
    return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string join_some(const std::vector<std::string>& items, std::size_t beyond) {
    constexpr std::size_t shown = 3;
    if (items.size() > shown) {
        return fmt::format("{}, {}, {} and {} more", items[0], items[1], items[2], items.size() - shown + beyond);
    }
    std::string text;
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (i != 0) text += i + 1 == items.size() ? " and " : ", ";
        text += items[i];
    }
    return text;
}

std::string joined(std::initializer_list<std::string_view> pieces) {
    std::string text;
    std::size_t size = 0;
    for (const std::string_view piece : pieces) size += piece.size();
    text.reserve(size);
    for (const std::string_view piece : pieces) text += piece;
    return text;
}

}  // namespace fcrdns
