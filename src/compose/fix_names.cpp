// SPDX-License-Identifier: MIT
#include "compose/fix_names.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "fcrdns/generic_name.hpp"
#include "fcrdns/verdict.hpp"
#include "judge/generic/public_suffix.hpp"
#include "judge/reverse_target.hpp"

namespace fcrdns {
namespace {

// Reserved for what the public DNS does not answer (RFC 6761 6, RFC 6762 3, RFC 7686, RFC 8375), or for the
// infrastructure; .internal: ICANN board resolution of 2024-07-29.
bool has_local_tld(const DnsName& name) {
    constexpr std::array<std::string_view, 7> local = {"arpa",  "home",      "internal", "invalid",
                                                       "local", "localhost", "onion"};
    const DnsName lowered = name.lowered();
    return std::find(local.begin(), local.end(), lowered.split().back()) != local.end();
}

struct Mechanism {
    IpAddress prefix;
    unsigned length;
    std::string_view name;
};

}  // namespace

NameFault fault_of(const DnsName& name, const IpAddress& address) {
    if (looks_relative(name)) {
        return is_reverse_placeholder(name) ? NameFault::reverse_placeholder : NameFault::missing_dot;
    }
    if (!name.is_host_name()) return NameFault::not_a_host_name;
    if (name.label_count() == 1) return NameFault::bare;
    if (!has_known_tld(name) || has_local_tld(name)) return NameFault::local;
    return judge_host_name(name, address).match() ? NameFault::generic : NameFault::none;
}

bool is_hopeless(NameFault fault) {
    return fault != NameFault::none && fault != NameFault::generic;
}

std::string_view transition_mechanism(const IpAddress& address) {
    static const std::array<Mechanism, 4> mechanisms = {{{*IpAddress::parse("2001::"), 32, "Teredo"},
                                                         {*IpAddress::parse("2002::"), 16, "6to4"},
                                                         {*IpAddress::parse("64:ff9b::"), 96, "NAT64"},
                                                         {*IpAddress::parse("64:ff9b:1::"), 48, "NAT64"}}};
    if (address.is_ipv4()) return {};
    for (const Mechanism& mechanism : mechanisms) {
        if (address.in_prefix(mechanism.prefix, mechanism.length)) return mechanism.name;
    }
    return {};
}

}  // namespace fcrdns
