// SPDX-License-Identifier: MIT
// Address forms: the ways in which providers write an address into a name, looked for
// with the address in hand (find_ipv4_forms, find_ipv6_forms) or by shape alone
// (find_address_shape). Numbers are matched whole; of longer ones only the last three
// digits count, and where they are the last octet.
#pragma once

#include "fcrdns/ip_address.hpp"
#include "judge/generic/clue.hpp"
#include "judge/generic/name_parts.hpp"

namespace fcrdns {

/// Every IPv4 form, those of the next two functions among them.
void find_ipv4_forms(const NameParts& name, const IpAddress& address, Clues& clues);
void find_ipv4_numbers(const NameParts& name, const IpAddress& address, Clues& clues);
/// The last octet, where nothing that was found before says as much.
void find_ipv4_last_octet(const NameParts& name, const IpAddress& address, Clues& clues);
void find_ipv6_forms(const NameParts& name, const IpAddress& address, Clues& clues);
/// A first label that looks like a code, over a label such as ip6.
void find_ipv6_label(const NameParts& name, Clues& clues);
/// Four numbers written like an IPv4 address, whatever the address is.
void find_address_shape(const NameParts& name, bool address_known, Clues& clues);

}  // namespace fcrdns
