// SPDX-License-Identifier: MIT
#include "compose/fix_names.hpp"

#include <array>

#include "fcrdns/generic_name.hpp"
#include "fcrdns/verdict.hpp"
#include "judge/generic/public_suffix.hpp"
#include "judge/reverse_target.hpp"

namespace fcrdns {
namespace {

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

bool is_hopeless(NameFault fault) {
    return fault != NameFault::generic && !may_stay(fault);
}

bool may_stay(NameFault fault) {
    return fault == NameFault::none || fault == NameFault::underscore;
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
