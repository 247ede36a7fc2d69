// SPDX-License-Identifier: MIT
#include "catch.hpp"
#include "fcrdns/dns_name.hpp"
using fcrdns::DnsName;
TEST_CASE("a name prints as it was read") { CHECK(DnsName::from_text("Mail.example.")->to_text() == "Mail.example"); }
