// SPDX-License-Identifier: MIT
#include "judge/generic/word_weight.hpp"

#include <algorithm>

#include "judge/generic/numbering.hpp"
#include "judge/generic/rules.hpp"

namespace fcrdns {

WordWeight weight_of(WordKind kind) {
    switch (kind) {
        case WordKind::pool: return {&rules::dynamic_pool, weight::enough, weight::enough, NumberPlace::anywhere};
        case WordKind::lease: return {&rules::dynamic_pool, weight::half, weight::enough, NumberPlace::anywhere};
        case WordKind::access: return {&rules::access_line, weight::enough, weight::enough, NumberPlace::anywhere};
        case WordKind::service: return {&rules::access_line, weight::half, weight::hint, NumberPlace::anywhere};
        case WordKind::equipment:
        case WordKind::dial: return {&rules::dial_port, weight::half, weight::hint, NumberPlace::beside};
        case WordKind::customer: return {&rules::customer, weight::half, weight::enough, NumberPlace::beside};
        case WordKind::fixed: return {&rules::static_address, weight::half, weight::enough, NumberPlace::anywhere};
        case WordKind::rented: return {&rules::rented_server, weight::half, weight::hint, NumberPlace::behind};
        // srv112 under a company's domain is the company's own; it counts with a hoster's domain or the address.
        case WordKind::machine: return {&rules::rented_server, weight::hint, 0, NumberPlace::behind};
        case WordKind::address: return {&rules::address_name, weight::half, weight::hint, NumberPlace::behind};
        case WordKind::vague: return {&rules::address_name, weight::hint, 0, NumberPlace::behind};
        case WordKind::mail:
        case WordKind::role: break;
    }
    return {};
}

bool is_beside_number(const NameParts& name, std::size_t i) {
    const auto& tokens = name.tokens();
    const auto joins = [&](std::size_t left, std::size_t right) {
        return tokens[right].span.begin - tokens[left].span.end <= 1;
    };
    if (i + 1 < tokens.size() && tokens[i + 1].is_number() && joins(i, i + 1)) return true;
    if (i == 0 || !tokens[i - 1].is_number() || !joins(i - 1, i)) return false;
    // One digit between words may stand for another word: ready-4-clients, but not t1-cust.
    const Span& number = tokens[i - 1].span;
    return number.size() > 1 || (number.begin > 0 && name.text()[number.begin - 1U] != '-');
}

bool has_number(const NameParts& name, std::size_t i, NumberPlace place) {
    switch (place) {
        case NumberPlace::anywhere: return true;
        case NumberPlace::beside: return is_beside_number(name, i);
        case NumberPlace::behind: return precedes_number(name, i);
    }
    return false;
}

bool begins_label(const NameParts& name, const Token& token) {
    return token.span.begin == name.label(token.label).begin;
}

bool is_own_line(const NameParts& name, const Token& word, WordKind kind) {
    const bool access = kind == WordKind::access && word.label == 0;
    if (!access && !(kind == WordKind::pool && word.label == 0) && kind != WordKind::fixed) return false;
    const auto counts = [&](const Token& token) { return name.in_host(token) && token.is_number(); };
    const auto beside = [&](const Token& token) { return counts(token) && token.label == word.label; };
    // Two numbers are a line's place: adsl4port2.
    if (kind != WordKind::fixed && std::count_if(name.tokens().begin(), name.tokens().end(), beside) > 1) return false;
    const std::size_t longest = access && name.host_labels() == 1 ? 2 : 1;
    return std::all_of(name.tokens().begin(), name.tokens().end(), [&](const Token& token) {
        return !counts(token) || unpadded_size(name.text(token.span)) <= longest;
    });
}

bool precedes_number(const NameParts& name, std::size_t i) {
    const auto& tokens = name.tokens();
    return i + 1 < tokens.size() && tokens[i + 1].is_number() && tokens[i + 1].label == tokens[i].label &&
           tokens[i + 1].span.begin - tokens[i].span.end <= 1;
}

bool precedes_large_number(const NameParts& name, std::size_t i) {
    return precedes_number(name, i) && unpadded_size(name.text(name.tokens()[i + 1].span)) > 1;
}

bool precedes_serial(const NameParts& name, std::size_t i) {
    const auto& tokens = name.tokens();
    return i + 1 < tokens.size() && tokens[i + 1].span.begin == tokens[i].span.end && tokens[i + 1].span.size() >= 4 &&
           !is_year(name.text(tokens[i + 1].span));
}

bool precedes_as_number(const NameParts& name, std::size_t i) {
    return name.text(name.tokens()[i].span) == "as" && precedes_serial(name, i);
}

std::size_t numbers_in_first_label(const NameParts& name) {
    const auto counts = [](const Token& token) { return token.label == 0 && token.is_number(); };
    return static_cast<std::size_t>(std::count_if(name.tokens().begin(), name.tokens().end(), counts));
}

bool names_site(const NameParts& name, std::size_t i) {
    const auto& tokens = name.tokens();
    if (i + 2 >= tokens.size() || tokens[i + 2].is_number() || !precedes_number(name, i)) return false;
    if (tokens[i + 2].span.begin - tokens[i].span.end != static_cast<int>(tokens[i + 1].span.size())) return false;
    const Meaning next = meaning_of(name.text(tokens[i + 2].span));
    return next.chosen != nullptr || (next.provider != nullptr && next.provider->kind == WordKind::machine);
}

bool is_inside_code(const NameParts& name, std::size_t i, WordKind kind) {
    const auto& tokens = name.tokens();
    const auto joins_next = [&](std::size_t left) { return tokens[left].span.end == tokens[left + 1].span.begin; };
    if (kind == WordKind::rented || kind == WordKind::machine)
        return i + 2 < tokens.size() && joins_next(i) && joins_next(i + 1);
    if (i == 0 || !joins_next(i - 1)) return false;
    if (kind == WordKind::customer) return i > 1 && joins_next(i - 2);
    return kind == WordKind::equipment || kind == WordKind::dial || kind == WordKind::lease;
}

bool is_operators_letter(const NameParts& name, std::size_t i) {
    return !precedes_large_number(name, i) && numbers_in_first_label(name) < 3;
}

bool says_place(const NameParts& name, std::size_t i, WordKind kind) {
    if (kind == WordKind::customer) return precedes_large_number(name, i);
    if (kind == WordKind::rented) return precedes_large_number(name, i) && precedes_number(name, i + 1);
    if (kind != WordKind::equipment && kind != WordKind::dial && kind != WordKind::lease) return false;
    return numbers_in_first_label(name) > 1;
}

}  // namespace fcrdns
