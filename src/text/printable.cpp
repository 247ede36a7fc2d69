// SPDX-License-Identifier: MIT
#include "text/printable.hpp"

#include <fmt/format.h>

namespace fcrdns {

std::string printable(std::string_view octets) {
    std::string text;
    text.reserve(octets.size());
    char before = '\0';
    for (const char c : octets) {
        const bool opens_command = c == '#' && before == '#';
        before = c;
        if (c >= ' ' && c <= '~' && c != '\\' && !opens_command) {
            text += c;
        } else {
            text += fmt::format("\\{:03}", static_cast<unsigned char>(c));
        }
    }
    return text;
}

std::string quoted_input(std::string_view octets) {
    constexpr std::size_t longest = 80;
    if (octets.size() <= longest) return printable(octets);
    return printable(octets.substr(0, longest)) + "...";
}

std::string_view without_outer_blanks(std::string_view text) {
    constexpr std::string_view blanks = " \t\r\n";
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

}  // namespace fcrdns
