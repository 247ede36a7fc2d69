// SPDX-License-Identifier: MIT
#include "judge/generic/placeholders.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "judge/generic/domains.hpp"
#include "judge/generic/placeholder_words.hpp"
#include "judge/generic/words.hpp"

namespace fcrdns {
namespace {

/// What the words of a phrase say together.
struct Phrase {
    std::size_t words = 0;
    std::size_t kinds = 0;  ///< words for kinds of addresses
    std::size_t services = 0;
    std::size_t glue = 0;
    bool says_nothing_set = false;
    bool says_no = false;
    bool says_vacant = false;
    bool says_reverse = false;
    bool says_dns = false;
    bool says_rented = false;
    bool says_server = false;
    bool ends_with_customer = false;

    /// no-reverse and sin-nombre, but not no-server1 and sin-host2, which stand in Norway and Singapore.
    bool says_unset() const { return says_nothing_set || (says_no && (says_reverse || glue > 0)); }
    bool says_so() const { return says_unset() || (says_reverse && !says_server); }
    bool is_placeholder() const {
        if (words < 2) return false;
        if (says_so()) return true;
        // dhcp-dns is a server of both: dns is no placeholder's word unless it is the reverse DNS, or not set.
        if (says_dns) return false;
        if (says_vacant || says_no) return kinds > 0;
        // home-user, but not home-access and not the-pool: those are places.
        if (glue > 0) return false;
        return kinds > 1 || (services > 0 && ends_with_customer) || (says_rented && (says_server || kinds > 0));
    }
};

/// True for words that say which kind of address this is, not what the host is for.
bool is_kind_of_address(const Word& word) {
    return word.kind == WordKind::pool || word.kind == WordKind::lease || word.kind == WordKind::access ||
           word.kind == WordKind::customer || word.kind == WordKind::fixed ||
           (word.kind == WordKind::address && word.text != "host" && word.text != "network");
}

void add_vocable(Phrase& phrase, const Vocable& vocable) {
    switch (vocable.sense) {
        case Sense::negation: phrase.says_no = true; break;
        case Sense::nothing: phrase.says_nothing_set = true; break;
        case Sense::vacant: phrase.says_vacant = true; break;
        case Sense::reverse: phrase.says_reverse = true; break;
        case Sense::server: phrase.says_server = true; break;
        case Sense::glue: ++phrase.glue; break;
    }
    phrase.says_dns = phrase.says_dns || vocable.text == "dns";
}

/// Adds a word to the phrase; false where it is none of a placeholder's.
bool add_word(Phrase& phrase, std::string_view letters) {
    ++phrase.words;
    phrase.ends_with_customer = false;
    if (const Vocable* vocable = vocable_of(letters)) {
        add_vocable(phrase, *vocable);
        return true;
    }
    const Meaning meaning = meaning_of(letters);
    if (meaning.provider == nullptr || meaning.provider_begins_other || meaning.chosen != nullptr) return false;
    if (letters.size() == 1) return false;
    const Word& word = *meaning.provider;
    phrase.ends_with_customer = word.kind == WordKind::customer;
    if (is_kind_of_address(word)) {
        ++phrase.kinds;
    } else if (word.kind == WordKind::service) {
        ++phrase.services;
    } else if (word.kind == WordKind::rented) {
        phrase.says_rented = true;
    } else {
        return word.kind == WordKind::address;
    }
    return true;
}

/// True where a phrase may stand: in the host, or in a domain alone.
bool has_several_words(const NameParts& name) {
    const auto counts = [&](const Token& token) {
        return !token.is_number() && (name.host_labels() == 0 || name.in_host(token));
    };
    return std::count_if(name.tokens().begin(), name.tokens().end(), counts) > 1;
}

/// A label, or several, of a placeholder's words: static-ip, no-reverse-yet, not.used. Where nothing is set, or nobody
/// has the address, numbers may follow: free-ip-12.
std::optional<Span> made_of_vocabulary(const NameParts& name) {
    Phrase phrase;
    std::optional<Span> found;
    const auto& tokens = name.tokens();
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i].is_number()) {
            const bool told = phrase.is_placeholder() && (phrase.says_unset() || phrase.says_vacant);
            if (told && tokens[i].label == 0 && name.in_host(tokens[i])) found = Span{0, tokens[i - 1].span.end};
            break;
        }
        const Phrase before = phrase;
        const std::string_view letters = name.text(tokens[i].span);
        if (!add_word(phrase, letters)) {
            // A place may follow two words for kinds: dynamic-adsl-north, but not dynamic-adsl-gw.
            const bool two_kinds = tokens[i].label == 0 && before.kinds > 1 && before.is_placeholder();
            if (two_kinds && meaning_of(letters).chosen == nullptr) found = Span{0, tokens[i - 1].span.end};
            break;
        }
        const bool ends_label = i + 1 == tokens.size() || tokens[i + 1].label != tokens[i].label;
        if (!ends_label) continue;
        // A domain is a placeholder only where no host stands before it, and where it says so.
        const std::size_t label = tokens[i].label;
        if (label > 0 && !name.in_host(tokens[i])) break;
        const bool first = label == 0 && name.in_host(tokens[i]);
        if (phrase.is_placeholder() && (first || phrase.says_so())) found = Span{0, name.label(label).end};
    }
    return found;
}

