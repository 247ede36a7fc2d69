// SPDX-License-Identifier: MIT
// Mail domains in words: by which name an address was found, and which hosts take the mail of a name.
#pragma once

#include <string>

#include "fcrdns/report.hpp"

namespace fcrdns {

/// How the address was found: "mail.example.com", "mx1.example.com (MX of example.com)", "example.com (implicit MX)",
/// "this machine", "this machine, behind NAT"; empty where it was given itself.
std::string origin_text(const Report& report);
/// True where this machine sends from an address that no receiver outside its network sees.
bool is_behind_nat(const Report& report);
/// True for a mail domain that takes no mail (RFC 7505).
bool is_null_mx(const Origin& origin);
/// Where the mail for a name goes, and what to check instead, as one sentence.
std::string mail_domain_sentence(const Answer& mx);
/// What there is to know of the mail domain given besides its hosts, as a sentence; empty where there is nothing.
std::string mail_hosts_note(const Origin& origin);

}  // namespace fcrdns
