// SPDX-License-Identifier: MIT
// Weighs the clues of a name: those that say "the provider named this address" against
// those that say "somebody named this host".
#include <algorithm>
#include <array>

#include "fcrdns/generic_name.hpp"
#include "judge/generic/address_forms.hpp"
#include "judge/generic/clue.hpp"
#include "judge/generic/domains.hpp"
#include "judge/generic/judge_without.hpp"
#include "judge/generic/name_parts.hpp"
#include "judge/generic/numbering.hpp"
#include "judge/generic/placeholders.hpp"
#include "judge/generic/rules.hpp"
#include "judge/generic/weighing.hpp"
#include "judge/generic/word_weight.hpp"
#include "judge/generic/words.hpp"

namespace fcrdns {
namespace {

// What speaks for a chosen name. A mail host needs two strong clues to be generic all the same: its
// whole address and, say, a pool's name.
constexpr int mail_host = 5;
constexpr int other_role = 3;
constexpr int mail_domain = 4;

class Judge {
public:
    Judge(const NameParts& name, const std::optional<IpAddress>& address)
        : name_(name), is_ipv4_(address && address->is_ipv4()) {
        if (is_ipv4_) find_ipv4_forms(name_, *address, clues_);
        if (address && !is_ipv4_) find_ipv6_forms(name_, *address, clues_);
        find_address_shape(name_, address.has_value(), clues_);
        forms_ = clues_.size();
        if (name_.host_labels() > 0) judge_host();
        judge_placeholder();
    }

    /// The judgement, with the evidence as `name` spells it, by all rules but `ignored` (which may be null).
    GenericJudgement judgement(const DnsName& name, const GenericRule* ignored) const;

private:
    void judge_host();
    bool is_numbered(std::size_t label) const;
    bool is_part_of_code(const Token& token) const;
    bool precedes_form(const Token& token) const;
    template <class Judgement>
    void for_each_word(Judgement judge) const;
    void judge_word(std::size_t i, const Meaning& meaning);
    void judge_placeholder();
    bool is_senders_number(const Token& letter) const;
    bool has_server_clue() const;
    bool has_line_clue() const;
    bool has_line_octet() const;
    bool has_only_server_clues() const;
    void judge_domain();
    void judge_provider_name(std::string_view registrable_label);
    int chosen_by_operator() const;

