// SPDX-License-Identifier: MIT
// Weighs the clues of a name: those that say "the provider named this address" against
// those that say "somebody named this host".
#include <algorithm>
#include <array>

#include "fcrdns/generic_name.hpp"
#include "generic/address_forms.hpp"
#include "generic/clue.hpp"
#include "generic/name_parts.hpp"
#include "generic/numbering.hpp"
#include "generic/rules.hpp"
#include "generic/words.hpp"

namespace fcrdns {
namespace {

// What speaks for a chosen name. A mail host needs two strong clues to be generic all the same: its
// whole address and, say, a pool's name.
constexpr int mail_host = 5;
constexpr int other_role = 3;
constexpr int mail_domain = 3;

/// How much a provider's word weighs: in the first label, and further right, over a first label with a number.
struct WordWeight {
    const GenericRule* rule;
    int in_first_label;
    int further_right;
    bool needs_number_beside;  ///< in the first label it counts only directly beside a number
};

WordWeight weight_of(WordKind kind) {
    switch (kind) {
        case WordKind::pool: return {&rules::dynamic_pool, weight::enough, weight::enough, false};
        case WordKind::access: return {&rules::access_line, weight::enough, weight::enough, false};
        case WordKind::service: return {&rules::access_line, weight::half, weight::half, false};
        case WordKind::dial: return {&rules::dial_port, weight::half, weight::hint, true};
        case WordKind::customer: return {&rules::customer, weight::half, weight::enough, true};
        case WordKind::fixed: return {&rules::static_address, weight::half, weight::enough, false};
        case WordKind::rented: return {&rules::rented_server, weight::half, weight::hint, true};
        case WordKind::address: return {&rules::address_name, weight::half, weight::half, true};
        case WordKind::letter: return {&rules::address_name, weight::half, 0, true};
        case WordKind::mail:
        case WordKind::role: break;
    }
    return {};
}

bool has_digit(std::string_view text) {
    return std::any_of(text.begin(), text.end(), is_digit);
}

bool is_beside_number(const NameParts& name, std::size_t i) {
    const auto& tokens = name.tokens();
    const auto joins = [&](std::size_t left, std::size_t right) {
        return tokens[right].span.begin - tokens[left].span.end <= 1;
    };
    return (i + 1 < tokens.size() && tokens[i + 1].is_number() && joins(i, i + 1)) ||
           (i > 0 && tokens[i - 1].is_number() && joins(i - 1, i));
}

bool begins_run(const NameParts& name, const Token& token) {
    return token.span.begin == 0 || !is_digit(name.text()[token.span.begin - 1U]);
}

class Judge {
public:
    Judge(const NameParts& name, const std::optional<IpAddress>& address) : name_(name) {
        if (address && address->is_ipv4()) find_ipv4_forms(name_, *address, clues_);
        if (address && !address->is_ipv4()) find_ipv6_forms(name_, *address, clues_);
        find_address_shape(name_, address.has_value(), clues_);
        if (name_.host_labels() > 0) judge_host();
    }

    GenericJudgement judgement(const DnsName& name) const;

private:
    void judge_host();
    void judge_word(std::size_t i, const Meaning& meaning);
    void find_placeholder();
    void judge_domain();
    int for_generic() const;

    const NameParts& name_;
    Clues clues_;
    int mail_ = 0;
    int role_ = 0;
};

void Judge::judge_host() {
    find_numbering(name_, clues_);
    const auto& tokens = name_.tokens();
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i].is_number() || !name_.in_host(tokens[i])) continue;
        judge_word(i, meaning_of(name_.text(tokens[i].span)));
    }
    find_placeholder();
    judge_domain();
}

/// True for a first label of several words and no numbers that says only which kind of address this is, or that
/// nothing was set: static-ip, no-reverse-yet.
bool is_made_of_placeholder_words(const NameParts& name) {
    std::size_t words = 0;
    for (const Token& token : name.tokens()) {
        if (token.label != 0) break;
        if (token.is_number() || !is_placeholder_word(name.text(token.span))) return false;
        ++words;
    }
    return words >= 2;
}

void Judge::find_placeholder() {
    const std::string_view text = placeholder_in(name_.host());
    const bool made = text.empty() && is_made_of_placeholder_words(name_);
    if (text.empty() && !made) return;
    const Span span = made ? name_.label(0) : Span{0, static_cast<std::uint8_t>(text.size())};
    clues_.add({span, &rules::placeholder, weight::enough});
}

void Judge::judge_word(std::size_t i, const Meaning& meaning) {
    const Token& token = name_.tokens()[i];
    if (meaning.chosen != nullptr && meaning.chosen->kind == WordKind::mail) mail_ = mail_host;
    if (meaning.chosen != nullptr && meaning.chosen->kind == WordKind::role && token.label == 0) role_ = other_role;
    if (meaning.provider == nullptr || !has_digit(name_.text(name_.label(0)))) return;
    const WordWeight found = weight_of(meaning.provider->kind);
    if (token.label == 0 && found.needs_number_beside && !is_beside_number(name_, i)) return;
    if (meaning.provider->kind == WordKind::letter && !begins_run(name_, token)) return;
    const int heavy = token.label == 0 ? found.in_first_label : found.further_right;
    if (heavy != 0) clues_.add({token.span, found.rule, heavy});
}

void Judge::judge_domain() {
    const Span& label = name_.label(name_.host_labels());
    const std::string_view text = name_.text(label);
    if (is_mail_domain(text)) mail_ = std::max(mail_, mail_domain);
    if (is_customer_domain(text) && has_digit(name_.text(name_.label(0)))) {
        clues_.add({label, &rules::provider_domain, weight::half});
    }
}

/// The clues that count: of those on the same text only the heaviest.
BoundedList<Clue, 48> without_overlaps(const Clues& clues) {
    std::array<const Clue*, 48> order{};
    for (std::size_t i = 0; i < clues.size(); ++i) order[i] = &clues[i];
    const auto end = order.begin() + static_cast<std::ptrdiff_t>(clues.size());
    // Of equals the shorter one: it leaves room for its neighbours.
    std::stable_sort(order.begin(), end, [](const Clue* a, const Clue* b) {
        return a->weight != b->weight ? a->weight > b->weight : a->span.size() < b->span.size();
    });
    BoundedList<Clue, 48> kept;
    for (auto at = order.begin(); at != end; ++at) {
        const auto collides = [&](const Clue& clue) { return clue.span.overlaps((*at)->span); };
        if (std::none_of(kept.begin(), kept.end(), collides)) kept.add(**at);
    }
    return kept;
}

GenericJudgement Judge::judgement(const DnsName& name) const {
    const auto kept = without_overlaps(clues_);
    int sum = -mail_ - role_;
    for (const Clue& clue : kept) sum += clue.weight;
    GenericJudgement judgement;
    if (sum < weight::enough) return judgement;
    judgement.strength = sum >= weight::sure ? GenericStrength::certain : GenericStrength::likely;
    const std::string text = name.to_text();
    constexpr std::size_t most_evidence = 4;
    for (const Clue& clue : kept) {
        if (judgement.evidence.size() == most_evidence) break;
        judgement.evidence.push_back({text.substr(clue.span.begin, clue.span.size()), clue.rule});
    }
    return judgement;
}

}  // namespace

GenericJudgement judge_name(const DnsName& name, const std::optional<IpAddress>& address) {
    if (!name.is_host_name()) return {};
    const NameParts parts(name);
    return Judge(parts, address).judgement(name);
}

}  // namespace fcrdns
