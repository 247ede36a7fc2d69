// SPDX-License-Identifier: MIT
// The receivers, one function each: from evidence to the cases it leaves open.
// Source and version stand at each definition.
#pragma once

#include <vector>

#include "compose/receivers/fate.hpp"

namespace fcrdns {

/// reject_unknown_client_hostname; `permanent_code` is unknown_client_reject_code.
std::vector<Fate> postfix_fates(const Evidence& evidence, int permanent_code);
/// reject_unknown_reverse_client_hostname with unknown_client_reject_code = 550.
std::vector<Fate> postfix_reverse_fates(const Evidence& evidence);
/// verify = reverse_host_lookup, by the rules of 4.96 or of 4.97 and later.
std::vector<Fate> exim_fates(const Evidence& evidence, bool since_4_97);
/// match !fcrdns
std::vector<Fate> opensmtpd_fates(const Evidence& evidence);
/// match !rdns
std::vector<Fate> opensmtpd_rdns_fates(const Evidence& evidence);
/// FEATURE(require_rdns)
std::vector<Fate> sendmail_fates(const Evidence& evidence);
/// The fcrdns plugin with no_rdns, no_fcrdns and invalid_tld.
std::vector<Fate> haraka_fates(const Evidence& evidence);
/// Google's documented requirements of senders.
std::vector<Fate> gmail_fates(const Evidence& evidence);
/// Microsoft's documented requirement of senders over IPv6.
std::vector<Fate> exchange_online_fates(const Evidence& evidence);

}  // namespace fcrdns
