// SPDX-License-Identifier: MIT
// DNS64 (RFC 6147): which AAAA records a resolver has made of A records. Such an address is
// no address of the host; it leads to a translator in the resolver's own network.
#pragma once

#include <vector>

#include "fcrdns/answer.hpp"

namespace fcrdns {

/// The question whose answer shows the prefix of a network's DNS64 (RFC 7050).
const Question& prefix_discovery();
/// True for an address under 64:ff9b::/96 (RFC 6052 2.1).
bool is_under_well_known_prefix(const IpAddress& address);
/// The IPv4 addresses that the IPv6 address may be made of, by RFC 6052 2.2 with a prefix that is not known: none for
/// nearly all hosts' addresses.
std::vector<IpAddress> embedded_ipv4(const IpAddress& address);
/// Takes what a DNS64 made of the A records out of an AAAA answer, and gives it: by the well-known prefix, or by the
/// one that the answer to prefix_discovery() shows, where that is known. Without others it is an answer without
/// records.
std::vector<AddressRecord> set_apart_synthesised(Answer& ipv6, const std::vector<AddressRecord>& ipv4,
                                                 const Answer* discovered);
/// True when an AAAA record holds one of the A records at a place of RFC 6052 2.2: made of it, if the prefix is right.
bool may_be_synthesised(const Answer& ipv6, const std::vector<AddressRecord>& ipv4);

}  // namespace fcrdns
