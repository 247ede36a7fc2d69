// SPDX-License-Identifier: MIT
// The trees of reverse names: in-addr.arpa (RFC 1035 3.5) and ip6.arpa (RFC 3596 2.5).
#pragma once

#include "fcrdns/dns_name.hpp"

namespace fcrdns {

/// The tree of IPv4.
const DnsName& in_addr_arpa();
/// The tree of IPv6.
const DnsName& ip6_arpa();

/// True of the names of either.
bool is_in_reverse_tree(const DnsName& name);

}  // namespace fcrdns
