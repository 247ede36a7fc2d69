// SPDX-License-Identifier: MIT
#include "fcrdns/receivers.hpp"

#include <array>

#include "compose/receivers/mailbox_providers.hpp"
#include "compose/receivers/rows.hpp"

namespace fcrdns {
namespace {

struct Row {
    std::string_view receiver;
    std::string_view configuration_of;  // the receiver that counts for it; empty where it counts itself
    std::string_view policy;
    ReceiverBasis basis;
    std::string_view note;  // said wherever mail is not accepted
    std::vector<ReceiverCase> (*cases)(const Evidence&);
};

constexpr std::string_view exim_note = "only Exim's log has the reason";
constexpr std::string_view opensmtpd_note = "the administrator writes the reply";

using enum ReceiverBasis;
constexpr std::array<Row, 9> programs = {{
    {"postfix", "", "reject_unknown_client_hostname, unknown_client_reject_code = 550", tested, "",
     [](const Evidence& e) { return postfix_cases(e, 550); }},
    {"postfix-450", "postfix", "reject_unknown_client_hostname, unknown_client_reject_code = 450 (the default)", tested,
     "", [](const Evidence& e) { return postfix_cases(e, 450); }},
    {"postfix-reverse", "postfix", "reject_unknown_reverse_client_hostname, unknown_client_reject_code = 550", tested,
     "", postfix_reverse_cases},
    {"exim", "", "require verify = reverse_host_lookup, Exim 4.96 (Debian 12)", tested, exim_note,
     [](const Evidence& e) { return exim_cases(e, false); }},
    {"exim-4.98", "exim", "require verify = reverse_host_lookup, Exim 4.97 and later (Debian 13)", tested, exim_note,
     [](const Evidence& e) { return exim_cases(e, true); }},
    {"opensmtpd", "", "filter ... match !fcrdns, with a permanent reply", tested, opensmtpd_note, opensmtpd_cases},
    {"opensmtpd-rdns", "opensmtpd", "filter ... match !rdns, with a permanent reply", tested, opensmtpd_note,
     opensmtpd_rdns_cases},
    {"sendmail", "", "FEATURE(require_rdns)", tested, "", sendmail_cases},
    {"haraka", "", "fcrdns plugin with no_rdns, no_fcrdns, invalid_tld", documented, "", haraka_cases},
}};

}  // namespace

std::vector<ReceiverPrediction> predict_receivers(const Evidence& evidence, const Verdict& verdict) {
    std::vector<ReceiverPrediction> predictions;
    predictions.reserve(programs.size() + mailbox_providers().size());
    for (const Row& row : programs) {
        predictions.push_back(combine_cases(row.receiver, row.policy, row.note, row.cases(evidence)));
        predictions.back().configuration_of = row.configuration_of;
        predictions.back().basis = row.basis;
    }
    for (const MailboxProvider& provider : mailbox_providers()) {
        predictions.push_back(predict_provider(provider, evidence, verdict));
    }
    return predictions;
}

std::string_view to_word(ReceiverOutcome outcome) {
    switch (outcome) {
        case ReceiverOutcome::accept: return "accept";
        case ReceiverOutcome::reject: return "reject";
        case ReceiverOutcome::tempfail: return "tempfail";
        case ReceiverOutcome::depends: return "depends";
    }
    return "";
}

std::string_view to_word(ReceiverBasis basis) {
    switch (basis) {
        case ReceiverBasis::tested: return "tested";
        case ReceiverBasis::documented: return "documented";
        case ReceiverBasis::observed: return "observed";
    }
    return "";
}

}  // namespace fcrdns
