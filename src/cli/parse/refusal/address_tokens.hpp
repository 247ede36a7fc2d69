// SPDX-License-Identifier: MIT
// Address tokens: where a text holds an IPv4 or IPv6 address or the reverse name of one.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "fcrdns/ip_address.hpp"

namespace fcrdns::refusal {

/// An address of a text, and the octets that spell it.
struct AddressToken {
    IpAddress address;
    std::size_t begin = 0;
    std::size_t end = 0;
    bool reverse_name = false;
};

/// A run of letters, digits, dots, colons and hyphens; the units that addresses are looked for in.
struct Run {
    std::size_t begin = 0;
    std::size_t end = 0;
};

/// The first run of `text` at or behind `from`, or nothing.
std::optional<Run> next_run(std::string_view text, std::size_t from);
/// The address that `run` of `text` holds, or nothing: part of a longer name or number is none.
std::optional<AddressToken> address_in(std::string_view text, const Run& run);

}  // namespace fcrdns::refusal
