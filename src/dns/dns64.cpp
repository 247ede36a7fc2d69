// SPDX-License-Identifier: MIT
#include "dns/dns64.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

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

// Where an address of a host may be, as far as its first octet tells.
bool is_unicast(const IpAddress& ipv4) {
    constexpr std::uint8_t loopback = 127;
    constexpr std::uint8_t first_multicast = 224;
    const std::uint8_t first = ipv4.bytes()[0];
    return first != 0 && first != loopback && first < first_multicast;
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

bool is_made_of(const IpAddress& ipv6, const IpAddress& ipv4, const Answer* discovered) {
    if (is_under_well_known_prefix(ipv6) && holds(ipv6, ipv4, layouts.front())) return true;
    if (discovered == nullptr) return false;
    // The rest of the address, a suffix too, is as the resolver makes it for any other name.
    const auto made_alike = [&](const AddressRecord& record) {
        return std::any_of(layouts.begin(), layouts.end(), [&](const Places& places) {
            return is_discovery_address(record.ip, places) && with(record.ip, ipv4, places) == ipv6;
        });
    };
    return std::any_of(discovered->addresses.begin(), discovered->addresses.end(), made_alike) ||
           std::any_of(discovered->forged.begin(), discovered->forged.end(), made_alike);
}

bool may_be_made_of(const IpAddress& ipv6, const IpAddress& ipv4) {
    return std::any_of(layouts.begin(), layouts.end(), [&](const Places& places) { return holds(ipv6, ipv4, places); });
}

// No host has more A records than are looked at here; a hostile one may.
template <class MadeOf>
bool made_of_any(const IpAddress& ipv6, const std::vector<AddressRecord>& ipv4, MadeOf made_of) {
    constexpr std::ptrdiff_t looked_at = 64;
    const auto end = ipv4.begin() + std::min(looked_at, static_cast<std::ptrdiff_t>(ipv4.size()));
    return std::any_of(ipv4.begin(), end, [&](const AddressRecord& record) { return made_of(ipv6, record.ip); });
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

std::vector<IpAddress> embedded_ipv4(const IpAddress& address) {
    constexpr std::size_t clear = 8;
    std::vector<IpAddress> found;
    if (address.is_ipv4() || address.bytes()[clear] != 0) return found;
    const auto octets = address.bytes();
    for (const Places& places : layouts) {
        const auto suffix = octets.begin() + static_cast<std::ptrdiff_t>(places.back()) + 1;
        if (std::any_of(suffix, octets.end(), [](std::uint8_t octet) { return octet != 0; })) continue;
        std::array<std::uint8_t, 4> held{};
        for (std::size_t i = 0; i < places.size(); ++i) held[i] = octets[places[i]];
        const IpAddress ipv4 = *IpAddress::from_bytes(held);
        if (is_unicast(ipv4)) found.push_back(ipv4);
    }
    return found;
}

std::vector<AddressRecord> set_apart_synthesised(Answer& ipv6, const std::vector<AddressRecord>& ipv4,
                                                 const Answer* discovered) {
    auto& records = ipv6.addresses;
    const auto is_hosts_own = [&](const AddressRecord& record) {
        return !made_of_any(record.ip, ipv4, [&](const IpAddress& six, const IpAddress& four) {
            return is_made_of(six, four, discovered);
        });
    };
    if (!ipv6.forged.empty() && std::none_of(ipv6.forged.begin(), ipv6.forged.end(), is_hosts_own)) {
        ipv6.outcome = Outcome::nodata;
        return std::exchange(ipv6.forged, {});
    }
    const auto made = std::stable_partition(records.begin(), records.end(), is_hosts_own);
    std::vector<AddressRecord> synthesised(made, records.end());
    records.erase(made, records.end());
    if (records.empty() && ipv6.outcome == Outcome::records) ipv6.outcome = Outcome::nodata;
    return synthesised;
}

bool may_be_synthesised(const Answer& ipv6, const std::vector<AddressRecord>& ipv4) {
    const auto may_be = [&](const AddressRecord& record) {
        return !is_under_well_known_prefix(record.ip) && made_of_any(record.ip, ipv4, may_be_made_of);
    };
    return std::any_of(ipv6.addresses.begin(), ipv6.addresses.end(), may_be) ||
           std::any_of(ipv6.forged.begin(), ipv6.forged.end(), may_be);
}

}  // namespace fcrdns
