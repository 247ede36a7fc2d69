// SPDX-License-Identifier: MIT
#include "judge/generic/numbering.hpp"

#include <algorithm>

#include "judge/generic/rules.hpp"
#include "judge/generic/word_weight.hpp"
#include "judge/generic/words.hpp"

namespace fcrdns {
namespace {

/// What a run of letters and digits without separators is made of.
struct Run {
    Span span;
    std::uint8_t label;
    std::size_t pieces;  ///< runs of letters and of digits
    std::size_t digits = 0;
    std::size_t longest_letters = 0;
    std::size_t longest_number = 0;
};

Run run_of(const NameParts& name, std::size_t first, std::size_t end) {
    const auto& tokens = name.tokens();
    Run run{{tokens[first].span.begin, tokens[end - 1].span.end}, tokens[first].label, end - first};
    for (std::size_t i = first; i < end; ++i) {
        const std::size_t size = tokens[i].span.size();
        if (tokens[i].is_number()) {
            run.digits += size;
            run.longest_number = std::max(run.longest_number, size);
        } else {
            run.longest_letters = std::max(run.longest_letters, size);
        }
    }
    return run;
}

std::size_t index_of(const NameParts& name, const Token& token) {
    return static_cast<std::size_t>(&token - name.tokens().begin());
}

/// True for a number joined to letters where another one stands before it in its label, as in p1lg14880.
bool ends_code(const NameParts& name, const Token& token) {
    const std::string_view before = name.text({name.label(token.label).begin, token.span.begin});
    return !before.empty() && is_letter(before.back()) && std::any_of(before.begin(), before.end(), is_digit);
}

/// True for a number joined to a word of no provider's, as companies number the machines of a site: dmzweb99801.
bool follows_own_word(const NameParts& name, const Token& token) {
    constexpr std::size_t least_letters = 4;
    const auto at = index_of(name, token);
    if (at == 0) return false;
    const Token& before = name.tokens()[at - 1];
    return !before.is_number() && before.span.end == token.span.begin && before.span.size() >= least_letters &&
           meaning_of(name.text(before.span)).provider == nullptr;
}

/// True for a number behind a word for a computer on or under a desk, which companies and universities number.
bool follows_desk_word(const NameParts& name, const Token& token) {
    const auto at = index_of(name, token);
    if (at == 0) return false;
    const Token& before = name.tokens()[at - 1];
    return before.label == token.label && begins_label(name, before) && token.span.begin - before.span.end <= 1 &&
           is_desk_word(name.text(before.span));
}

/// True for a number within a label that a word follows, as in the inventory numbers of a company: lab-101020-bm01.
/// One letter more is a customer's number too: cp101020-a.
bool is_between_words(const NameParts& name, const Token& token) {
    const Span& label = name.label(token.label);
    if (token.span.begin == label.begin || token.span.end == label.end) return false;
    const std::string_view after = name.text({token.span.end, label.end});
    if (after.size() == 2 && after[0] == '-' && is_letter(name.text()[token.span.begin - 1U])) return false;
    return is_letter(after[0]) || (after.size() > 1 && is_letter(after[1]));
}

/// True for an account's number before the name of a host, as a hoster gives it to a company: 676416-db1.
bool precedes_host_name(const NameParts& name, const Token& token) {
    constexpr std::size_t most_digits = 3;
    if (!begins_label(name, token) || name.text()[token.span.end] != '-') return false;
    bool words = false;
    for (auto at = index_of(name, token) + 1; at < name.tokens().size(); ++at) {
        const Token& next = name.tokens()[at];
        if (next.label != token.label) break;
        if (next.is_number() && next.span.size() > most_digits) return false;
        words = words || (!next.is_number() && next.span.size() > 1);
    }
    return words;
}

/// Operators name hosts by the day of their installation, too: srv20240131.
bool is_date(std::string_view digits) {
    return digits.size() == 8 && is_year(digits.substr(0, 4)) && digits.substr(4, 2) >= "01" &&
           digits.substr(4, 2) <= "12" && digits.substr(6) >= "01" && digits.substr(6) <= "31";
}

/// The provider's word before a number in its label, or null.
const Word* word_before(const NameParts& name, const Token& token) {
    const auto at = index_of(name, token);
    if (at == 0) return nullptr;
    const Token& before = name.tokens()[at - 1];
    if (before.is_number() || before.label != token.label) return nullptr;
    return meaning_of(name.text(before.span)).provider;
}

/// Five digits and more, which is how far only providers count, but for inventories, padded numbers and codes.
int long_serial_weight(const NameParts& name, const Token& token) {
    const std::size_t digits = token.span.size();
    // Codes of sites and racks are as long (p1lg14880), and who pads to five digits or six numbers servers.
    const bool padded = digits <= 7 && name.text(token.span).starts_with(digits <= 6 ? "0" : "00");
    const bool machine = digits <= 6 && follows_own_word(name, token);
    const bool company = padded || machine || follows_desk_word(name, token) || is_between_words(name, token) ||
                         ends_code(name, token) || precedes_host_name(name, token);
    return company ? weight::half : weight::enough;
}

/// Three digits in the first label: operators count that far too.
int short_serial_weight(const NameParts& name, const Token& token) {
    // A padded number says no more than the number: ds001, h040.
    if (name.text(token.span).starts_with("0")) return 0;
    const Word* word = word_before(name, token);
    if (word == nullptr) return weight::hint;
    // host112, and ct101 and as400 directly under a domain, are as srv112.
    const bool host = word->text == "host";
    const bool rented = (word->kind == WordKind::rented || word->kind == WordKind::equipment) && name.host_labels() < 2;
    return host || rented ? 0 : weight::hint;
}

int serial_weight(const NameParts& name, const Token& token) {
    const Span& label = name.label(token.label);
    const std::string_view text = name.text(token.span);
    const bool bare = label.begin == token.span.begin && label.end == token.span.end;
    const auto at = index_of(name, token);
    if (is_date(text) || (at > 0 && precedes_as_number(name, at - 1))) return 0;
    // A padded number says no more than the number: srv00012, c00954.
    if (text.size() >= 5 && unpadded_size(text) < 4) return unpadded_size(text) == 3 ? weight::hint : 0;
    if (text.size() >= 5) return long_serial_weight(name, token);
    if (token.label != 0) return bare && text.size() == 4 && !is_year(text) ? weight::half : 0;
    // Years, and models (rs6000).
    if (text.size() == 4 && (is_year(text) || text.ends_with("000"))) return 0;
    // 0001 is an operator's first host, and a number of a code says nothing of its own; who pads has not counted far.
    if (text.size() == 4 && text[0] == '0') return text.starts_with("000") || ends_code(name, token) ? 0 : weight::hint;
    if (text.size() == 4) return bare ? weight::enough : weight::half;
    if (bare && name.host_labels() > 1) return weight::half;
    return text.size() == 3 ? short_serial_weight(name, token) : 0;
}

void find_serial_numbers(const NameParts& name, Clues& clues) {
    for (const Token& token : name.tokens()) {
        if (!token.is_number() || !name.in_host(token)) continue;
        const int found = serial_weight(name, token);
        if (found == 0 || is_covered(clues, token.span, found)) continue;
        clues.add({token.span, &rules::serial_number, found});
    }
}

/// k07w12 and h115n1fls22o974, but not lon02web03: that is a site, a role and two small numbers.
bool is_code(const Run& run) {
    return run.longest_letters == 1 || (run.longest_letters <= 3 && run.longest_number >= 3);
}

/// 3wdz and a41d, but not b2b or web97.
bool is_short_code(const Run& run, std::string_view text) {
    return text.size() >= 4 && text.size() <= 8 && run.digits > 0 && run.digits < text.size() &&
           (is_digit(text[0]) || run.pieces >= 3);
}

// Vendors' outgoing relays carry codes as customers' lines do (g9t5008): a code needs company.
void find_codes(const NameParts& name, const Run& run, Clues& clues) {
    const std::string_view text = name.text(run.span);
    const std::size_t letters = run.span.size() - run.digits;
    const bool hex = std::all_of(text.begin(), text.end(), is_hex_digit);
    if (hex && text.size() == 12 && letters > 0 && run.digits >= 4) {
        // Containers are named by twelve such digits too.
        clues.add({run.span, &rules::hardware_address, weight::half});
    } else if (text.size() >= 10 && run.pieces >= 5 && run.digits >= 5) {
        clues.add({run.span, &rules::machine_identifier, weight::half});
    } else if (hex && text.size() >= 8 && run.pieces >= 3 && run.digits >= 3) {
        clues.add({run.span, &rules::machine_identifier, weight::half});
    } else if (run.label == 0 && run.pieces >= 4 && run.digits >= 4 && is_code(run)) {
        clues.add({run.span, &rules::coded_label, weight::half});
    } else if (run.label == 0 && hex && text.size() >= 5 && letters > 0 && (run.pieces >= 3 || is_digit(text[0]))) {
        clues.add({run.span, &rules::machine_identifier, weight::half});
    } else if (run.span.begin == 0 && run.span.end == name.label(0).end && is_short_code(run, text)) {
        clues.add({run.span, &rules::machine_identifier, weight::hint});
    }
}

/// Six pairs of hexadecimal digits, as in 00-1b-21-3c-4d-5e.
void find_hardware_pairs(const NameParts& name, Clues& clues) {
    const std::string_view host = name.host();
    constexpr std::size_t length = 17;
    for (std::size_t at = 0; at + length <= host.size(); ++at) {
        bool pairs = true;
        for (std::size_t i = 0; i < length && pairs; ++i) {
            pairs = i % 3 == 2 ? host[at + i] == '-' : is_hex_digit(host[at + i]);
        }
        if (!pairs || (at > 0 && is_hex_digit(host[at - 1])) ||
            (at + length < host.size() && is_hex_digit(host[at + length])))
            continue;
        clues.add({{static_cast<std::uint8_t>(at), static_cast<std::uint8_t>(at + length)},
                   &rules::hardware_address,
                   weight::enough});
        return;
    }
}

/// A first label of numbers alone, three or more, or of a long one and another: 1-1-2-29a, 2278-2. One letter may
/// follow. Dates are no such label.
void find_label_of_numbers(const NameParts& name, Clues& clues) {
    const Span& label = name.label(0);
    std::size_t numbers = 0;
    std::size_t longest = 0;
    for (const Token& token : name.tokens()) {
        if (token.label != 0) break;
        if (!token.is_number()) {
            if (token.span.size() == 1 && token.span.end == label.end) break;
            return;
        }
        if (numbers++ == 0 && is_year(name.text(token.span))) return;
        longest = std::max(longest, token.span.size());
    }
    if (numbers > 2 || (numbers == 2 && longest >= 4)) clues.add({label, &rules::number_chain, weight::enough});
}

}  // namespace

std::size_t unpadded_size(std::string_view digits) {
    return digits.size() - std::min(digits.find_first_not_of('0'), digits.size());
}

bool is_year(std::string_view digits) {
    return digits.size() == 4 && digits >= "1990" && digits < "2040";
}

std::optional<Clue> number_chain(const NameParts& name) {
    Span span{};
    std::size_t count = 0;
    std::size_t digits = 0;
    bool words = false;
    for (const Token& token : name.tokens()) {
        if (!name.in_host(token)) break;
        words = words || !token.is_number();
        if (!token.is_number()) continue;
        digits += token.span.size();
        if (count++ == 0) span.begin = token.span.begin;
        span.end = token.span.end;
    }
    // 17-4.isp.example: nobody chooses numbers alone.
    if (count > 1 && !words) return Clue{span, &rules::number_chain, weight::enough};
    if (count < 3) return std::nullopt;
    // Three single digits are a rack and a host as well: s1-e3.a1.
    return Clue{span, &rules::number_chain, digits > 3 ? weight::half : weight::hint};
}

void find_numbering(const NameParts& name, Clues& clues) {
    find_hardware_pairs(name, clues);
    find_label_of_numbers(name, clues);
    for_each_run(name, [&](std::size_t first, std::size_t end) {
        if (name.in_host(name.tokens()[first])) find_codes(name, run_of(name, first, end), clues);
    });
    find_serial_numbers(name, clues);
}

}  // namespace fcrdns
