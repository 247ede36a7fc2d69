// SPDX-License-Identifier: MIT
// check_address and check_host: the whole way for one address, or for all addresses of a host
// name, waiting for the answers. Programs with an event loop of their own keep Check and Resolver
// apart instead.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "fcrdns/report.hpp"
#include "fcrdns/resolver.hpp"

namespace fcrdns {

/// What is asked and told besides the verdict.
struct CheckOptions {
    std::optional<std::string> helo = std::nullopt;  ///< the name that the server says in EHLO, to be compared
    /// For the whole call; what a verdict still needs then counts as a timeout.
    std::optional<std::chrono::milliseconds> deadline = std::nullopt;
    bool receivers = false;  ///< predict what known receivers do
    bool ask_ipv4 = true;    ///< of a host name
    bool ask_ipv6 = true;
};

/// Asks `resolver` all that the address raises and returns when nothing more is worth waiting for: at the latest
/// when its tries are used up. An IPv4-mapped address is checked as its IPv4 address.
Report check_address(Resolver& resolver, const IpAddress& address, const CheckOptions& options = {});

/// The same for each address of a host name, at the same time: a report for every address, and one without an
/// address for a family that could not be looked up, or where there is no address at all.
std::vector<Report> check_host(Resolver& resolver, const DnsName& host, const CheckOptions& options = {});

}  // namespace fcrdns
