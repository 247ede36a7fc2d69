// SPDX-License-Identifier: MIT
// A user of the installed library: prints how an address is doing, by the words of the library.
#include <fcrdns/fcrdns.hpp>
#include <iostream>

int main() {
    const auto resolver = fcrdns::system_resolver();
    const auto report = fcrdns::check_address(**resolver, *fcrdns::IpAddress::parse("203.0.113.1"));
    std::cout << "fcrdns " << fcrdns::version << ": " << report.smtp->line() << '\n';
}