    const NameParts& name_;
    bool is_ipv4_;
    Clues clues_;
    std::size_t forms_ = 0;  ///< the first of the clues, which are forms of an address
    bool placeholder_ = false;
};

/// True when a number, in whatever form, stands in this label or left of it.
bool Judge::is_numbered(std::size_t label) const {
    const Span until{0, name_.label(label).end};
    const std::string_view before = name_.text(until);
    return std::any_of(before.begin(), before.end(), is_digit) || is_covered(clues_, until);
}

/// Letters of an address in base 36 or the like are no words, whatever they spell.
bool Judge::is_part_of_code(const Token& token) const {
    return std::any_of(clues_.begin(), clues_.begin() + forms_, [&](const Clue& clue) {
        return clue.weight >= weight::enough && clue.span.overlaps(token.span) &&
               name_.text(clue.span).find_first_of("-._") == std::string_view::npos;
    });
}

/// True where a form of the address follows that begins with letters: ip-c07a.
bool Judge::precedes_form(const Token& token) const {
    return std::any_of(clues_.begin(), clues_.begin() + forms_, [&](const Clue& clue) {
        return clue.span.begin == token.span.end || clue.span.begin == token.span.end + 1;
    });
}

template <class Judgement>
void Judge::for_each_word(Judgement judge) const {
    const auto& tokens = name_.tokens();
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (tokens[i].is_number() || !name_.in_host(tokens[i]) || is_part_of_code(tokens[i])) continue;
        judge(i, meaning_of(name_.text(tokens[i].span)));
    }
}

void Judge::judge_host() {
    // Without a number anywhere no word of a provider counts.
    if (is_numbered(name_.host_labels() - 1)) {
        for_each_word([&](std::size_t i, const Meaning& meaning) {
            if (meaning.provider != nullptr) judge_word(i, meaning);
        });
    }
    find_numbering(name_, clues_);
    if (!is_ipv4_) find_ipv6_label(name_, clues_);
    judge_domain();
}

void Judge::judge_placeholder() {
    // static.192-0-2-1 is no placeholder: the address makes it a name of its own.
    if (is_covered(clues_, {0, static_cast<std::uint8_t>(name_.judged().size())}, weight::sure)) return;
    const auto span = find_placeholder(name_);
    if (!span) return;
    placeholder_ = true;
    clues_.add({*span, &rules::placeholder, weight::enough});
}

void Judge::judge_word(std::size_t i, const Meaning& meaning) {
    const Token& token = name_.tokens()[i];
    const WordKind kind = meaning.provider->kind;
    if (!is_numbered(token.label)) return;
    if (names_site(name_, i) || precedes_as_number(name_, i) || is_inside_code(name_, i, kind)) return;
    const WordWeight found = weight_of(kind);
    if (!precedes_form(token)) {
        if (token.label == 0 && !has_number(name_, i, found.number)) return;
        // A letter within a label counts where the address follows: node-c-3f2f.
        if (token.span.size() == 1 && !begins_label(name_, token)) return;
        if (kind == WordKind::vague && is_operators_letter(name_, i)) return;
    }
    if (kind == WordKind::vague && is_senders_number(token)) return;
    int heavy = token.label == 0 ? found.in_first_label : found.further_right;
    if (token.label == 0 && says_place(name_, i, kind)) heavy = weight::enough;
    const bool own_line = is_own_line(name_, token, kind);
    if (meaning.provider_begins_other || own_line) heavy = std::min(heavy, weight::half);
    if (heavy != 0) clues_.add({token.span, found.rule, heavy});
}

/// s1110 directly under a domain, and no part of the address: a sender's host as often as a customer's.
bool Judge::is_senders_number(const Token& letter) const {
    constexpr std::string_view customers_letters = "cdu";  // client, dynamic, user
    constexpr std::size_t longest = 6;
    const Span& label = name_.label(letter.label);
    return name_.host_labels() == 1 && label.size() <= longest && !is_covered(clues_, label) &&
           !is_rental_domain(name_.text(name_.label(1))) &&
           customers_letters.find(name_.text(letter.span)) == std::string_view::npos;
}

/// A server's number or code: what a hoster's domain can be company for.
bool Judge::has_server_clue() const {
    return std::any_of(clues_.begin(), clues_.end(), [](const Clue& clue) {
        constexpr std::size_t least_digits = 4;
        return clue.rule == &rules::rented_server || clue.rule == &rules::coded_label ||
               clue.rule == &rules::machine_identifier ||
               (clue.rule == &rules::serial_number && clue.span.size() >= least_digits);
    });
}

/// A customer's line, or its code: what a provider's domain can be company for.
bool Judge::has_line_clue() const {
    return std::any_of(clues_.begin(), clues_.end(), [](const Clue& clue) {
        return clue.rule == &rules::dynamic_pool || clue.rule == &rules::customer || clue.rule == &rules::coded_label ||
               clue.rule == &rules::dial_port;
    });
}

/// The address's last number in three digits behind a few letters, as providers name lines: ab240, a057. Operators
/// seldom count so far, and not behind words for servers.
bool Judge::has_line_octet() const {
    constexpr std::size_t most_letters = 3;
    constexpr std::size_t digits = 3;
    const auto& tokens = name_.tokens();
    if (tokens.size() < 2 || tokens[0].is_number() || tokens[0].span.size() > most_letters) return false;
    if (tokens[1].span.size() != digits || tokens[1].span.end != name_.label(0).end) return false;
    const Meaning meaning = meaning_of(name_.text(tokens[0].span));
    const bool server = meaning.chosen != nullptr ||
                        (meaning.provider != nullptr &&
                         (meaning.provider->kind == WordKind::machine || meaning.provider->kind == WordKind::rented));
    return !server && std::any_of(clues_.begin(), clues_.end(), [&](const Clue& clue) {
        return clue.rule == &rules::last_octet && clue.span.overlaps(tokens[1].span);
    });
}

/// A server by its number: under the domain of a provider of lines its own (srv112.acmefiber.example).
bool Judge::has_only_server_clues() const {
    const auto is_server = [](const Clue& clue) { return clue.rule == &rules::rented_server; };
    return std::any_of(clues_.begin(), clues_.end(), is_server) &&
           std::all_of(clues_.begin(), clues_.end(),
                       [&](const Clue& clue) { return is_server(clue) || clue.rule == &rules::serial_number; });
}

void Judge::judge_domain() {
    const Span& label = name_.label(name_.host_labels());
    if (is_numbered(name_.host_labels() - 1)) {
        const bool network = is_network_domain(name_.domain());
        const bool carrier = network || is_carrier_domain(name_.domain());
        const bool lines = is_customer_domain(name_.text(label)) && !has_only_server_clues();
        const bool line = (has_line_octet() && carrier) || (has_line_clue() && network);
        if (lines || line || is_rental_domain(name_.text(label))) {
            clues_.add({label, &rules::provider_domain, weight::half});
        } else if (has_server_clue() && is_hoster_domain(name_.text(label))) {
            clues_.add({label, &rules::provider_domain, weight::hint});
        }
        judge_provider_name(name_.text(label));
    }
    if (is_cloud_default(name_.text())) {
        const Span& first = name_.label(0);
        const Span rest{static_cast<std::uint8_t>(first.end + 1), static_cast<std::uint8_t>(name_.text().size())};
        clues_.add({rest, &rules::cloud_default, weight::sure});
    }
}

/// acme2118.acmecom.example: the provider numbers what it serves. Operators who do so count less far.
void Judge::judge_provider_name(std::string_view registrable_label) {
    constexpr std::size_t least_letters = 3;
    const auto& tokens = name_.tokens();
    if (tokens.size() < 2 || tokens[0].span.begin != 0 || tokens[0].is_number() || !is_beside_number(name_, 0)) return;
    const std::string_view letters = name_.text(tokens[0].span);
    const std::string_view digits = name_.text(tokens[1].span);
    if (letters.size() < least_letters || !registrable_label.starts_with(letters)) return;
    const bool octet = letters == registrable_label && is_covered(clues_, tokens[1].span);
    if ((digits.size() < 3 && !octet) || is_year(digits)) return;
    clues_.add({tokens[0].span, &rules::provider_name, digits.size() == 3 ? weight::hint : weight::half});
}

/// What says that an operator chose the name, to be set against the clues.
int Judge::chosen_by_operator() const {
    if (name_.host_labels() == 0) return 0;
    int mail = 0;
    int role = 0;
    for_each_word([&](std::size_t i, const Meaning& meaning) {
        if (meaning.chosen == nullptr) return;
        const bool in_first_label = name_.tokens()[i].label == 0;
        // Further right mx without a number is Mexico too, and right of the first label www or ns are names of zones.
        const bool mexico = name_.tokens()[i].label > 1 && meaning.chosen->text == "mx" && !precedes_number(name_, i);
        if (meaning.chosen->kind == WordKind::mail && !mexico) mail = mail_host;
        // The dns of reverse-dns-not-set is no role, nobody has name servers up to ns3845, and a pop of two numbers
        // is a point of presence: pop7-1505.
        const bool place = meaning.chosen->text == "pop" && numbers_in_first_label(name_) > 1;
        if (meaning.chosen->kind == WordKind::role && in_first_label && !placeholder_ && !place &&
            !precedes_serial(name_, i))
            role = other_role;
    });
    if (is_mail_operator(name_.domain()) || is_mail_service_host(name_.host())) mail = mail_host;
    // A mail host of who sends for others may carry its address.
    if (!placeholder_ && is_mail_domain(name_.text(name_.label(name_.host_labels())))) mail += mail_domain;
    return mail + role;
}

GenericJudgement Judge::judgement(const DnsName& name, const GenericRule* ignored) const {
    Clues kept = without_overlaps(clues_, ignored);
    const auto chain = number_chain(name_);
    if (chain && chain->rule != ignored) kept = with_chain(kept, *chain);
    int sum = sum_of(kept);
    GenericJudgement judgement;
    if (sum < weight::enough) return judgement;
    sum -= chosen_by_operator();
    if (sum < weight::enough) return judgement;
    judgement.evidence = evidence_of(kept, name.to_text());
    return judgement;
}

}  // namespace

GenericJudgement judge_name(const DnsName& name, const std::optional<IpAddress>& address) {
    return judge_name_without(nullptr, name, address);
}

GenericJudgement judge_host_name(const DnsName& name, const std::optional<IpAddress>& address) {
    return Judge(NameParts(name), address).judgement(name, nullptr);
}

GenericJudgement judge_name_without(const GenericRule* rule, const DnsName& name,
                                    const std::optional<IpAddress>& address) {
    if (!name.is_host_name()) return {};
    return Judge(NameParts(name), address).judgement(name, rule);
}

}  // namespace fcrdns
