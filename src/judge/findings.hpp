// SPDX-License-Identifier: MIT
// Findings: what is worth a warning or a note beside the verdict.
#pragma once

#include <vector>

#include "fcrdns/verdict.hpp"

namespace fcrdns {

/// Those that evidence and origin give, with the names and the HELO name of `verdict` judged; warnings first.
std::vector<Finding> findings_of(const Evidence& evidence, const Verdict& verdict, const Origin& origin);
/// True where the resolver on this machine answered from its own data, such as a hosts file.
bool looks_local(const Answer& answer);
/// True for a name without an address of the family that is checked, and with one of the other.
bool has_only_other_family(const PtrName& name);
/// True of a forward answer whose addresses are all of those that no host has in the public DNS.
bool leads_only_inside(const Answer& forward);
/// True where what is known of the name is this machine's own view: its lookup failed here, or leads to addresses that
/// nobody outside sees.
bool is_own_view(const Evidence& evidence, const PtrName& name);

/// True where the host name given is a domain whose mail goes to other hosts, or nowhere.
bool names_mail_domain(const Origin& origin);

}  // namespace fcrdns
