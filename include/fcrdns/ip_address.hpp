// SPDX-License-Identifier: MIT
// IpAddress: an IPv4 or IPv6 address as a closed, ordered value.
// Four or sixteen octets and nothing else: no port, no zone, no prefix length.
// Two addresses are equal when family and octets are; text is parsed strictly
// (four plain decimal numbers, RFC 4291 2.2 groups) and printed as RFC 5952 asks.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "fcrdns/dns_name.hpp"

namespace fcrdns {

enum class Family : std::uint8_t { ipv4, ipv6 };

class IpAddress {
public:
    /// 0.0.0.0
    IpAddress() = default;

    /// The address that `text` spells, or nothing: no short forms, no leading zeros, no zone.
    static std::optional<IpAddress> parse(std::string_view text);
    /// The address with these octets, or nothing when there are neither 4 nor 16 of them.
    static std::optional<IpAddress> from_bytes(std::span<const std::uint8_t> bytes);

    /// IPv4 or IPv6; an IPv4-mapped address is IPv6 (RFC 4291 2.5.5.2).
    Family family() const { return family_; }
    /// The same, for IPv4.
    bool is_ipv4() const { return family_ == Family::ipv4; }
    /// The 4 or 16 octets in network order.
    std::span<const std::uint8_t> bytes() const { return {bytes_.data(), is_ipv4() ? 4U : 16U}; }
    /// The number of bits: 32 or 128.
    unsigned bits() const { return is_ipv4() ? 32U : 128U; }

    /// The canonical text: dotted decimal, or RFC 5952 section 4 for IPv6.
    std::string to_text() const;
    /// The name whose PTR records speak of this address (RFC 1035 3.5, RFC 3596 2.5).
    DnsName reverse_name() const;
    /// The IPv4 address inside ::ffff:a.b.c.d (RFC 4291 2.5.5.2), or nothing.
    std::optional<IpAddress> mapped_ipv4() const;
    /// True when the first `length` bits equal those of `prefix`, an address of the same family.
    bool in_prefix(const IpAddress& prefix, unsigned length) const;
    /// The first address of the block of `length` bits that it lies in, or, with `ones`, the last.
    IpAddress with_host_bits(unsigned length, bool ones) const;
    /// The following address, or nothing after the last one of the family.
    std::optional<IpAddress> next() const;

    friend bool operator==(const IpAddress&, const IpAddress&) = default;
    friend std::strong_ordering operator<=>(const IpAddress&, const IpAddress&) = default;

private:
    Family family_ = Family::ipv4;
    std::array<std::uint8_t, 16> bytes_{};
};

/// The address whose reverse name this is, or nothing (the inverse of reverse_name()).
std::optional<IpAddress> address_of_reverse_name(const DnsName& name);

/// "ipv4" or "ipv6".
std::string_view to_word(Family family);

}  // namespace fcrdns
