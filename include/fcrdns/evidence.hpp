// SPDX-License-Identifier: MIT
// Evidence: what the DNS said about one address. Facts, no opinion.
// The PTR answer as it came, and for each distinct PTR name the forward answer.
#pragma once

#include <cstdint>
#include <memory>
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
    std::optional<Answer> forward;  ///< A for IPv4, AAAA for IPv6, without `synthesised`; none when not asked
    /// Asked where the forward answer does not lead back and says what there is, or for receivers where it failed;
    /// none if not in yet.
    std::shared_ptr<const Answer> other_family;
    std::vector<AddressRecord> synthesised;  ///< what the resolver made of the A records (DNS64, RFC 6147)
};

/// Where a lookup failed: the alias at the name asked about, and who has the zone that it leads into.
struct FailedAlias {
    DnsName owner;
    DnsName target;
    /// Of an alias at a reverse name (RFC 2317): the name above the target, which is the zone in all but odd cases.
    std::optional<DnsName> zone;
    std::vector<DnsName> servers;  ///< of that zone; empty where the resolver does not say
};

struct Evidence {
    IpAddress address;
    Answer ptr;
    std::vector<PtrName> names;
    std::shared_ptr<const Answer> helo;         ///< the forward answer of the name said in EHLO, where it was asked
    std::shared_ptr<const Answer> prefix;       ///< AAAA of ipv4only.arpa (RFC 7050), where some may be synthesised
    std::shared_ptr<const Answer> ptr_at_name;  ///< the PTR answer at the host name given itself, where it was asked
    std::vector<Answer> other_addresses;        ///< the PTR answers of the HELO name's other addresses, where asked
    std::shared_ptr<const Soa> reverse_zone;    ///< from the negative answer, or found by walking up
    std::optional<FailedAlias> failed_alias;
    std::vector<Answer> zone_walk;  ///< the answers on the way to `reverse_zone` or `failed_alias`
    bool deadline_reached = false;  ///< the address's time limit ended the check early
};

/// True when an address record of the forward answer equals `address`, octet by octet.
bool leads_back(const PtrName& name, const IpAddress& address);
/// How many PTR names there are, those not kept included.
std::size_t ptr_count(const Evidence& evidence);
/// The CNAME chain at the reverse name: that of the PTR answer, or, where a cache left it out, of the SOA answer.
const std::vector<Alias>& reverse_chain(const Evidence& evidence);
/// Where the PTR record belongs: the end of that chain, for a PTR beside a CNAME is illegal (RFC 1034 3.6.2).
const DnsName& ptr_owner(const Evidence& evidence);

}  // namespace fcrdns
