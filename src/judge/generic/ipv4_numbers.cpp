// SPDX-License-Identifier: MIT
// IPv4 addresses in names as one number: in hexadecimal, decimal or octal, in base 36 or
// 64, with letters for digits; and the number of an address within its pool.
#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

#include "judge/generic/address_forms.hpp"
#include "judge/generic/ipv4_octet.hpp"
#include "judge/generic/rules.hpp"

namespace fcrdns {
namespace {

std::uint64_t number_in_base(std::string_view digits, unsigned base) {
    std::uint64_t value = 0;
    for (const char c : digits) {
        const auto digit = static_cast<unsigned>(is_digit(c) ? c - '0' : c - 'a' + 10);
        if (digit >= base || value > UINT32_MAX) return UINT64_MAX;
        value = value * base + digit;
    }
    return value;
}

std::uint32_t as_number(const Octets& octets) {
    return octets[0] << 24U | octets[1] << 16U | octets[2] << 8U | octets[3];
}

void find_one_number(const NameParts& name, const Span& span, const Octets& octets, Clues& clues) {
    const std::string_view digits = name.text(span);
    const std::uint32_t address = as_number(octets);
    const std::uint32_t backwards = as_number({octets[3], octets[2], octets[1], octets[0]});
    if (digits.size() < 7 || digits.size() > 12) return;
    const std::uint64_t decimal = number_in_base(digits, 10);
    if (decimal == address || decimal == backwards) clues.add({span, &rules::decimal_address, weight::sure});
    if (number_in_base(digits, 8) == address) clues.add({span, &rules::octal_address, weight::sure});
}

void find_octal_groups(const NameParts& name, const Octets& octets, Clues& clues) {
    BoundedList<Span, 127> groups;
    for (const Token& token : name.tokens()) {
        if (token.is_number()) groups.add(token.span);
    }
    for (std::size_t i = 0; i + 4 <= groups.size(); ++i) {
        const auto is_octal = [&](std::size_t k) {
            return groups[i + k].size() <= 4 && number_in_base(name.text(groups[i + k]), 8) == octets[k];
        };
        if (!is_octal(0) || !is_octal(1) || !is_octal(2) || !is_octal(3)) continue;
        clues.add({{groups[i].begin, groups[i + 3].end}, &rules::octal_address, weight::sure});
    }
}

/// Digits written as letters: a for 0 to j for 9, three for each octet.
void find_lettered(const NameParts& name, const Span& span, const Octets& octets, Clues& clues) {
    const std::string_view letters = name.text(span);
    if (letters.size() != 12) return;
    for (std::size_t i = 0; i < 4; ++i) {
        unsigned value = 0;
        for (std::size_t k = 0; k < 3; ++k) {
            const char c = letters[3 * i + k];
            if (c < 'a' || c > 'j') return;
            value = value * 10 + static_cast<unsigned>(c - 'a');
        }
        if (value != octets[i]) return;
    }
    clues.add({span, &rules::lettered_address, weight::sure});
}

constexpr unsigned not_hex = 16;

unsigned hex_value(char c) {
    if (is_digit(c)) return static_cast<unsigned>(c - '0');
    return c >= 'a' && c <= 'f' ? static_cast<unsigned>(c - 'a') + 10 : not_hex;
}

std::uint32_t reverse_nibbles(std::uint32_t value) {
    std::uint32_t reversed = 0;
    for (unsigned i = 0; i < 8; ++i) reversed |= (value >> 4 * i & 15U) << (28 - 4 * i);
    return reversed;
}

/// The address in eight hexadecimal digits; a letter may stand directly before them (as in `c51471f2c`).
void find_hex(const NameParts& name, const Octets& octets, Clues& clues) {
    const std::string_view text = name.judged();
    const std::uint32_t address = as_number(octets);
    const std::uint32_t backwards = as_number({octets[3], octets[2], octets[1], octets[0]});
    std::uint32_t window = 0;
    std::size_t length = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const unsigned digit = hex_value(text[i]);
        length = digit == not_hex ? 0 : length + 1;
        window = window << 4U | (digit & 15U);
        if (length < 8 || (i + 1 < text.size() && hex_value(text[i + 1]) != not_hex)) continue;
        if (i >= 8 && is_digit(text[i - 8])) continue;
        const Span span{static_cast<std::uint8_t>(i - 7), static_cast<std::uint8_t>(i + 1)};
        if (window == address) clues.add({span, &rules::hex_address, weight::sure});
        if (window == backwards || window == reverse_nibbles(address)) {
            clues.add({span, &rules::reversed_hex_address, weight::sure});
        }
    }
}

/// An octet in one or two hexadecimal digits between separators, or two of a longer even run.
struct HexOctet {
    Span span;
    unsigned value;
    bool has_letter;
    bool begins_run;
    bool ends_run;
};

using HexOctets = BoundedList<HexOctet, 128>;

void add_hex_octets(const NameParts& name, const Span& run, HexOctets& octets) {
    const std::size_t size = run.size();
    const std::string_view text = name.text(run);
    if (!std::all_of(text.begin(), text.end(), is_hex_digit) || (size != 1 && size % 2 != 0)) return;
    const std::size_t width = size == 1 ? 1 : 2;
    for (std::size_t at = 0; at < size; at += width) {
        const std::string_view digits = text.substr(at, width);
        octets.add({{static_cast<std::uint8_t>(run.begin + at), static_cast<std::uint8_t>(run.begin + at + width)},
                    static_cast<unsigned>(number_in_base(digits, 16)),
                    std::any_of(digits.begin(), digits.end(), is_letter),
                    at == 0,
                    at + width == size});
    }
}

/// Four octets in hexadecimal that begin and end with runs, in any order: 02.1b.ce6d for 206.109.27.2.
bool is_whole_address(const HexOctets& octets, std::size_t at, Octets address) {
    if (!octets[at].begins_run || !octets[at + 3].ends_run) return false;
    Octets found{};
    for (std::size_t i = 0; i < 4; ++i) found[i] = octets[at + i].value;
    std::sort(found.begin(), found.end());
    std::sort(address.begin(), address.end());
    return found == address;
}

/// The address's octets in hexadecimal, apart from each other or spread over labels: cb.00.71.2d, h2d.r71.
void find_split_hex(const NameParts& name, const Octets& address, Clues& clues) {
    HexOctets octets;
    for_each_run(name, [&](std::size_t first, std::size_t end) {
        Span run{name.tokens()[first].span.begin, name.tokens()[end - 1].span.end};
        // One letter that is no digit may stand before them.
        if (run.size() > 1 && !is_hex_digit(name.text(run)[0])) ++run.begin;
        add_hex_octets(name, run, octets);
    });
    const auto equal = [&](std::size_t at, std::size_t count, std::size_t from, bool backwards) {
        if (!octets[at].begins_run || !octets[at + count - 1].ends_run) return false;
        bool letter = false;
        for (std::size_t i = 0; i < count; ++i) {
            const HexOctet& octet = octets[at + i];
            if (octet.value != address[backwards ? from + count - 1 - i : from + i]) return false;
            letter = letter || octet.has_letter;
        }
        return letter;
    };
    for (std::size_t count = 4; count >= 2; --count) {
        for (std::size_t at = 0; at + count <= octets.size(); ++at) {
            // The end of the address, or its network alone: c8b971, where the rest stands elsewhere.
            const std::size_t from = 4 - count;
            const bool backwards = equal(at, count, from, true) || (count == 3 && equal(at, count, 0, true));
            const bool forwards = equal(at, count, from, false) || (count == 3 && equal(at, count, 0, false)) ||
                                  (count == 4 && !backwards && is_whole_address(octets, at, address));
            if (!forwards && !backwards) continue;
            const Span span{octets[at].span.begin, octets[at + count - 1].span.end};
            // Two octets in one run are found by its number, and hexadecimal words of four letters are many.
            if (count == 2 && span.size() <= 4) continue;
            return clues.add({span, forwards ? &rules::hex_address : &rules::reversed_hex_address,
                              count == 2 ? weight::enough : weight::sure});
        }
    }
}

/// The low bits of the address, as many as the number has: a pool numbers its addresses from its first one.
bool is_address_end(std::uint64_t number, std::uint32_t address) {
    constexpr std::uint64_t too_likely_by_chance = 1024;
    if (number < too_likely_by_chance || number > UINT32_MAX) return false;
    const auto bits = static_cast<unsigned>(std::bit_width(number));  // an int only since LWG 3656
    return number == (address & (UINT64_MAX >> (64 - bits)));
}

void find_short_number(const NameParts& name, const Span& span, std::uint32_t address, Clues& clues) {
    const std::string_view text = name.text(span);
    if (text.size() < 3 || text.size() > 7) return;
    // Three or four letters are a number by chance too often to be more than a word.
    const bool is_short = text.size() < 5;
    if (is_short && std::none_of(text.begin(), text.end(), is_digit)) return;
    const int found = is_short ? weight::half : weight::enough;
    if (is_address_end(number_in_base(text, 16), address)) clues.add({span, &rules::hex_part, found});
    const bool letters = std::any_of(text.begin(), text.end(), is_letter);
    if (letters && is_address_end(number_in_base(text, 36), address)) clues.add({span, &rules::base36_address, found});
}

// Base 64 as RFC 4648 section 4 orders it; case is folded, since names have none.
bool is_base64(std::string_view text, std::uint32_t address, unsigned first_shift) {
    constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz0123456789-_";
    const std::uint64_t bits = static_cast<std::uint64_t>(address) << first_shift;
    for (std::size_t i = 0; i < 6; ++i) {
        if (text[i] != alphabet[bits >> (30 - 6 * i) & 63U]) return false;
    }
    return true;
}

void find_in_run(const NameParts& name, const Span& run, const Octets& octets, Clues& clues) {
    const std::uint32_t address = as_number(octets);
    find_short_number(name, run, address, clues);
    if (run.size() > 3 && is_letter(name.text(run)[0])) {
        find_short_number(name, {static_cast<std::uint8_t>(run.begin + 1), run.end}, address, clues);
    }
    // Six characters hold 36 bits: the address's 32 first (RFC 4648) or last (as a number).
    if (run.size() == 6 && (is_base64(name.text(run), address, 4) || is_base64(name.text(run), address, 0))) {
        clues.add({run, &rules::base64_address, weight::sure});
    }
}

}  // namespace

void find_ipv4_numbers(const NameParts& name, const IpAddress& address, Clues& clues) {
    const auto bytes = address.bytes();
    const Octets octets = {bytes[0], bytes[1], bytes[2], bytes[3]};
    for (const Token& token : name.tokens()) {
        if (token.is_number()) {
            find_one_number(name, token.span, octets, clues);
        } else {
            find_lettered(name, token.span, octets, clues);
        }
    }
    find_octal_groups(name, octets, clues);
    find_hex(name, octets, clues);
    find_split_hex(name, octets, clues);
    for_each_run(name, [&](std::size_t first, std::size_t end) {
        find_in_run(name, {name.tokens()[first].span.begin, name.tokens()[end - 1].span.end}, octets, clues);
    });
}

}  // namespace fcrdns
