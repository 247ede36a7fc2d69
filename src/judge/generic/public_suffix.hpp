// SPDX-License-Identifier: MIT
// Public suffixes: where a name's registrable domain begins, by libpsl's built-in
// list. Only its ICANN section counts: the private one would make a whole
// ec2-….compute.amazonaws.com one registrable domain. No I/O.
#pragma once

#include <cstddef>
#include <string_view>

#include "fcrdns/dns_name.hpp"

namespace fcrdns {

/// The registrable domain at the end of `lowered`, a host name as lower-case text without the final
/// dot: a part of it, the whole of it where nothing stands left of it, empty for a bare suffix.
std::string_view registrable_domain(std::string_view lowered);

/// True when the last label is a top-level domain of the public DNS or one reserved for
/// documentation and private use (RFC 2606, RFC 6761, RFC 8375).
bool has_known_tld(const DnsName& name);
/// True when the last label is reserved for what the public DNS does not answer, or for the infrastructure.
bool has_local_tld(const DnsName& name);
/// True of a name of several labels that the public DNS can have, as far as its last label tells.
bool may_be_public(const DnsName& name);

}  // namespace fcrdns
