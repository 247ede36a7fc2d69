// SPDX-License-Identifier: MIT
#include "compose/wording.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "dns/extended_errors.hpp"
#include "dns/server_address.hpp"
#include "text/phrases.hpp"
#include "text/printable.hpp"

namespace fcrdns {

namespace {

bool is_policy(const ExtendedError& error) {
    return is_own_will(error.code) || error.code == prohibited;
}

std::string filter_text(const std::vector<ExtendedError>& errors) {
    constexpr std::size_t longest = 120;
    const auto policy = std::find_if(errors.begin(), errors.end(), is_policy);
    if (policy == errors.end()) return "filtered";
    const std::string words = printable(policy->text.substr(0, longest));
    return fmt::format("filtered ({}{})", extended_error_text(policy->code),
                       words.empty() ? "" : fmt::format(", \"{}\"", words));
}

// Of several the one that says most: some resolvers give one for each server that they asked.
const ExtendedError& most_telling(const std::vector<ExtendedError>& errors) {
    const auto validation = [](const ExtendedError& error) { return is_validation_error(error.code); };
    const auto tells = [](const ExtendedError& error) { return tells_cause(error.code); };
    if (const auto at = std::find_if(errors.begin(), errors.end(), validation); at != errors.end()) return *at;
    const auto at = std::find_if(errors.begin(), errors.end(), tells);
    return at == errors.end() ? errors.front() : *at;
}

std::string with_error(std::string text, const std::vector<ExtendedError>& errors) {
    return errors.empty() ? text : fmt::format("{} ({})", text, extended_error_text(most_telling(errors).code));
}

std::string records_text(const ResolverView& view) {
    if (view.outcome == Outcome::nxdomain) return "no such name";
    return view.answers.empty() ? "no such record" : join_some(view.answers);
}

}  // namespace

std::string outcome_words(Outcome outcome, std::optional<std::uint16_t> rcode) {
    switch (outcome) {
        case Outcome::timeout: return "no answer";
        case Outcome::not_sent: return "not sent";
        case Outcome::unreachable: return "unreachable";
        case Outcome::malformed: return "malformed answer";
        case Outcome::referral: return "referral instead of an answer";
        case Outcome::filtered: return "filtered";
        default: return rcode_text(rcode.value_or(0));
    }
}

std::string failure_text(const Answer& answer) {
    if (answer.outcome == Outcome::filtered) return filter_text(answer.extended_errors);
    std::string text = unfound_text(answer);
    if (text.empty()) text = outcome_words(answer.outcome, answer.rcode);
    if (answer.outcome == Outcome::timeout && !answer.detail.empty()) text = "no whole answer";
    if (!answer.detail.empty()) text += " (" + printable(answer.detail) + ')';
    return with_error(std::move(text), answer.extended_errors);
}

std::string failure_text(const ResolverView& view) {
    if (view.outcome == Outcome::filtered) return filter_text(view.extended_errors);
    return with_error(outcome_words(view.outcome, view.rcode), view.extended_errors);
}

std::string server_words(const std::optional<Endpoint>& server) {
    return server ? server_text(*server) : "the resolver";
}

std::string server_as_subject(const std::optional<Endpoint>& server) {
    return server ? server_text(*server) : "The resolver";
}

std::string difference_text(const SourceView& source) {
    const ResolverView& view = source.resolver;
    const std::string who = server_as_subject(view.server);
    if (source.resolver_withholds() && !is_definite(view.outcome)) {
        return fmt::format("{} cannot get it: {}; {}.", who, failure_text(view),
                           source.resolver_rejects() ? "receivers that validate defer or refuse"
                                                     : "a mail server that asks it defers or refuses");
    }
    if (source.resolver_withholds()) {
        return fmt::format("{} answers out of a zone of its own: {}; others see what the servers publish.", who,
                           records_text(view));
    }
    if (!source.resolver_differs()) return {};
    const std::string until = view.ttl_left.value_or(0) == 0
                                  ? std::string()
                                  : fmt::format(", then for at most {}", duration_text(*view.ttl_left));
    return fmt::format("{} gives another answer ({}): its own, or from before a change{}.", who, records_text(view),
                       until);
}

std::string unfound_text(const Answer& answer) {
    if (answer.outcome != Outcome::other || answer.rcode || !answer.source || !answer.source->unfound) return {};
    const auto& [name, type] = *answer.source->unfound;
    return type == RecordType::ns ? fmt::format("the servers of {} were not found (no NS record)", name.to_text())
                                  : fmt::format("the zone of {} was not found (no SOA record)", name.to_text());
}

std::string addresses_text(const Answer& answer) {
    std::vector<std::string> addresses;
    addresses.reserve(answer.addresses.size());
    for (const AddressRecord& record : answer.addresses) addresses.push_back(record.ip.to_text());
    return join_some(addresses, answer.addresses_beyond);
}

}  // namespace fcrdns
