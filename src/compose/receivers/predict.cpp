// SPDX-License-Identifier: MIT
#include "fcrdns/receivers.hpp"

#include <array>

#include "compose/receivers/rows.hpp"

namespace fcrdns {
namespace {

struct Row {
    std::string_view receiver;
    std::string_view policy;
    std::string_view note;  // said wherever mail is not accepted
    std::vector<Fate> (*fates)(const Evidence&);
};

constexpr std::string_view exim_note = "only Exim's log has the reason";
constexpr std::string_view opensmtpd_note = "the administrator writes the reply";

constexpr std::array<Row, 11> rows = {{
    {"postfix", "reject_unknown_client_hostname, unknown_client_reject_code = 550", "",
     [](const Evidence& e) { return postfix_fates(e, 550); }},
    {"postfix-450", "reject_unknown_client_hostname, unknown_client_reject_code = 450 (the default)", "",
     [](const Evidence& e) { return postfix_fates(e, 450); }},
    {"postfix-reverse", "reject_unknown_reverse_client_hostname, unknown_client_reject_code = 550", "",
     postfix_reverse_fates},
    {"exim", "require verify = reverse_host_lookup, Exim 4.96 (Debian 12)", exim_note,
     [](const Evidence& e) { return exim_fates(e, false); }},
    {"exim-4.98", "require verify = reverse_host_lookup, Exim 4.97 and later (Debian 13)", exim_note,
     [](const Evidence& e) { return exim_fates(e, true); }},
    {"opensmtpd", "filter ... match !fcrdns, with a permanent reply", opensmtpd_note, opensmtpd_fates},
    {"opensmtpd-rdns", "filter ... match !rdns, with a permanent reply", opensmtpd_note, opensmtpd_rdns_fates},
    {"sendmail", "FEATURE(require_rdns)", "", sendmail_fates},
    {"haraka", "fcrdns plugin with no_rdns, no_fcrdns, invalid_tld", "", haraka_fates},
    {"gmail", "documented sender requirements", "", gmail_fates},
    {"exchange-online", "documented requirement: over IPv6 a PTR record must exist", "", exchange_online_fates},
}};

}  // namespace

std::vector<ReceiverPrediction> predict_receivers(const Evidence& evidence) {
    std::vector<ReceiverPrediction> predictions;
    predictions.reserve(rows.size());
    for (const Row& row : rows) {
        predictions.push_back(settle(row.receiver, row.policy, row.note, row.fates(evidence)));
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

}  // namespace fcrdns
