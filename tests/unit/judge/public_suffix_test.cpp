// SPDX-License-Identifier: MIT
#include "judge/generic/public_suffix.hpp"

#include <string_view>
#include <utility>
#include <vector>

#include "catch.hpp"

using namespace fcrdns;

TEST_CASE("the registrable domain is one label more than the public suffix") {
    const std::vector<std::pair<std::string_view, std::string_view>> cases = {
        {"mail.example.com", "example.com"},
        {"example.com", "example.com"},
        {"com", ""},
        {"a.b.c.d.e.example.co.uk", "example.co.uk"},
        {"co.uk", ""},
        {"host.example.com.br", "example.com.br"},
        {"www.school.pvt.k12.ma.us", "school.pvt.k12.ma.us"},
        // Wildcards and their exceptions.
        {"www.shop.ward.kawasaki.jp", "shop.ward.kawasaki.jp"},
        {"www.city.kawasaki.jp", "city.kawasaki.jp"},
        {"www.kawasaki.jp", ""},
        {"a.b.shop.ck", "b.shop.ck"},
        {"www.ck", "www.ck"},
        // The private section does not count.
        {"ec2-192-0-2-1.compute.amazonaws.com", "amazonaws.com"},
        {"user.github.io", "github.io"},
        // No known suffix.
        {"host.isp.example", "isp.example"},
        {"localhost", ""},
        {"", ""},
        {"45.113.0.203.in-addr.arpa", "203.in-addr.arpa"},
    };
    for (const auto& [name, domain] : cases) {
        INFO(name);
        CHECK(registrable_domain(name) == domain);
    }
}

TEST_CASE("a domain's text is a part of the name's") {
    const std::string_view name = "a.b.example.org";
    CHECK(registrable_domain(name).data() == name.data() + 4);
}

TEST_CASE("top-level domains are known or reserved, or neither") {
    const auto known = [](std::string_view text) { return has_known_tld(DnsName::from_text(text).value()); };
    CHECK(known("mail.example.COM"));
    CHECK(known("host.example"));
    CHECK(known("host.internal"));
    CHECK_FALSE(known("host.lan"));
    CHECK_FALSE(known("host.localdomain"));
    CHECK_FALSE(has_known_tld(DnsName()));
}
