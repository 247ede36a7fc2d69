// SPDX-License-Identifier: MIT
// DNS64 (RFC 6147): which AAAA records a resolver has made of A records. Such an address is
// no address of the host; it leads to a translator in the resolver's own network.
#pragma once

#include "fcrdns/answer.hpp"

namespace fcrdns {

/// The question whose answer shows the prefix of a network's DNS64 (RFC 7050).
const Question& prefix_discovery();
/// True for an address under 64:ff9b::/96 (RFC 6052 2.1).
bool is_under_well_known_prefix(const IpAddress& address);
/// True when `ipv6` holds `ipv4` at one of the six places of RFC 6052 2.2: a translation by some prefix.
bool may_be_made_of(const IpAddress& ipv6, const IpAddress& ipv4);
/// True when `ipv6` is the translation of `ipv4` by the well-known prefix, or by the one that the answer to
/// prefix_discovery() shows, where it is known.
bool is_made_of(const IpAddress& ipv6, const IpAddress& ipv4, const Answer* discovered);

}  // namespace fcrdns
