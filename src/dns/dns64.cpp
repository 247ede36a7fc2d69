// SPDX-License-Identifier: MIT
#include "dns/dns64.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace fcrdns {
namespace {

using Places = std::array<std::size_t, 4>;

// RFC 6052 2.2: where the octets of the IPv4 address stand, for prefixes of 96, 64, 56, 48, 40 and 32 bits.
// Octet 8 is kept clear.
constexpr std::array<Places, 6> layouts = {
    {{12, 13, 14, 15}, {9, 10, 11, 12}, {7, 9, 10, 11}, {6, 7, 9, 10}, {5, 6, 7, 9}, {4, 5, 6, 7}}};

bool holds(const IpAddress& ipv6, const IpAddress& ipv4, const Places& places) {
    for (std::size_t i = 0; i < places.size(); ++i) {
        if (ipv6.bytes()[places[i]] != ipv4.bytes()[i]) return false;
    }
    return true;
}

IpAddress with(const IpAddress& ipv6, const IpAddress& ipv4, const Places& places) {
    std::array<std::uint8_t, 16> octets{};
    std::copy(ipv6.bytes().begin(), ipv6.bytes().end(), octets.begin());
    for (std::size_t i = 0; i < places.size(); ++i) octets[places[i]] = ipv4.bytes()[i];
    return *IpAddress::from_bytes(octets);
}

// RFC 7050 8.1: the addresses that ipv4only.arpa has.
bool is_discovery_address(const IpAddress& ipv6, const Places& places) {
    static const std::array<IpAddress, 2> well_known = {*IpAddress::parse("192.0.0.170"),
                                                        *IpAddress::parse("192.0.0.171")};
    return std::any_of(well_known.begin(), well_known.end(),
                       [&](const IpAddress& ipv4) { return holds(ipv6, ipv4, places); });
}

}  // namespace

const Question& prefix_discovery() {
    static const Question question{*DnsName::from_text("ipv4only.arpa"), RecordType::aaaa};
    return question;
}

bool is_under_well_known_prefix(const IpAddress& address) {
    static const IpAddress prefix = *IpAddress::parse("64:ff9b::");
    return !address.is_ipv4() && address.in_prefix(prefix, 96);
}

bool may_be_made_of(const IpAddress& ipv6, const IpAddress& ipv4) {
    return std::any_of(layouts.begin(), layouts.end(),
                       [&](const Places& places) { return holds(ipv6, ipv4, places); });
}

bool is_made_of(const IpAddress& ipv6, const IpAddress& ipv4, const Answer* discovered) {
    if (is_under_well_known_prefix(ipv6) && holds(ipv6, ipv4, layouts.front())) return true;
    if (discovered == nullptr) return false;
    // The rest of the address, a suffix too, is as the resolver makes it for any other name.
    return std::any_of(discovered->addresses.begin(), discovered->addresses.end(), [&](const AddressRecord& record) {
        return std::any_of(layouts.begin(), layouts.end(), [&](const Places& places) {
            return is_discovery_address(record.ip, places) && with(record.ip, ipv4, places) == ipv6;
        });
    });
}

}  // namespace fcrdns
