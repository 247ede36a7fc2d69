// SPDX-License-Identifier: MIT
// IPv4 address forms, and the shape of one where the address is unknown or another.
#include "generic/address_forms.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <optional>

#include "generic/rules.hpp"

namespace fcrdns {
namespace {

using Octets = std::array<unsigned, 4>;

/// A number of the name that can stand for an octet: one to three digits, at most 255.
struct Number {
    Span span;
    unsigned value;
    std::uint8_t place;  ///< among all numbers, so that neighbours are known
};

using Numbers = BoundedList<Number, 127>;

std::optional<unsigned> octet_value(std::string_view digits) {
    if (digits.size() > 3) return std::nullopt;
    unsigned value = 0;
    for (const char c : digits) value = value * 10 + static_cast<unsigned>(c - '0');
    if (value > 255) return std::nullopt;
    return value;
}

Numbers octet_like_numbers(const NameParts& name) {
    Numbers numbers;
    std::uint8_t place = 0;
    for (const Token& token : name.tokens()) {
        if (!token.is_number()) continue;
        if (const auto value = octet_value(name.text(token.span))) numbers.add({token.span, *value, place});
        ++place;
    }
    return numbers;
}

/// `length` numbers beginning at `first` that have no other number between them.
bool are_neighbours(const Numbers& numbers, std::size_t first, std::size_t length) {
    return first + length <= numbers.size() &&
           numbers[first + length - 1].place - numbers[first].place == static_cast<int>(length) - 1;
}

Span span_of(const Numbers& numbers, std::size_t first, std::size_t length) {
    return {numbers[first].span.begin, numbers[first + length - 1].span.end};
}

// Any order counts: providers write addresses forwards, backwards and rotated, and four equal numbers are no chance.
bool is_whole_address(const Numbers& numbers, std::size_t first, const Octets& octets) {
    Octets found{};
    for (std::size_t i = 0; i < 4; ++i) found[i] = numbers[first + i].value;
    Octets wanted = octets;
    std::sort(found.begin(), found.end());
    std::sort(wanted.begin(), wanted.end());
    return found == wanted;
}

constexpr std::array<std::array<std::uint8_t, 3>, 8> three_of_four = {{
    {0, 1, 2},
    {1, 2, 3},
    {2, 1, 0},
    {3, 2, 1},  // neighbours, forwards and backwards
    {2, 3, 0},
    {3, 0, 1},  // rotated, as in 7-89.12.34 for 12.34.7.89
    {0, 1, 3},
    {0, 2, 3},  // one hidden, as in 12-34-xxx-56
}};

bool are_three_octets(const Numbers& numbers, std::size_t first, const Octets& octets) {
    const auto value = [&](std::size_t i) { return numbers[first + i].value; };
    // Numbers such as 0, 1 and 2 are everywhere; three of them say nothing.
    if (value(0) < 10 && value(1) < 10 && value(2) < 10) return false;
    return std::any_of(three_of_four.begin(), three_of_four.end(), [&](const auto& order) {
        return value(0) == octets[order[0]] && value(1) == octets[order[1]] && value(2) == octets[order[2]];
    });
}

int two_octets_weight(const NameParts& name, const Numbers& numbers, std::size_t first, const Octets& octets) {
    const unsigned a = numbers[first].value;
    const unsigned b = numbers[first + 1].value;
    const bool low = (a == octets[2] && b == octets[3]) || (a == octets[3] && b == octets[2]);
    const bool high = (a == octets[0] && b == octets[1]) || (a == octets[1] && b == octets[2]) ||
                      (a == octets[1] && b == octets[0]) || (a == octets[2] && b == octets[1]);
    if (!low && !high) return 0;
    if (a < 10 && b < 10) return weight::hint;
    const Span between{numbers[first].span.end, numbers[first + 1].span.begin};
    const bool joined = between.size() <= 3 && name.text(between).find('.') == std::string_view::npos;
    if (low) return joined || between.size() == 1 ? weight::enough : weight::half;
    return joined ? weight::half : weight::hint;
}

// The longest form counts; what it is made of is not found again.
void find_separated(const NameParts& name, const Octets& octets, Clues& clues) {
    const Numbers numbers = octet_like_numbers(name);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (!are_neighbours(numbers, i, 4) || !is_whole_address(numbers, i, octets)) continue;
        return clues.add({span_of(numbers, i, 4), &rules::full_address, weight::sure});
    }
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (!are_neighbours(numbers, i, 3) || !are_three_octets(numbers, i, octets)) continue;
        return clues.add({span_of(numbers, i, 3), &rules::three_octets, weight::sure});
    }
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const int found = are_neighbours(numbers, i, 2) ? two_octets_weight(name, numbers, i, octets) : 0;
        if (found != 0) clues.add({span_of(numbers, i, 2), &rules::two_octets, found});
    }
}

/// Octets written one after the other into one run of digits.
struct Packing {
    std::array<std::uint8_t, 4> order;
    std::uint8_t count;
    int weight;
};

