// SPDX-License-Identifier: MIT
// Checks one address against the system's resolver: check_address 203.0.113.1
#include <fcrdns/fcrdns.hpp>
#include <iostream>

namespace {

int complain(const std::string& sentence) {
    std::cerr << sentence << '\n';
    return 2;
}

}  // namespace

int main(int argc, char** argv) {
    const auto servers = fcrdns::read_system_servers("/etc/resolv.conf", 53);
    if (!servers) return complain(servers.error().message);
    const auto resolver = fcrdns::make_resolver({.servers = servers->servers});
    if (!resolver) return complain(resolver.error().message);
    const auto address = fcrdns::IpAddress::parse(argc == 2 ? argv[1] : "");
    if (!address) return complain("one address, please");
    const fcrdns::Report report = fcrdns::check_address(**resolver, *address);
    std::cout << fcrdns::status_word(report.verdict) << ' ' << report.message << '\n';
    return report.verdict.kind == fcrdns::VerdictKind::pass ? 0 : 1;
}
