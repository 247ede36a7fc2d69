// SPDX-License-Identifier: MIT
// The host's own resolver library as the receivers that use it see it: which answers
// it calls absent, temporary or permanent, and which PTR names it hands on.
// glibc 2.36 (Debian 12) and 2.41 (Debian 13): resolv/res_send.c, resolv/res_query.c,
// resolv/nss_dns/dns-host.c, resolv/res-name-checking.c, nss/digits_dots.c.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "fcrdns/answer.hpp"

namespace fcrdns {

/// What h_errno says: HOST_NOT_FOUND and NO_DATA, TRY_AGAIN, NO_RECOVERY.
enum class StubResult : std::uint8_t { found, absent, temporary, permanent };

/// How glibc's resolver ends on such an answer of every server it may ask.
StubResult stub_result(const Answer& answer);
/// True when glibc hands the name on: res_hnok, letters, digits, `-` and `_`, no `-` in front.
/// One PTR name that it does not hand on, in the first place, ends the whole lookup.
bool stub_takes(const DnsName& name);
/// The IPv4 address that inet_aton() reads there: one to four numbers, decimal, octal or hexadecimal,
/// of which the last fills the octets that are left. getaddrinfo() asks the DNS for no such name.
std::optional<IpAddress> number_address(std::string_view text);
/// True for text of digits and dots alone, which no receiver takes for a host name.
bool all_numeric(std::string_view text);
/// The labels as they are, joined with dots: what a program sees that does not escape.
std::string raw_text(const DnsName& name);

}  // namespace fcrdns