/// hosted, connected, powered: what is done by somebody.
bool is_done_to_addresses(std::string_view letters) {
    constexpr std::size_t least_letters = 6;
    return letters.size() >= least_letters && letters.ends_with("ed");
}

/// server, fiber, ip: what somebody lets.
bool is_let(std::string_view letters) {
    const Meaning meaning = meaning_of(letters);
    return letters == "hosting" || letters == "services" || letters == "service" ||
           (meaning.provider != nullptr && meaning.chosen == nullptr && letters.size() > 1);
}

/// x7k.hosted-by.hoster.example, fiber.by.isp.example: whatever stands before is no host's name.
std::optional<Span> made_by(const NameParts& name) {
    constexpr std::string_view joints[] = {"by", "via", "to", "at"};
    const auto& tokens = name.tokens();
    for (std::size_t i = 1; i < tokens.size() && name.in_host(tokens[i]); ++i) {
        const Token& word = tokens[i - 1];
        const std::string_view joint = name.text(tokens[i].span);
        if (word.is_number() || tokens[i].span.begin != word.span.end + 1) continue;
        if (std::find(std::begin(joints), std::end(joints), joint) == std::end(joints)) continue;
        const std::string_view letters = name.text(word.span);
        const bool done = is_done_to_addresses(letters);
        const bool let = joint == "by" && word.span.begin == name.label(word.label).begin && is_let(letters);
        if ((done || let) && word.label < 2) return Span{word.span.begin, tokens[i].span.end};
    }
    return std::nullopt;
}

/// unusedip, ipdinamica, defaultreverse: a placeholder's word and one for an address or its name.
bool is_compound(std::string_view letters) {
    constexpr std::string_view ends[] = {"ip", "ips", "ptr", "rdns", "reverse", "rev", "hostname", "address"};
    const auto tells = [](std::string_view rest) {
        Phrase phrase;
        return rest.size() > 2 && add_word(phrase, rest) &&
               (phrase.says_no || phrase.says_nothing_set || phrase.says_vacant || phrase.kinds > 0 ||
                phrase.says_rented);
    };
    if (letters.starts_with("ip") && tells(letters.substr(2))) return true;
    return std::any_of(std::begin(ends), std::end(ends), [&](std::string_view end) {
        if (!letters.ends_with(end)) return false;
        const std::string_view before = letters.substr(0, letters.size() - end.size());
        // A word with an ending, and these letters, may be another word: cableship.
        const Word* word = meaning_of(before).provider;
        return tells(before) && (word == nullptr || word->text == before);
    });
}

/// True for the domain of who sells lines, as far as it says so.
bool sells_lines(const NameParts& name) {
    const std::string_view domain = name.domain();
    return is_carrier_domain(domain) || is_network_domain(domain) ||
           is_customer_domain(domain.substr(0, domain.find('.')));
}

bool is_told(const Placeholder& row, bool whole_label, const NameParts& name) {
    switch (row.extent) {
        case Extent::beginning: return true;
        case Extent::whole: return whole_label;
        case Extent::direct: return whole_label && name.host_labels() == 1;
        case Extent::hoster: return whole_label && is_hoster_domain(name.text(name.label(name.host_labels())));
        case Extent::carrier: return whole_label && (name.host_labels() > 1 || sells_lines(name));
    }
    return false;
}

/// A first label that says so by itself.
std::optional<Span> by_first_label(const NameParts& name) {
    const std::string_view label = name.text(name.label(0));
    if (begins_with_placeholder(label)) {
        const auto end = std::find_if_not(label.begin(), label.end(), is_letter);
        return Span{0, static_cast<std::uint8_t>(end - label.begin())};
    }
    for (std::size_t size = 0; size < label.size();) {
        size = std::min(label.find_first_of("-_", size + 1), label.size());
        const Placeholder* row = placeholder_of(label.substr(0, size));
        if (row == nullptr || !is_told(*row, size == label.size(), name)) continue;
        return Span{0, static_cast<std::uint8_t>(size)};
    }
    if (!std::all_of(label.begin(), label.end(), is_letter)) return std::nullopt;
    return is_compound(label) ? std::optional(name.label(0)) : std::nullopt;
}

/// A domain that a hoster has for nothing else: hosted-by-acme.example.
std::optional<Span> by_domain(const NameParts& name) {
    constexpr std::string_view beginning = "hosted-by-";
    if (!name.text().starts_with(beginning)) return std::nullopt;
    return Span{0, static_cast<std::uint8_t>(beginning.size() - 1)};
}

}  // namespace

std::optional<Span> find_placeholder(const NameParts& name) {
    if (has_several_words(name)) {
        if (const auto made = made_of_vocabulary(name)) return made;
    }
    if (name.host_labels() == 0) return by_domain(name);
    if (const auto by = made_by(name)) return by;
    return by_first_label(name);
}

}  // namespace fcrdns
