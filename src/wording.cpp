// SPDX-License-Identifier: MIT
#include "wording.hpp"

#include <fmt/format.h>

namespace fcrdns {

std::string failure_text(const Answer& answer) {
    std::string text;
    switch (answer.outcome) {
        case Outcome::timeout: text = "no answer"; break;
        case Outcome::unreachable: text = "unreachable"; break;
        case Outcome::malformed: text = "malformed answer"; break;
        case Outcome::referral: text = "referral instead of an answer"; break;
        default: text = unfound_text(answer);
    }
    if (text.empty()) text = rcode_text(answer.rcode.value_or(0));
    if (!answer.detail.empty()) text += " (" + printable(answer.detail) + ')';
    if (!answer.extended_errors.empty()) text += " (" + extended_error_text(answer.extended_errors.front().code) + ')';
    return text;
}

std::string unfound_text(const Answer& answer) {
    if (answer.outcome != Outcome::other || !answer.source || !answer.source->unfound) return {};
    const auto& [name, type] = *answer.source->unfound;
    return type == RecordType::ns ? fmt::format("the servers of {} were not found (no NS record)", name.to_text())
                                  : fmt::format("the zone of {} was not found (no SOA record)", name.to_text());
}

std::string server_text(const Endpoint& server) {
    return server.port == 53 ? server.ip.to_text() : server.to_text();
}

std::string duration_text(std::uint32_t seconds) {
    const auto two = [](std::uint32_t big, std::string_view big_unit, std::uint32_t small, std::string_view small_unit) {
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

std::string join_some(const std::vector<std::string>& items) {
    constexpr std::size_t shown = 3;
    if (items.size() > shown) {
        return fmt::format("{}, {}, {} and {} more", items[0], items[1], items[2], items.size() - shown);
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

}  // namespace fcrdns
