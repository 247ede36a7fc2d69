// SPDX-License-Identifier: MIT
#include "cli/run/own_addresses.hpp"

#include <fmt/format.h>

#include <vector>

#include "resolver/route.hpp"

namespace fcrdns::cli {
namespace {

// Addresses that lie where the default route leads: those of a.root-servers.net.
Endpoint far_away(Family family) {
    return {*IpAddress::parse(family == Family::ipv4 ? "198.41.0.4" : "2001:503:ba3e::2:30"), 53};
}

std::string_view name_of(Family family) {
    return family == Family::ipv4 ? "IPv4" : "IPv6";
}

}  // namespace

InputItem own_addresses(const Options& options, std::string& note) {
    OwnAddressesTarget own;
    std::vector<std::string> lacking;
    for (const Family family : {Family::ipv4, Family::ipv6}) {
        if (family == Family::ipv4 ? options.ipv6_only : options.ipv4_only) continue;
        const auto address = source_address(far_away(family));
        if (address) {
            own.addresses.push_back(*address);
        } else {
            lacking.push_back(fmt::format("over {} ({})", name_of(family), address.error().message));
        }
    }
    InputItem item;
    item.input = "--me";
    const std::string without =
        fmt::format("--me: this machine has no route to the Internet {}", fmt::join(lacking, " or "));
    if (own.addresses.empty()) {
        item.target = Error{without};
        return item;
    }
    if (!lacking.empty()) {
        note = fmt::format("{}, so only its {} address is checked", without, name_of(own.addresses.front().family()));
    }
    item.target = std::move(own);
    return item;
}

}  // namespace fcrdns::cli
