// SPDX-License-Identifier: MIT
#include "compose/fix_names.hpp"

#include <algorithm>
#include <array>

#include "dns/dns64.hpp"
#include "fcrdns/generic_name.hpp"
#include "fcrdns/verdict.hpp"
#include "judge/generic/public_suffix.hpp"
#include "judge/reverse_target.hpp"

namespace fcrdns {
namespace {

// Under a prefix of the network's own: the resolver makes the AAAA record of an A record, and answers for the reverse
// name by the IPv4 one (RFC 6147 5.3.1).
bool is_made_by_resolver(const Evidence& evidence) {
    const auto& names = evidence.names;
    const bool made = std::any_of(names.begin(), names.end(), [&](const PtrName& name) {
        return std::any_of(name.synthesised.begin(), name.synthesised.end(),
                           [&](const AddressRecord& r) { return r.ip == evidence.address; });
    });
    const std::vector<IpAddress> embedded = embedded_ipv4(evidence.address);
    return made || std::any_of(embedded.begin(), embedded.end(),
                               [&](const IpAddress& ipv4) { return ptr_owner(evidence) == ipv4.reverse_name(); });
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
    if (!may_be_public(name)) return NameFault::local;
    if (judge_host_name(name, address).match()) return NameFault::generic;
    return name.labels().find('_') == std::string_view::npos ? NameFault::none : NameFault::underscore;
}

bool is_beyond_repair(NameFault fault) {
    return fault != NameFault::generic && !may_stay(fault);
}

bool may_stay(NameFault fault) {
    return fault == NameFault::none || fault == NameFault::underscore;
}

const DnsName& publishing_name(const Answer& forward) {
    const DnsName* name = &forward.question.name;
    for (const Alias& link : forward.cname_chain) {
        const bool made_of_dname = std::any_of(forward.dnames.begin(), forward.dnames.end(), [&](const Alias& dname) {
            return link.owner != dname.owner && link.owner.is_under(dname.owner);
        });
        if (!made_of_dname) break;
        name = &link.target;
    }
    return *name;
}

const Answer* forward_answer(const Evidence& evidence, const DnsName& host) {
    for (const PtrName& name : evidence.names) {
        if (name.name == host && name.forward) return &*name.forward;
    }
    return evidence.helo && evidence.helo->question.name == host ? evidence.helo.get() : nullptr;
}

const DnsName& host_published(const Evidence& evidence, const DnsName& owner) {
    for (const PtrName& name : evidence.names) {
        if (name.forward && publishing_name(*name.forward) == owner) return name.name;
    }
    const bool of_helo = evidence.helo && publishing_name(*evidence.helo) == owner;
    return of_helo ? evidence.helo->question.name : owner;
}

const PtrName* failed_name(const Evidence& evidence) {
    const PtrName* first = nullptr;
    for (const PtrName& name : evidence.names) {
        if (!name.forward || is_definite(name.forward->outcome)) continue;
        if (!is_beyond_repair(fault_of(name.name, evidence.address))) return &name;
        if (first == nullptr) first = &name;
    }
    return first;
}

std::string_view transition_mechanism(const Evidence& evidence) {
    const IpAddress& address = evidence.address;
    static const std::array<Mechanism, 4> mechanisms = {{{*IpAddress::parse("2001::"), 32, "Teredo"},
                                                         {*IpAddress::parse("2002::"), 16, "6to4"},
                                                         {*IpAddress::parse("64:ff9b::"), 96, "NAT64"},
                                                         {*IpAddress::parse("64:ff9b:1::"), 48, "NAT64"}}};
    if (address.is_ipv4()) return {};
    for (const Mechanism& mechanism : mechanisms) {
        if (address.in_prefix(mechanism.prefix, mechanism.length)) return mechanism.name;
    }
    return is_made_by_resolver(evidence) ? "NAT64" : std::string_view();
}

}  // namespace fcrdns
