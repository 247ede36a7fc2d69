// SPDX-License-Identifier: MIT
// Special-use addresses against the IANA IPv4 and IPv6 special-purpose registries
// (and the multicast blocks): first and last address of every block, and what lies beside it.
#include "fcrdns/special_use.hpp"

#include <string_view>
#include <vector>

#include "catch.hpp"

using namespace fcrdns;

namespace {

std::string_view block_of(std::string_view address) {
    const SpecialUse* use = special_use(IpAddress::parse(address).value());
    return use == nullptr ? "none" : use->prefix;
}

struct Block {
    std::string_view prefix, first, last;
    bool local;
};

// Written from the registries, not from the table under test; blocks that hold others are named
// by addresses that lie in them alone.
constexpr Block registries[] = {
    {"0.0.0.0/32", "0.0.0.0", "0.0.0.0", true},
    {"0.0.0.0/8", "0.0.0.1", "0.255.255.255", true},
    {"10.0.0.0/8", "10.0.0.0", "10.255.255.255", true},
    {"100.64.0.0/10", "100.64.0.0", "100.127.255.255", true},
    {"127.0.0.0/8", "127.0.0.0", "127.255.255.255", true},
    {"169.254.0.0/16", "169.254.0.0", "169.254.255.255", true},
    {"172.16.0.0/12", "172.16.0.0", "172.31.255.255", true},
    {"192.0.0.0/29", "192.0.0.0", "192.0.0.7", true},
    {"192.0.0.8/32", "192.0.0.8", "192.0.0.8", true},
    {"192.0.0.9/32", "192.0.0.9", "192.0.0.9", false},
    {"192.0.0.10/32", "192.0.0.10", "192.0.0.10", false},
    {"192.0.0.170/32", "192.0.0.170", "192.0.0.170", true},
    {"192.0.0.171/32", "192.0.0.171", "192.0.0.171", true},
    {"192.0.0.0/24", "192.0.0.11", "192.0.0.255", true},
    {"192.0.2.0/24", "192.0.2.0", "192.0.2.255", false},
    {"192.31.196.0/24", "192.31.196.0", "192.31.196.255", false},
    {"192.52.193.0/24", "192.52.193.0", "192.52.193.255", false},
    {"192.88.99.0/24", "192.88.99.0", "192.88.99.255", false},
    {"192.88.99.2/32", "192.88.99.2", "192.88.99.2", false},
    {"192.168.0.0/16", "192.168.0.0", "192.168.255.255", true},
    {"192.175.48.0/24", "192.175.48.0", "192.175.48.255", false},
    {"198.18.0.0/15", "198.18.0.0", "198.19.255.255", false},
    {"198.51.100.0/24", "198.51.100.0", "198.51.100.255", false},
    {"203.0.113.0/24", "203.0.113.0", "203.0.113.255", false},
    {"224.0.0.0/4", "224.0.0.0", "239.255.255.255", true},
    {"240.0.0.0/4", "240.0.0.0", "255.255.255.254", true},
    {"255.255.255.255/32", "255.255.255.255", "255.255.255.255", true},
    {"::/128", "::", "::", true},
    {"::1/128", "::1", "::1", true},
    {"::ffff:0:0/96", "::ffff:0.0.0.0", "::ffff:255.255.255.255", true},
    {"64:ff9b::/96", "64:ff9b::", "64:ff9b::ffff:ffff", false},
    {"64:ff9b:1::/48", "64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff", true},
    {"100::/64", "100::", "100::ffff:ffff:ffff:ffff", true},
    {"100:0:0:1::/64", "100:0:0:1::", "100:0:0:1:ffff:ffff:ffff:ffff", true},
    {"2001::/32", "2001::", "2001:0:ffff:ffff:ffff:ffff:ffff:ffff", false},
    {"2001::/23", "2001:5::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff", false},
    {"2001:1::1/128", "2001:1::1", "2001:1::1", false},
    {"2001:1::2/128", "2001:1::2", "2001:1::2", false},
    {"2001:1::3/128", "2001:1::3", "2001:1::3", false},
    {"2001:2::/48", "2001:2::", "2001:2:0:ffff:ffff:ffff:ffff:ffff", false},
    {"2001:3::/32", "2001:3::", "2001:3:ffff:ffff:ffff:ffff:ffff:ffff", false},
    {"2001:4:112::/48", "2001:4:112::", "2001:4:112:ffff:ffff:ffff:ffff:ffff", false},
    {"2001:10::/28", "2001:10::", "2001:1f:ffff:ffff:ffff:ffff:ffff:ffff", false},
    {"2001:20::/28", "2001:20::", "2001:2f:ffff:ffff:ffff:ffff:ffff:ffff", false},
    {"2001:30::/28", "2001:30::", "2001:3f:ffff:ffff:ffff:ffff:ffff:ffff", false},
    {"2001:db8::/32", "2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff", false},
    {"2002::/16", "2002::", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff", false},
    {"2620:4f:8000::/48", "2620:4f:8000::", "2620:4f:8000:ffff:ffff:ffff:ffff:ffff", false},
    {"3fff::/20", "3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff", false},
    {"5f00::/16", "5f00::", "5f00:ffff:ffff:ffff:ffff:ffff:ffff:ffff", true},
    {"fc00::/7", "fc00::", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", true},
    {"fe80::/10", "fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff", true},
    {"fec0::/10", "fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", true},
    {"ff00::/8", "ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", true},
};

}  // namespace

TEST_CASE("every block of the registries is known from its first to its last address") {
    for (const Block& block : registries) {
        CAPTURE(block.prefix);
        CHECK(block_of(block.first) == block.prefix);
        CHECK(block_of(block.last) == block.prefix);
        const SpecialUse* use = special_use(IpAddress::parse(block.first).value());
        REQUIRE(use != nullptr);
        CHECK(use->local_scope == block.local);
        CHECK_FALSE(use->name.empty());
        CHECK(use->source.starts_with("RFC "));
    }
}

TEST_CASE("addresses beside the blocks are ordinary ones") {
    for (const std::string_view address : {"1.0.0.0",
                                           "9.255.255.255",
                                           "11.0.0.0",
                                           "100.63.255.255",
                                           "100.128.0.0",
                                           "126.255.255.255",
                                           "128.0.0.0",
                                           "169.253.255.255",
                                           "169.255.0.0",
                                           "172.15.255.255",
                                           "172.32.0.0",
                                           "191.255.255.255",
                                           "192.0.1.0",
                                           "192.0.3.0",
                                           "192.31.195.255",
                                           "192.31.197.0",
                                           "192.52.192.255",
                                           "192.88.98.255",
                                           "192.88.100.0",
                                           "192.167.255.255",
                                           "192.169.0.0",
                                           "192.175.47.255",
                                           "198.17.255.255",
                                           "198.20.0.0",
                                           "198.51.99.255",
                                           "198.51.101.0",
                                           "203.0.112.255",
                                           "203.0.114.0",
                                           "223.255.255.255",
                                           "8.8.8.8",
                                           "::2",
                                           "::fffe:0:0",
                                           "64:ff9b:0:0:0:1::",
                                           "64:ff9b:2::",
                                           "100:0:0:2::",
                                           "2001:200::",
                                           "2001:db7:ffff::",
                                           "2001:db9::",
                                           "2003::",
                                           "2620:4f:7fff::",
                                           "2620:4f:8001::",
                                           "3ffe::",
                                           "3fff:1000::",
                                           "5eff::",
                                           "5f01::",
                                           "fbff::",
                                           "fe00::",
                                           "fe7f::",
                                           "2606:4700::1"}) {
        CAPTURE(address);
        CHECK(block_of(address) == "none");
    }
}
