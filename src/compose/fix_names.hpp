// SPDX-License-Identifier: MIT
// Fix names: which names may be published as a mail host's own, and what is wrong with the others.
#pragma once

#include <cstdint>
#include <string_view>

#include "fcrdns/evidence.hpp"

namespace fcrdns {

/// The host name that stands in for one that is not known.
inline constexpr const char* placeholder_host = "your.mail.host.name";

/// Why a name cannot be a mail host's own; `none` where it can.
enum class NameFault : std::uint8_t {
    none,
    not_a_host_name,
    reverse_placeholder,  ///< a name of the reverse tree, such as the address's own reverse name
    missing_dot,          ///< a host name and the reverse zone's name behind it
    bare,                 ///< a single label
    local,                ///< in no top-level domain of the public DNS
    generic,
    underscore,  ///< receivers tolerate it; a primary server may refuse the record (BIND's check-names)
};

/// What is wrong with the name as that of the host at `address`.
NameFault fault_of(const DnsName& name, const IpAddress& address);
/// True where no server's answer could make the name right, so that its lookup need not be waited for.
bool is_beyond_repair(NameFault fault);
/// True where a PTR record with the name may stay, if the name leads back.
bool may_stay(NameFault fault);
/// Where the address record of the name asked about is to be published: at the name itself, unless a DNAME record above
/// it leads elsewhere (RFC 6672 2.4).
const DnsName& publishing_name(const Answer& forward);
/// What the lookup of the host's own addresses came to, as a PTR name or as the HELO name; null where it was not made.
const Answer* forward_answer(const Evidence& evidence, const DnsName& host);
/// The host that a forward record of the fix is for: the name whose records belong at the record's owner.
const DnsName& host_published(const Evidence& evidence, const DnsName& owner);
/// The name whose failed lookup decided, of those that are there: one that could still lead back before others.
const PtrName* failed_name(const Evidence& evidence);
/// "Teredo", "6to4" or "NAT64" for an address whose reverse DNS nobody can set; else empty.
std::string_view transition_mechanism(const Evidence& evidence);

}  // namespace fcrdns
