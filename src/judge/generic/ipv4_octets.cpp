// SPDX-License-Identifier: MIT
// IPv4 addresses in names, octet by octet: four, three or two of them, in any order that
// providers use, packed without separators, the last one alone; and the mere shape of one.
#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

#include "judge/generic/address_forms.hpp"
#include "judge/generic/rules.hpp"
#include "judge/generic/words.hpp"

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

/// True for a number that a letter follows directly.
bool precedes_letter(const NameParts& name, const Span& number) {
    return number.end < name.text().size() && is_letter(name.text()[number.end]);
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

/// Abbreviations of lines and ports, such as ua or cs12-, are short; operators' words are longer.
bool is_abbreviated(std::string_view prefix) {
    return std::count_if(prefix.begin(), prefix.end(), is_letter) <= 3;
}

/// Between hyphens, not joined to letters: customer-north-203, but not web203.
bool is_set_apart(const NameParts& name, const Span& number) {
    return (number.begin == 0 || !is_letter(name.text()[number.begin - 1U])) && !precedes_letter(name, number);
}

/// What the provider's word directly before the number means, where there is one.
std::optional<WordKind> kind_before(const NameParts& name, std::size_t i) {
    if (i == 0) return std::nullopt;
    const auto& tokens = name.tokens();
    const Token& word = tokens[i - 1];
    if (word.is_number() || word.label != tokens[i].label || tokens[i].span.begin - word.span.end > 1) return {};
    const Meaning meaning = meaning_of(name.text(word.span));
    if (meaning.provider == nullptr || meaning.provider_begins_other || meaning.chosen != nullptr) return {};
    return meaning.provider->kind;
}

/// True for a word for a customer, a customer's line or its port.
bool is_line_kind(std::optional<WordKind> kind) {
    return kind == WordKind::pool || kind == WordKind::lease || kind == WordKind::access || kind == WordKind::service ||
           kind == WordKind::dial || kind == WordKind::customer || kind == WordKind::fixed;
}

/// A number below ten says nothing, padded or not, but for the port or the customer of that number, and for dynamic-7;
/// static1 and home2 are an operator's own, and the number of a piece of equipment is the port of none.
bool may_be_below_ten(const NameParts& name, const Token& number, std::optional<WordKind> kind) {
    if (kind == WordKind::dial || kind == WordKind::customer) return true;
    return is_line_kind(kind) && kind != WordKind::service && is_set_apart(name, number.span);
}

/// True for the 45 of pop2-45 and net-2-45: a port of numbered equipment, a host of a numbered network. Operators'
/// words are longer (eagle18-45), or none of a provider's (ams-2-45).
bool follows_numbered_word(const NameParts& name, std::size_t i) {
    const auto& tokens = name.tokens();
    if (i < 2 || !tokens[i - 1].is_number() || tokens[i - 2].is_number()) return false;
    if (tokens[i].label != tokens[i - 2].label || tokens[i].span.begin - tokens[i - 1].span.end != 1) return false;
    const std::string_view word = name.text(tokens[i - 2].span);
    if (tokens[i - 2].span.end == tokens[i - 1].span.begin) return is_abbreviated(word);
    const Meaning meaning = meaning_of(word);
    if (word.size() < 2 || meaning.provider == nullptr || meaning.chosen != nullptr) return false;
    return meaning.provider->kind != WordKind::rented && meaning.provider->kind != WordKind::machine;
}

// Operators number their hosts too, and some of these numbers meet the last octet: dc12 at .12 must not be judged
// otherwise than dc13 beside it. Below a place's label, and from 100 on, providers count.
int last_octet_weight(const NameParts& name, std::size_t i) {
    const Token& token = name.tokens()[i];
    const Span& label = name.label(token.label);
    if (token.span.begin == label.begin && token.span.end == label.end) return weight::enough;
    if (is_line_kind(kind_before(name, i))) return token.label == 0 ? weight::half : weight::enough;
    // Octets are padded to three digits (north-064), and operators' names do not begin with a number (45-north).
    if ((token.span.size() == 3 || token.span.begin == 0) && is_set_apart(name, token.span)) return weight::enough;
    const bool large = octet_value(name.text(token.span)) >= 100U;
    const bool ends = token.span.end == label.end;
    if (ends && follows_numbered_word(name, i)) return weight::enough;
    const bool abbreviated = ends && is_abbreviated(name.text().substr(0, token.span.begin));
    // Bulk mailers number their hosts so below a brand's label; places of providers lie deeper.
    if (large && abbreviated && name.host_labels() > 2) return weight::enough;
    return large ? weight::half : weight::hint;
}

/// The last three of five to seven digits, where they are the last octet: pc104171, user20096. An octet below ten says
/// nothing, and neither do three digits behind zeros alone, which count hosts.
void find_padded_end(const NameParts& name, const Token& token, const Octets& octets, Clues& clues) {
    constexpr std::size_t padded = 3;
    const std::string_view digits = name.text(token.span);
    if (digits.size() < 5 || digits.size() > 7 || octets[3] < 10 || precedes_letter(name, token.span)) return;
    if (digits.find_first_not_of('0') >= 2 || is_covered(clues, token.span, weight::enough)) return;
    const Span end{static_cast<std::uint8_t>(token.span.end - padded), token.span.end};
    if (octet_value(name.text(end)) == octets[3]) clues.add({end, &rules::last_octet, weight::enough});
}

void find_last_octet(const NameParts& name, const Octets& octets, Clues& clues) {
    const Token* last = nullptr;
    std::size_t numbers = 0;
    const auto& tokens = name.tokens();
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const Token& token = tokens[i];
        if (!name.in_host(token) || !token.is_number()) continue;
        ++numbers;
        find_padded_end(name, token, octets, clues);
        const auto value = octet_value(name.text(token.span));
        const auto kind = kind_before(name, i);
        const bool counts =
            value == octets[3] && kind != WordKind::equipment && (value >= 10U || may_be_below_ten(name, token, kind));
        last = counts ? &token : nullptr;
        if (!counts) continue;
        const bool whole_label = token.span.size() == name.label(token.label).size();
        if (token.label != 0 && !whole_label && !is_line_kind(kind)) continue;
        const int found = last_octet_weight(name, i);
        if (!is_covered(clues, token.span, found)) clues.add({token.span, &rules::last_octet, found});
    }
    // Slot, line and, at the end, the octet: dsc04.city-4-59. A number joined to a word is a pod's or a rack's (pod41).
    if (last == nullptr || numbers < 3 || is_covered(clues, last->span, weight::enough)) return;
    if (last->label != 0 && is_letter(name.text()[last->span.begin - 1U])) return;
    clues.add({last->span, &rules::last_octet, weight::enough});
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
    find_last_octet(name, octets, clues);
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
