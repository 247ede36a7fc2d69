// SPDX-License-Identifier: MIT
// IPv6 address forms: nibbles in both orders, groups with the compression expanded,
// the network half or the host half alone.
#include <algorithm>
#include <array>
#include <string_view>

#include "judge/generic/address_forms.hpp"
#include "judge/generic/rules.hpp"

namespace fcrdns {
namespace {

using Groups = std::array<unsigned, 8>;

bool is_separator(char c) {
    return c == '-' || c == '.' || c == '_';
}

/// The name's hexadecimal digits without the separators between them, and where each one stands.
struct Nibbles {
    std::array<char, 256> digits;
    std::array<std::uint8_t, 256> at;
    std::size_t size = 0;

    std::string_view text() const { return {digits.data(), size}; }
    Span span(std::size_t begin, std::size_t length) const {
        return {at[begin], static_cast<std::uint8_t>(at[begin + length - 1] + 1)};
    }
};

Nibbles nibbles_of(std::string_view text) {
    Nibbles nibbles;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (is_separator(text[i])) continue;
        nibbles.digits[nibbles.size] = text[i];
        nibbles.at[nibbles.size++] = static_cast<std::uint8_t>(i);
    }
    return nibbles;
}

bool find_nibbles(const Nibbles& nibbles, std::string_view digits, const GenericRule& rule, int found, Clues& clues) {
    // A half of zeros, or nearly so, is no sign of any address.
    if (digits.size() - static_cast<std::size_t>(std::count(digits.begin(), digits.end(), '0')) < 4) return false;
    const std::size_t at = nibbles.text().find(digits);
    if (at == std::string_view::npos) return false;
    clues.add({nibbles.span(at, digits.size()), &rule, found});
    return true;
}

/// The 32 nibbles forwards and backwards.
struct NibbleText {
    std::array<char, 32> forwards;
    std::array<char, 32> backwards;

    explicit NibbleText(std::span<const std::uint8_t> bytes) {
        constexpr std::string_view alphabet = "0123456789abcdef";
        for (std::size_t i = 0; i < 16; ++i) {
            forwards[2 * i] = alphabet[bytes[i] / 16U];
            forwards[2 * i + 1] = alphabet[bytes[i] % 16U];
        }
        std::reverse_copy(forwards.begin(), forwards.end(), backwards.begin());
    }
};

bool find_whole_nibbles(const Nibbles& nibbles, const NibbleText& address, Clues& clues) {
    return find_nibbles(nibbles, {address.forwards.data(), 32}, rules::full_address, weight::sure, clues) ||
           find_nibbles(nibbles, {address.backwards.data(), 32}, rules::full_address, weight::sure, clues);
}

void find_half_nibbles(const Nibbles& nibbles, const NibbleText& address, Clues& clues) {
    find_nibbles(nibbles, {address.forwards.data(), 16}, rules::ipv6_prefix, weight::sure, clues);
    find_nibbles(nibbles, {address.forwards.data() + 16, 16}, rules::ipv6_interface, weight::sure, clues);
    find_nibbles(nibbles, {address.backwards.data(), 16}, rules::ipv6_interface, weight::sure, clues);
    find_nibbles(nibbles, {address.backwards.data() + 16, 16}, rules::ipv6_prefix, weight::sure, clues);
}

struct Group {
    Span span;
    unsigned value;
};

using GroupList = BoundedList<Group, 128>;

/// Every run of one to four hexadecimal digits.
GroupList groups_of(std::string_view text) {
    GroupList groups;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned value = 0;
        const std::size_t begin = i;
        for (; i < text.size() && is_hex_digit(text[i]); ++i) {
            value =
                (value << 4U | static_cast<unsigned>(is_digit(text[i]) ? text[i] - '0' : text[i] - 'a' + 10)) & 0xffffU;
        }
        if (i == begin || i - begin > 4) continue;
        groups.add({{static_cast<std::uint8_t>(begin), static_cast<std::uint8_t>(i)}, value});
    }
    return groups;
}

