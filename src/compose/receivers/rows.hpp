// SPDX-License-Identifier: MIT
// The receivers, one function each: from evidence to the cases it leaves open.
// Source and version stand at each definition.
#pragma once

#include <vector>

#include "compose/receivers/receiver_case.hpp"

namespace fcrdns {

/// reject_unknown_client_hostname; `permanent_code` is unknown_client_reject_code.
std::vector<ReceiverCase> postfix_cases(const Evidence& evidence, int permanent_code);
/// reject_unknown_reverse_client_hostname with unknown_client_reject_code = 550.
std::vector<ReceiverCase> postfix_reverse_cases(const Evidence& evidence);
/// verify = reverse_host_lookup, by the rules of 4.96 or of 4.97 and later.
std::vector<ReceiverCase> exim_cases(const Evidence& evidence, bool since_4_97);
/// match !fcrdns
std::vector<ReceiverCase> opensmtpd_cases(const Evidence& evidence);
/// match !rdns
std::vector<ReceiverCase> opensmtpd_rdns_cases(const Evidence& evidence);
/// FEATURE(require_rdns)
std::vector<ReceiverCase> sendmail_cases(const Evidence& evidence);
/// The fcrdns plugin with no_rdns, no_fcrdns and invalid_tld.
std::vector<ReceiverCase> haraka_cases(const Evidence& evidence);

}  // namespace fcrdns