constexpr std::array<Packing, 8> packings = {{
    {{0, 1, 2, 3}, 4, weight::sure},
    {{3, 2, 1, 0}, 4, weight::sure},
    {{1, 2, 3, 0}, 3, weight::sure},
    {{0, 1, 2, 0}, 3, weight::sure},
    {{3, 2, 1, 0}, 3, weight::sure},
    {{2, 1, 0, 0}, 3, weight::sure},
    {{2, 3, 0, 0}, 2, weight::half},
    {{3, 2, 0, 0}, 2, weight::half},
}};

bool is_packed(std::string_view digits, const Octets& octets, const Packing& packing, bool padded) {
    std::size_t at = 0;
    for (std::size_t i = 0; i < packing.count; ++i) {
        const unsigned octet = octets[packing.order[i]];
        const std::size_t width = padded || octet >= 100 ? 3 : octet >= 10 ? 2 : 1;
        if (at + width > digits.size() || octet_value(digits.substr(at, width)) != octet) return false;
        at += width;
    }
    return at == digits.size();
}

void find_packed(const NameParts& name, const Span& span, const Octets& octets, Clues& clues) {
    const std::string_view digits = name.text(span);
    if (digits.size() < 4 || digits.size() > 12) return;
    for (const Packing& packing : packings) {
        // A short run meets a packing of few octets by chance.
        if (packing.count > 2 && digits.size() < 6) continue;
        if (!is_packed(digits, octets, packing, false) && !is_packed(digits, octets, packing, true)) continue;
        clues.add({span, packing.count == 2 ? &rules::two_octets : &rules::packed_address, packing.weight});
        return;
    }
}

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

/// Calls `visit` with every run of letters and digits.
template <typename Visitor>
void for_each_run(const NameParts& name, Visitor visit) {
    const auto& tokens = name.tokens();
    for (std::size_t i = 0; i < tokens.size();) {
        Span run = tokens[i].span;
        for (++i; i < tokens.size() && tokens[i].span.begin == run.end; ++i) run.end = tokens[i].span.end;
        visit(run);
    }
}

/// What may stand before the last octet so that it counts: nothing, or an abbreviation such as ua or cs12-.
bool is_abbreviated(std::string_view prefix) {
    return std::count_if(prefix.begin(), prefix.end(), is_letter) <= 3;
}

// The last octet alone says little where a word stands before it: operators number their hosts by it too.
void find_last_octet(const NameParts& name, const Octets& octets, Clues& clues) {
    for (const Token& token : name.tokens()) {
        if (token.label != 0 || !name.in_host(token) || !token.is_number()) continue;
        const std::string_view digits = name.text(token.span);
        if (digits.size() < 2 || octet_value(digits) != octets[3]) continue;
        if (is_covered(clues, token.span)) continue;
        const bool ends = token.span.end == name.label(0).end;
        const bool enough = ends && is_abbreviated(name.text().substr(0, token.span.begin));
        clues.add({token.span, &rules::last_octet,
                   enough               ? weight::enough
                   : digits.size() == 3 ? weight::half
                                        : weight::hint});
    }
}

}  // namespace

void find_ipv4_forms(const NameParts& name, const IpAddress& address, Clues& clues) {
    const auto bytes = address.bytes();
    const Octets octets = {bytes[0], bytes[1], bytes[2], bytes[3]};
    find_separated(name, octets, clues);
    for (const Token& token : name.tokens()) {
        if (token.is_number()) {
            find_packed(name, token.span, octets, clues);
            find_one_number(name, token.span, octets, clues);
        } else {
            find_lettered(name, token.span, octets, clues);
        }
    }
    find_octal_groups(name, octets, clues);
    find_hex(name, octets, clues);
    for_each_run(name, [&](const Span& run) { find_in_run(name, run, octets, clues); });
    find_last_octet(name, octets, clues);
}

void find_address_shape(const NameParts& name, bool address_known, Clues& clues) {
    const Numbers numbers = octet_like_numbers(name);
    for (std::size_t i = 0; i + 4 <= numbers.size(); ++i) {
        if (!are_neighbours(numbers, i, 4)) continue;
        const char separator = name.text()[numbers[i].span.end];
        bool alike = separator == '-' || separator == '.' || separator == '_';
        std::size_t large = 0;
        for (std::size_t k = 0; k < 4; ++k) {
            if (numbers[i + k].value >= 10) ++large;
            if (k == 3) break;
            alike = alike && numbers[i + k].span.end + 1U == numbers[i + k + 1].span.begin &&
                    name.text()[numbers[i + k].span.end] == separator;
        }
        // Slots and ports of routers (0-0-1-2) are numbers below ten.
        if (!alike || large < 2) continue;
        clues.add({span_of(numbers, i, 4), &rules::address_shape, address_known ? weight::enough : weight::sure});
        return;
    }
}

}  // namespace fcrdns
