// SPDX-License-Identifier: MIT
// The last octet of an IPv4 address alone: where providers write it, and where it is no
// more than the number of an operator's host that happens to be the same.
#include <algorithm>
#include <cstddef>
#include <optional>

#include "judge/generic/address_forms.hpp"
#include "judge/generic/ipv4_octet.hpp"
#include "judge/generic/rules.hpp"
#include "judge/generic/word_weight.hpp"
#include "judge/generic/words.hpp"

namespace fcrdns {
namespace {

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

/// True for the 45 of 13-45, pop2-45 and net-2-45: a port of numbered equipment, a host of a numbered network.
/// Operators' words are longer (eagle18-45), or none of a provider's (ams-2-45).
bool follows_place(const NameParts& name, std::size_t i) {
    const auto& tokens = name.tokens();
    if (i == 0 || !tokens[i - 1].is_number() || tokens[i].label != tokens[i - 1].label) return false;
    if (tokens[i].span.begin - tokens[i - 1].span.end != 1) return false;
    if (begins_label(name, tokens[i - 1])) return true;
    if (i < 2 || tokens[i - 2].is_number() || tokens[i].label != tokens[i - 2].label) return false;
    const std::string_view word = name.text(tokens[i - 2].span);
    if (tokens[i - 2].span.end == tokens[i - 1].span.begin) return is_abbreviated(word);
    const Meaning meaning = meaning_of(word);
    if (word.size() < 2 || meaning.provider == nullptr || meaning.chosen != nullptr) return false;
    return meaning.provider->kind != WordKind::rented && meaning.provider->kind != WordKind::machine;
}

/// True for the 145 of ams-2-145, an operator's place and host; the 45 of ams-2-45 beside it says nothing either.
bool follows_operators_number(const NameParts& name, std::size_t i) {
    constexpr std::size_t most_digits = 2;  // of operators' places
    const auto& tokens = name.tokens();
    return i > 0 && tokens[i - 1].is_number() && tokens[i - 1].label == tokens[i].label &&
           tokens[i - 1].span.size() <= most_digits && is_set_apart(name, tokens[i - 1].span) &&
           !follows_place(name, i);
}

/// Octets are padded to three digits (north-064), stand below a place (north-120.city), behind an abbreviation
/// (ua-122), a number (north2-193) or a line's word (customer-north-203), and operators' names do not begin with a
/// number (45-north). data-storage-121 directly under a domain may be an operator's.
bool says_octet(const NameParts& name, const Token& token, bool large) {
    if (token.span.begin == 0) return true;
    if (token.span.size() != 3) return false;
    if (!large || name.host_labels() > 1 || is_abbreviated(name.text().substr(0, token.span.begin))) return true;
    return std::any_of(name.tokens().begin(), name.tokens().end(), [&](const Token& word) {
        if (word.label != token.label || word.span.begin >= token.span.begin) return false;
        if (word.is_number()) return true;
        const Meaning meaning = meaning_of(name.text(word.span));
        return meaning.provider != nullptr && !meaning.provider_begins_other && is_line_kind(meaning.provider->kind);
    });
}

// Operators number their hosts too, and some of these numbers meet the last octet: dc12 at .12 must not be judged
// otherwise than dc13 beside it. Below a place's label, and from 100 on, providers count.
int last_octet_weight(const NameParts& name, std::size_t i) {
    const Token& token = name.tokens()[i];
    const Span& label = name.label(token.label);
    if (token.span.begin == label.begin && token.span.end == label.end) return weight::enough;
    if (is_line_kind(kind_before(name, i))) return token.label == 0 ? weight::half : weight::enough;
    const bool large = octet_value(name.text(token.span)) >= 100U;
    if (large && follows_operators_number(name, i)) return weight::hint;
    if (is_set_apart(name, token.span) && says_octet(name, token, large)) return weight::enough;
    const bool ends = token.span.end == label.end;
    if (ends && follows_place(name, i)) return weight::enough;
    const bool abbreviated = ends && is_abbreviated(name.text().substr(0, token.span.begin));
    // Bulk mailers number their hosts so below a brand's label; places of providers lie deeper.
    if (large && abbreviated && name.host_labels() > 2) return weight::enough;
    return large ? weight::half : weight::hint;
}

/// The last three of five to seven digits, where they are the last octet: pc104171, user20096. An octet below ten says
/// nothing, and neither do three digits behind zeros alone, which count hosts.
void find_padded_end(const NameParts& name, const Token& token, unsigned octet, Clues& clues) {
    constexpr std::size_t padded = 3;
    const std::string_view digits = name.text(token.span);
    if (digits.size() < 5 || digits.size() > 7 || octet < 10 || precedes_letter(name, token.span)) return;
    if (digits.find_first_not_of('0') >= 2 || is_covered(clues, token.span, weight::enough)) return;
    const Span end{static_cast<std::uint8_t>(token.span.end - padded), token.span.end};
    if (octet_value(name.text(end)) == octet) clues.add({end, &rules::last_octet, weight::enough});
}

}  // namespace

void find_ipv4_last_octet(const NameParts& name, const IpAddress& address, Clues& clues) {
    const unsigned octet = address.bytes()[3];
    const Token* last = nullptr;
    std::size_t numbers = 0;
    const auto& tokens = name.tokens();
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const Token& token = tokens[i];
        if (!name.in_host(token) || !token.is_number()) continue;
        ++numbers;
        find_padded_end(name, token, octet, clues);
        const auto value = octet_value(name.text(token.span));
        const auto kind = kind_before(name, i);
        const bool counts =
            value == octet && kind != WordKind::equipment && (value >= 10U || may_be_below_ten(name, token, kind));
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

}  // namespace fcrdns
