// SPDX-License-Identifier: MIT
// Checks all addresses of a host name at the zones' own servers: check_host mail.example.com
#include <fcrdns/fcrdns.hpp>
#include <iostream>

int main(int argc, char** argv) {
    const auto resolver = fcrdns::system_resolver({.direct = true});
    const auto host = fcrdns::DnsName::from_text(argc == 2 ? argv[1] : "");
    if (!resolver || !host) return 2;
    for (const auto& report : fcrdns::check_host(**resolver, *host, {.deadline = std::chrono::seconds(20)})) {
        std::cout << fcrdns::status_word(report.verdict) << ' ' << report.message << '\n';
    }
}