/// How many groups of the name from `at` on equal those of the address from `from` on.
std::size_t common_length(const GroupList& groups, std::size_t at, const Groups& address, std::size_t from) {
    std::size_t length = 0;
    while (at + length < groups.size() && from + length < 8 && groups[at + length].value == address[from + length]) {
        ++length;
    }
    return length;
}

/// True when only zeros lie between the groups that `head` and `tail` groups show.
bool hides_zeros(const Groups& address, std::size_t head, std::size_t tail) {
    return head + tail < 8 &&
           std::all_of(address.begin() + static_cast<std::ptrdiff_t>(head),
                       address.end() - static_cast<std::ptrdiff_t>(tail), [](unsigned group) { return group == 0; });
}

void find_groups(const NameParts& name, const Groups& address, Clues& clues) {
    const GroupList groups = groups_of(name.judged());
    Groups reversed{};
    std::reverse_copy(address.begin(), address.end(), reversed.begin());
    const auto add = [&](std::size_t at, std::size_t length, const GenericRule& rule, int found) {
        clues.add({{groups[at].span.begin, groups[at + length - 1].span.end}, &rule, found});
    };
    for (std::size_t at = 0; at < groups.size(); ++at) {
        const std::size_t head = common_length(groups, at, address, 0);
        if (head == 8 || common_length(groups, at, reversed, 0) == 8)
            return add(at, 8, rules::full_address, weight::sure);
        for (std::size_t tail = 4; head >= 2 && tail > 0; --tail) {
            // 2001-db8--1 stands for 2001:db8::1.
            if (at + head + tail > groups.size() || !hides_zeros(address, head, tail)) continue;
            if (common_length(groups, at + head, address, 8 - tail) != tail) continue;
            return add(at, head + tail, rules::full_address, weight::sure);
        }
        if (head >= 4) return add(at, head, rules::ipv6_prefix, weight::sure);
        if (head >= 2) add(at, head, rules::ipv6_part, head == 3 ? weight::enough : weight::half);
        if (groups[at].span.size() >= 3 && common_length(groups, at, address, 4) == 4) {
            return add(at, 4, rules::ipv6_interface, weight::sure);
        }
        if (groups[at].span.size() >= 3 && common_length(groups, at, address, 6) == 2) {
            add(at, 2, rules::ipv6_part, weight::half);
        }
    }
}

// Before a 6, these say "an IPv6 address": ip6, ipv6, v6, inet6, dyn6, in-v6.
constexpr std::array<std::string_view, 8> ipv6_words = {"dyn", "dynv", "in", "inet", "ip", "ipv", "n", "v"};

bool ends_ipv6_word(const NameParts& name, const Token& word, const Token& number) {
    return word.label > 0 && name.in_host(word) && number.span.begin == word.span.end &&
           name.text(number.span) == "6" &&
           std::binary_search(ipv6_words.begin(), ipv6_words.end(), name.text(word.span));
}

}  // namespace

void find_ipv6_label(const NameParts& name, Clues& clues) {
    // resolver1 and web-02 are words with a number; codes change between letters and digits more often.
    constexpr std::size_t least_tokens = 4;
    const auto& tokens = name.tokens();
    if (tokens.size() < least_tokens || tokens[least_tokens - 1].label != 0) return;
    for (std::size_t i = 1; i < tokens.size(); ++i) {
        if (!ends_ipv6_word(name, tokens[i - 1], tokens[i])) continue;
        return clues.add({name.label(0), &rules::machine_identifier, weight::enough});
    }
}

void find_ipv6_forms(const NameParts& name, const IpAddress& address, Clues& clues) {
    const auto bytes = address.bytes();
    const NibbleText text(bytes);
    const Nibbles nibbles = nibbles_of(name.judged());
    if (find_whole_nibbles(nibbles, text, clues)) return;
    Groups groups{};
    for (std::size_t i = 0; i < 8; ++i) groups[i] = bytes[2 * i] * 256U + bytes[2 * i + 1];
    find_groups(name, groups, clues);
    if (clues.empty()) find_half_nibbles(nibbles, text, clues);
}

}  // namespace fcrdns
