// SPDX-License-Identifier: MIT
#include "judge/reverse_target.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "fcrdns/verdict.hpp"

namespace fcrdns {
namespace {

// One nibble; or an octet, or a part of a block as RFC 2317 names it: 25, 0-63, 0/26. Not the "de" of a domain.
bool is_reverse_label(std::string_view label, bool ipv6) {
    const auto is_hex = [](char c) { return is_digit(c) || (to_lower(c) >= 'a' && to_lower(c) <= 'f'); };
    if (ipv6) return label.size() == 1 && is_hex(label.front());
    return is_digit(label.front()) &&
           std::all_of(label.begin(), label.end(), [](char c) { return is_digit(c) || c == '-' || c == '/'; });
}

}  // namespace

std::optional<DnsName> without_reverse_suffix(const DnsName& name) {
    std::vector<std::string_view> labels = name.split();
    if (labels.size() < 2) return std::nullopt;
    const bool ipv6 = labels[labels.size() - 2].size() == 3;  // ip6, not in-addr
    labels.resize(labels.size() - 2);
    while (!labels.empty() && is_reverse_label(labels.back(), ipv6)) labels.pop_back();
    if (labels.empty()) return std::nullopt;
    std::string wire;
    for (const std::string_view label : labels) {
        wire += static_cast<char>(label.size());
        wire += label;
    }
    wire += '\0';
    return DnsName::from_wire({reinterpret_cast<const std::uint8_t*>(wire.data()), wire.size()});
}

bool is_reverse_placeholder(const DnsName& name) {
    return looks_relative(name) && !without_reverse_suffix(name);
}

}  // namespace fcrdns
