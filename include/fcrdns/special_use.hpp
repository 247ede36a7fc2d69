// SPDX-License-Identifier: MIT
// Special-use addresses: the IANA IPv4 and IPv6 special-purpose registries as a table.
// Such addresses are checked like any other; the reader is told what they are, and
// for addresses that no receiver outside the own network can see, that there is nothing to fix.
#pragma once

#include <string_view>

#include "fcrdns/ip_address.hpp"

namespace fcrdns {

struct SpecialUse {
    std::string_view prefix;  ///< the block, such as "192.0.2.0/24"
    std::string_view name;    ///< the registry's name for it, such as "Documentation (TEST-NET-1)"
    std::string_view source;  ///< the RFC that reserves it
    bool local_scope;         ///< no receiver outside the own network or host ever sees it
    /// Unspecified, loopback, private, shared, link-local: what an inside view or a filter shows of a public name.
    bool inside = false;
};

/// The most specific registry row that holds the address, or null.
const SpecialUse* special_use(const IpAddress& address);
/// True where no receiver outside the own network or host ever sees the address.
bool has_local_scope(const IpAddress& address);

}  // namespace fcrdns
