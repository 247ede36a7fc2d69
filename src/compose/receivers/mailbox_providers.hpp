// SPDX-License-Identifier: MIT
// Mailbox providers: what their servers say about reverse DNS, as far as they document it or
// public bounces show it. A table of rules; its sources stand beside the rows.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "fcrdns/receivers.hpp"
#include "fcrdns/verdict.hpp"

namespace fcrdns {

/// What a provider can hold against an address; flags.
enum ProviderTrigger : std::uint8_t {
    no_ptr_record = 1,
    leads_elsewhere = 2,  ///< the name has addresses, and none is the client's; or is no host name
    no_forward = 4,       ///< the name does not exist or has no address of the family
    lookup_failed = 8,
    generic_ptr_name = 16,
    not_confirmed = leads_elsewhere | no_forward,
};

/// What the provider does where one of the triggers holds.
struct ProviderRule {
    unsigned triggers = 0;
    ReceiverOutcome outcome = ReceiverOutcome::reject;
    std::string_view reply;  ///< the whole line, `{}` standing for the address; empty where it is not known whole
    std::string_view words;  ///< what is known besides, to be added to the reason; may be empty
};

struct MailboxProvider {
    std::string_view receiver;
    std::string_view policy;
    ReceiverBasis basis = ReceiverBasis::documented;
    std::span<const ProviderRule> rules;  ///< the first that fits counts
    bool all_names = false;               ///< every PTR name must lead back; else one is taken as enough
    bool ipv6_only = false;
};

/// All providers, in the order of the manual.
std::span<const MailboxProvider> mailbox_providers();

/// What the provider does with the address.
ReceiverPrediction predict_provider(const MailboxProvider& provider, const Evidence& evidence, const Verdict& verdict);

}  // namespace fcrdns
