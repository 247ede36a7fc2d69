// SPDX-License-Identifier: MIT
// Evidence: what the DNS said about one address. Facts, no opinion.
// The PTR answer as it came, and for each distinct PTR name the forward answer.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "fcrdns/answer.hpp"

namespace fcrdns {

/// At most this many PTR names are followed (RFC 8601 section 3 demands a limit).
inline constexpr std::size_t max_ptr_names = 100;

/// One distinct PTR name, in the place where the answer had it first.
struct PtrName {
    DnsName name;
    std::uint32_t ttl = 0;
    bool host_name = false;         ///< by DnsName::is_host_name(); others are never asked
    std::optional<Answer> forward;  ///< A for IPv4, AAAA for IPv6; none when not asked
    std::optional<Answer>
        other_family;  ///< asked after `nodata`, for receivers after a failure too; none if not in yet
};

struct Evidence {
    IpAddress address;
    Answer ptr;
    std::vector<PtrName> names;
    std::optional<Answer> helo;           ///< the forward answer of the name said in EHLO, where it was asked
    std::optional<Answer> ptr_at_name;    ///< the PTR answer at the host name given itself, where it was asked
    std::vector<Answer> other_addresses;  ///< the PTR answers of the HELO name's other addresses, where asked
    std::optional<Soa> reverse_zone;      ///< from the negative answer, or found by walking up
    std::vector<Answer> zone_walk;        ///< the answers on the way up to the reverse zone
    bool deadline_reached = false;        ///< the address's time limit ended the check early
};

/// True when an address record of the forward answer equals `address`, octet by octet.
bool leads_back(const PtrName& name, const IpAddress& address);
/// The CNAME chain at the reverse name: that of the PTR answer, or, where a cache left it out, of the SOA answer.
const std::vector<Alias>& reverse_chain(const Evidence& evidence);
/// Where the PTR record belongs: the end of that chain, for a PTR beside a CNAME is illegal (RFC 1034 3.6.2).
const DnsName& ptr_owner(const Evidence& evidence);

}  // namespace fcrdns
