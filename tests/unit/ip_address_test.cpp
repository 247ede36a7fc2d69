// SPDX-License-Identifier: MIT
#include "catch.hpp"
#include "fcrdns/ip_address.hpp"
using fcrdns::IpAddress;
TEST_CASE("an address prints canonically") { CHECK(IpAddress::parse("2001:DB8:0:0:1:0:0:1")->to_text() == "2001:db8::1:0:0:1"); 
CHECK(IpAddress::parse("192.0.2.1")->reverse_name().to_text()=="1.2.0.192.in-addr.arpa"); CHECK(IpAddress::parse("::")->to_text()=="::");CHECK(IpAddress::parse("::1")->to_text()=="::1");CHECK(IpAddress::parse("1::")->to_text()=="1::");CHECK(IpAddress::parse("1:2:3:4:5:6:0:8")->to_text()=="1:2:3:4:5:6:0:8");}
