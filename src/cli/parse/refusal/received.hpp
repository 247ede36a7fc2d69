// SPDX-License-Identifier: MIT
// Received lines: the hop of a message at which it came to its receiver's servers (RFC 5321 4.4).
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "cli/parse/refusal/address_tokens.hpp"

namespace fcrdns::refusal {

/// One Received line.
struct Hop {
    AddressToken from;
    bool within_domain = false;  ///< both sides have names in one domain: a hop behind the border
    bool submission = false;     ///< a user handed the mail in, with a password or a web page
};

/// The client of the Received line that is the part of `text` from `begin` to `end`, or nothing where it names none.
std::optional<Hop> read_received(std::string_view text, std::size_t begin, std::size_t end);

}  // namespace fcrdns::refusal
