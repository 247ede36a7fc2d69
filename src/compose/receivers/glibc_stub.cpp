// SPDX-License-Identifier: MIT
#include "compose/receivers/glibc_stub.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace fcrdns {
namespace {

std::optional<std::uint32_t> number(std::string_view text) {
    int base = 10;
    if (text.starts_with("0x") || text.starts_with("0X")) {
        base = 16;
        text.remove_prefix(2);
    } else if (text.size() > 1 && text.front() == '0') {
        base = 8;
    }
    std::uint32_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return value;
}

}  // namespace

StubResult stub_result(const Answer& answer) {
    switch (answer.outcome) {
        case Outcome::records: return StubResult::found;
        case Outcome::nodata:
        case Outcome::nxdomain: return StubResult::absent;
        case Outcome::not_sent:
        case Outcome::servfail:
        case Outcome::refused:
        case Outcome::notimp:
        case Outcome::timeout:
        case Outcome::unreachable:
        case Outcome::filtered: return StubResult::temporary;
        // Skipped like a refusal, but only when neither AA nor RA is set.
        case Outcome::referral: return answer.ra || answer.aa ? StubResult::absent : StubResult::temporary;
        case Outcome::formerr:
        case Outcome::malformed:
        case Outcome::other: return StubResult::permanent;
    }
    return StubResult::permanent;
}

bool stub_takes(const DnsName& name) {
    const std::string_view labels = name.labels();
    if (labels.size() > 1 && labels[1] == '-') return false;
    const auto labels_of_name = name.split();
    return std::all_of(labels_of_name.begin(), labels_of_name.end(), [](std::string_view label) {
        return std::all_of(label.begin(), label.end(),
                           [](char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '_'; });
    });
}

std::optional<IpAddress> number_address(std::string_view text) {
    std::uint32_t address = 0;
    for (unsigned octet = 0; octet < 4; ++octet) {
        const std::size_t dot = text.find('.');
        const auto value = number(text.substr(0, dot));
        if (!value) return std::nullopt;
        const unsigned free_bits = 32 - 8 * octet;
        if (dot == std::string_view::npos) {
            if (free_bits < 32 && *value >> free_bits != 0) return std::nullopt;
            address |= *value;
            const std::array<std::uint8_t, 4> bytes = {
                static_cast<std::uint8_t>(address >> 24), static_cast<std::uint8_t>(address >> 16),
                static_cast<std::uint8_t>(address >> 8), static_cast<std::uint8_t>(address)};
            return IpAddress::from_bytes(bytes);
        }
        if (*value > 255) return std::nullopt;
        address |= *value << (free_bits - 8);
        text.remove_prefix(dot + 1);
    }
    return std::nullopt;
}

bool all_numeric(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c) || c == '.'; });
}

std::string raw_text(const DnsName& name) {
    std::string text;
    for (const std::string_view label : name.split()) {
        if (!text.empty()) text += '.';
        text += label;
    }
    return text;
}

}  // namespace fcrdns
