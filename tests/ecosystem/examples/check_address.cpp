// SPDX-License-Identifier: MIT
// Checks one address against the system's resolver, and tells the whole story: check_address 203.0.113.1
// With a second word, the name that the server says in EHLO.
#include <fcrdns/fcrdns.hpp>
#include <iostream>

namespace {

int complain(const std::string& sentence) {
    std::cerr << sentence << '\n';
    return 2;
}

}  // namespace

int main(int argc, char** argv) {
    const auto resolver = fcrdns::system_resolver();
    if (!resolver) return complain(resolver.error().message);
    const auto address = fcrdns::IpAddress::parse(argc > 1 ? argv[1] : "");
    if (!address) return complain("one address, please");
    fcrdns::CheckOptions options;
    if (argc > 2) options.helo = argv[2];
    const fcrdns::Report report = fcrdns::check_address(**resolver, *address, options);
    std::cout << fcrdns::to_text(report);
    return report.verdict.kind == fcrdns::VerdictKind::pass ? 0 : 1;
}
