// SPDX-License-Identifier: MIT
// What a mailbox provider does, by the rules of its row: each PTR name makes a case, and where it is not
// known what several names do, one that leads back is taken as enough.
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "compose/receivers/mailbox_providers.hpp"
#include "compose/receivers/receiver_case.hpp"

namespace fcrdns {
namespace {

const ProviderRule* rule_for(const MailboxProvider& provider, unsigned triggers) {
    const auto& rules = provider.rules;
    const auto fits = [&](const ProviderRule& rule) { return (rule.triggers & triggers) != 0; };
    const auto at = std::find_if(rules.begin(), rules.end(), fits);
    return at == rules.end() ? nullptr : &*at;
}

bool looks_at_names(const MailboxProvider& provider) {
    return rule_for(provider, not_confirmed) != nullptr;
}

std::optional<std::string> reply_of(const ProviderRule& rule, const IpAddress& address) {
    if (rule.reply.empty()) return std::nullopt;
    return fmt::format(fmt::runtime(rule.reply), address.to_text());
}

// Of a name, what the provider may hold against it, and how to say so.
struct NameView {
    unsigned triggers = 0;
    std::string words;
};

NameView view_of(const PtrName& name, const NameVerdict& verdict, const IpAddress& address) {
    NameCase found = forward_case(name, address);
    const unsigned generic = verdict.generic.match() ? unsigned{generic_ptr_name} : 0U;
    switch (found.end) {
        case NameEnd::leads_back: return {generic, std::move(found.words)};
        case NameEnd::failed: return {generic | lookup_failed, std::move(found.words)};
        case NameEnd::open:
            return {generic | leads_elsewhere, name.host_name ? "was not asked about" : "is no host name"};
        case NameEnd::leads_elsewhere: break;
    }
    const bool has_addresses = name.forward->outcome == Outcome::records;
    return {generic | (has_addresses ? leads_elsewhere : no_forward), std::move(found.words)};
}

ReceiverPrediction row_of(const MailboxProvider& provider) {
    ReceiverPrediction row;
    row.receiver = provider.receiver;
    row.policy = provider.policy;
    row.basis = provider.basis;
    return row;
}

ReceiverPrediction unknown_after_failure(const MailboxProvider& provider, std::string cause) {
    ReceiverPrediction row = row_of(provider);
    row.outcome = ReceiverOutcome::depends;
    row.why = std::move(cause) + ", and what it does then is not known.";
    return row;
}

// The case that one name makes.
ReceiverCase case_of(const MailboxProvider& provider, const PtrName& name, const NameView& view,
                     const IpAddress& address) {
    ReceiverCase one;
    one.name = name.name.to_text();
    one.words = view.words;
    const ProviderRule* rule = rule_for(provider, view.triggers);
    if (rule == nullptr) return one;
    if ((rule->triggers & view.triggers) == generic_ptr_name)
        one.words = "looks assigned by the provider of the address";
    one.outcome = rule->outcome;
    one.reply = reply_of(*rule, address);
    if (!rule->words.empty()) one.words += fmt::format("; {}", rule->words);
    return one;
}

bool accepted(const ReceiverCase& one) {
    return one.outcome == ReceiverOutcome::accept;
}

// A name beyond those that are followed.
bool was_not_asked(const PtrName& name) {
    return name.host_name && !name.forward;
}

ReceiverPrediction predict_by_names(const MailboxProvider& provider, const Evidence& evidence, const Verdict& verdict) {
    std::vector<ReceiverCase> cases, undecided;
    for (std::size_t i = 0; i < evidence.names.size(); ++i) {
        const PtrName& name = evidence.names[i];
        NameView view = view_of(name, verdict.names[i], evidence.address);
        if (!looks_at_names(provider)) view.triggers &= generic_ptr_name;
        if ((view.triggers & lookup_failed) != 0 && rule_for(provider, lookup_failed) == nullptr) {
            return unknown_after_failure(provider, fmt::format("{} {}", name.name.to_text(), view.words));
        }
        cases.push_back(case_of(provider, name, view, evidence.address));
        if ((view.triggers & lookup_failed) != 0) undecided.push_back(cases.back());
    }
    const auto good = std::find_if(cases.begin(), cases.end(), accepted);
    const bool one_may_do = !provider.all_names && looks_at_names(provider) && good == cases.end();
    if (one_may_do && std::any_of(evidence.names.begin(), evidence.names.end(), was_not_asked)) {
        ReceiverPrediction row = row_of(provider);
        row.outcome = ReceiverOutcome::depends;
        row.why = fmt::format("None of the first {} names leads back, and one of the others may.", max_ptr_names);
        return row;
    }
    if (provider.all_names && !std::all_of(cases.begin(), cases.end(), accepted)) {
        std::erase_if(cases, accepted);
    } else if (good != cases.end()) {
        cases = {*good};
    } else if (!undecided.empty()) {
        // Each of these names could still be the one that is enough.
        cases = std::move(undecided);
    }
    ReceiverPrediction row = combine_cases(provider.receiver, provider.policy, {}, std::move(cases));
    row.basis = provider.basis;
    return row;
}

}  // namespace

ReceiverPrediction predict_provider(const MailboxProvider& provider, const Evidence& evidence, const Verdict& verdict) {
    ReceiverPrediction row = row_of(provider);
    if (provider.ipv6_only && evidence.address.is_ipv4()) {
        row.why = "No requirement is documented for IPv4.";
        return row;
    }
    if (evidence.ptr.outcome == Outcome::records) return predict_by_names(provider, evidence, verdict);
    const bool definite = is_definite(evidence.ptr.outcome);
    const ProviderRule* rule = rule_for(provider, definite ? no_ptr_record : lookup_failed);
    const std::string cause = ptr_cause(evidence.ptr);
    if (rule == nullptr && !definite) return unknown_after_failure(provider, cause);
    row.why = cause;
    if (rule == nullptr) {
        row.why += ", and nothing that it documents or that was seen asks for one.";
        return row;
    }
    row.outcome = rule->outcome;
    row.reply = reply_of(*rule, evidence.address);
    if (!rule->words.empty()) row.why += fmt::format("; {}", rule->words);
    row.why += '.';
    return row;
}

}  // namespace fcrdns
