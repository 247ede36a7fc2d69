// SPDX-License-Identifier: MIT
// IPv4 addresses in names, octet by octet: four, three or two of them, in any order that
// providers use, or packed without separators; and the mere shape of one.
#include <algorithm>
#include <array>
#include <cstddef>

#include "judge/generic/address_forms.hpp"
#include "judge/generic/ipv4_octet.hpp"
#include "judge/generic/rules.hpp"

namespace fcrdns {
namespace {

/// A number of the name that can stand for an octet: one to three digits, at most 255.
struct Number {
    Span span;
    unsigned value;
    std::uint8_t place;  ///< among all numbers, so that neighbours are known
};

using Numbers = BoundedList<Number, 127>;

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

/// True when `length` numbers from `first` on are as many octets of the address. Any order counts: providers write
/// addresses forwards, backwards and rotated, and three equal numbers are no chance.
bool are_octets(const Numbers& numbers, std::size_t first, std::size_t length, Octets octets) {
    Octets found{};
    for (std::size_t i = 0; i < length; ++i) found[i] = numbers[first + i].value;
    const auto end = found.begin() + static_cast<std::ptrdiff_t>(length);
    std::sort(found.begin(), end);
    std::sort(octets.begin(), octets.end());
    return std::includes(octets.begin(), octets.end(), found.begin(), end);
}

bool are_three_octets(const Numbers& numbers, std::size_t first, const Octets& octets) {
    // Numbers such as 0, 1 and 2 are everywhere; three of them say nothing.
    const bool large = numbers[first].value >= 10 || numbers[first + 1].value >= 10 || numbers[first + 2].value >= 10;
    return large && are_octets(numbers, first, 3, octets);
}

/// True when two different octets of the address have the values `a` and `b`.
bool are_two_octets(const Octets& octets, unsigned a, unsigned b) {
    const auto count = [&](unsigned value) { return std::count(octets.begin(), octets.end(), value); };
    return a == b ? count(a) > 1 : count(a) != 0 && count(b) != 0;
}

// Small numbers meet an octet by chance: pairs of them count where they are written as one.
int two_octets_weight(const NameParts& name, const Number& first, const Number& second, const Octets& octets) {
    const unsigned a = first.value;
    const unsigned b = second.value;
    const bool neighbours = second.place - first.place == 1;
    const bool low = neighbours && ((a == octets[2] && b == octets[3]) || (a == octets[3] && b == octets[2]));
    if (!low && !are_two_octets(octets, a, b)) return 0;
    const bool large = a >= 10 && b >= 10;
    // Of any two octets, whatever stands between: numbers from ten on do not meet two by chance.
    if (!low) return large ? weight::enough : neighbours ? weight::hint : 0;
    const Span between{first.span.end, second.span.begin};
    const bool joined = between.size() <= 4 && name.text(between).find('.') == std::string_view::npos;
    const Span& label = name.label(0);
    const bool alone = first.span.begin == label.begin && second.span.end == label.end;
    if (a < 10 && b < 10) return joined && alone ? weight::half : weight::hint;
    const bool hundred = a >= 100 || b >= 100;
    // nat-184-7 and ns23-133: a role's own numbers do not meet both.
    if (joined && (large || hundred)) return weight::sure;
    return joined || between.size() == 1 || large || hundred ? weight::enough : weight::half;
}

// The longest form counts; what it is made of is not found again.
void find_separated(const NameParts& name, const Octets& octets, Clues& clues) {
    const Numbers numbers = octet_like_numbers(name);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (!are_neighbours(numbers, i, 4) || !are_octets(numbers, i, 4, octets)) continue;
        return clues.add({span_of(numbers, i, 4), &rules::full_address, weight::sure});
    }
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (!are_neighbours(numbers, i, 3) || !are_three_octets(numbers, i, octets)) continue;
        return clues.add({span_of(numbers, i, 3), &rules::three_octets, weight::sure});
    }
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        for (std::size_t k = i + 1; k < numbers.size(); ++k) {
            const int found = two_octets_weight(name, numbers[i], numbers[k], octets);
            if (found != 0) clues.add({{numbers[i].span.begin, numbers[k].span.end}, &rules::two_octets, found});
        }
    }
}

