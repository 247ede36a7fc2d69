// SPDX-License-Identifier: MIT
// Mailbox providers: only what they document, read in November 2026.
#include <fmt/format.h>

#include <algorithm>

#include "compose/receivers/rows.hpp"

namespace fcrdns {
namespace {

// https://support.google.com/a/answer/3726730, 550 5.7.25
constexpr std::string_view gmail_permanent =
    "550 5.7.25 This message was blocked because the sending IP address doesn't have a PTR record, "
    "or the forwarding DNS entry doesn't reference the sending IP address.";
// https://support.google.com/mail/answer/14229414, 421 4.7.23
constexpr std::string_view gmail_temporary =
    "421 4.7.23 The sending IP address for this message doesn't have a PTR record, or the PTR record's "
    "forward DNS entry doesn't match the sending IP address. To protect users from spam, your email has "
    "been temporarily rate limited.";

Effects gmail_effects() {
    return {{ReceiverOutcome::reject, std::string(gmail_permanent)},
            {ReceiverOutcome::tempfail, std::string(gmail_temporary)}};
}

}  // namespace

// Google asks for a PTR record whose name leads back. It documents neither what several PTR names
// do nor what a failing lookup does: one name that leads back is taken as enough, and a failure
// as the temporary refusal documented for the same requirement.
std::vector<Fate> gmail_fates(const Evidence& evidence) {
    const Effects effects = gmail_effects();
    if (evidence.ptr.outcome != Outcome::records) {
        return one_fate(is_definite(evidence.ptr.outcome) ? effects.elsewhere : effects.failed,
                        ptr_cause(evidence.ptr));
    }
    std::vector<Fate> confirmed, failed, elsewhere;
    for (const PtrName& name : evidence.names) {
        NameStep step = forward_step(name, evidence.address);
        if (step.step == Step::open) step = refused_name(name.host_name ? "was not asked about" : "is no host name");
        std::vector<Fate>& kind = step.step == Step::leads_back ? confirmed
                                  : step.step == Step::failed   ? failed
                                                                : elsewhere;
        append_fates(kind, name, std::move(step), effects);
    }
    if (!confirmed.empty()) return {confirmed.front()};
    return failed.empty() ? elsewhere : failed;
}

// https://learn.microsoft.com/en-us/microsoft-365/security/office-365-security/
// support-for-anonymous-inbound-email-messages-over-ipv6: the source address must have a PTR record.
// Nothing is said of where its name leads, nor of IPv4. The refusal is temporary in any case.
std::vector<Fate> exchange_online_fates(const Evidence& evidence) {
    if (evidence.address.is_ipv4()) return one_fate({}, "Microsoft documents no requirement for IPv4");
    if (evidence.ptr.outcome == Outcome::records) {
        return one_fate({}, "A PTR record is published, and no more is documented");
    }
    return one_fate({ReceiverOutcome::tempfail,
                     fmt::format("450 4.7.25 Service unavailable, sending IPv6 address [{}] must have reverse DNS "
                                 "record.",
                                 evidence.address.to_text())},
                    ptr_cause(evidence.ptr));
}

}  // namespace fcrdns