/// Octets written one after the other into one run of digits.
struct Packing {
    std::array<std::uint8_t, 4> order;
    std::uint8_t count;
};

constexpr Packing packings[] = {
    {{0, 1, 2, 3}, 4}, {{3, 2, 1, 0}, 4}, {{1, 2, 3}, 3}, {{0, 1, 2}, 3}, {{3, 2, 1}, 3}, {{2, 1, 0}, 3},
    {{2, 3}, 2},       {{3, 2}, 2},       {{0, 1}, 2},    {{1, 0}, 2},    {{1, 2}, 2},    {{2, 1}, 2},
    {{0, 2}, 2},       {{2, 0}, 2},       {{0, 3}, 2},    {{3, 0}, 2},    {{1, 3}, 2},    {{3, 1}, 2},
};

/// Each octet may be padded to three digits, whether the others are or not: 3068 is 3 and 68.
bool is_packed(std::string_view digits, const Octets& octets, const Packing& packing, std::size_t done = 0) {
    if (done == packing.count) return digits.empty();
    const unsigned octet = octets[packing.order[done]];
    const std::size_t width = octet >= 100 ? 3 : octet >= 10 ? 2 : 1;
    const auto goes_on = [&](std::size_t size) {
        return digits.size() >= size && octet_value(digits.substr(0, size)) == octet &&
               is_packed(digits.substr(size), octets, packing, done + 1);
    };
    return goes_on(width) || (width < 3 && goes_on(3));
}

int packed_weight(const NameParts& name, const Span& span, const Packing& packing) {
    if (packing.count > 2) return span.size() < 6 ? 0 : weight::sure;
    // An octet of zero before another is one padded number: srv000012.
    if (name.text(span).starts_with("000")) return 0;
    // Any two octets in five digits or six at the end of a word are no chance, and the last two in four are none.
    const bool low = packing.order[0] >= 2 && packing.order[1] >= 2;
    const bool ends = !precedes_letter(name, span);
    if (ends && (low || span.size() > 4)) return weight::enough;
    return low ? weight::half : 0;
}

void find_packed(const NameParts& name, const Span& span, const Octets& octets, Clues& clues) {
    const std::string_view digits = name.text(span);
    if (digits.size() < 4 || digits.size() > 12) return;
    for (const Packing& packing : packings) {
        const int found = packed_weight(name, span, packing);
        if (found == 0 || !is_packed(digits, octets, packing)) continue;
        return clues.add({span, packing.count == 2 ? &rules::two_octets : &rules::packed_address, found});
    }
}

/// Four numbers, each one separator after the other. Slots and ports of routers (0-0-1-2) are numbers below ten.
bool looks_like_address(const NameParts& name, const Numbers& numbers, std::size_t first) {
    std::size_t large = 0;
    for (std::size_t i = first; i < first + 4; ++i) {
        if (numbers[i].value >= 10) ++large;
        if (i == first) continue;
        const std::size_t between = numbers[i - 1].span.end;
        if (numbers[i].span.begin != between + 1 || is_letter(name.text()[between])) return false;
    }
    return large >= 2;
}

}  // namespace

void find_ipv4_forms(const NameParts& name, const IpAddress& address, Clues& clues) {
    find_ipv4_numbers(name, address, clues);
    const auto bytes = address.bytes();
    const Octets octets = {bytes[0], bytes[1], bytes[2], bytes[3]};
    find_separated(name, octets, clues);
    for (const Token& token : name.tokens()) {
        if (token.is_number()) find_packed(name, token.span, octets, clues);
    }
    find_ipv4_last_octet(name, address, clues);
}

void find_address_shape(const NameParts& name, bool address_known, Clues& clues) {
    const Numbers numbers = octet_like_numbers(name);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (!are_neighbours(numbers, i, 4) || !looks_like_address(name, numbers, i)) continue;
        return clues.add(
            {span_of(numbers, i, 4), &rules::address_shape, address_known ? weight::enough : weight::sure});
    }
}

}  // namespace fcrdns
