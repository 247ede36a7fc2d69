// SPDX-License-Identifier: MIT
// Refused addresses: what a bounce, a log or a message says about the client whose mail was refused.
// People have such texts in hand, and each names several machines: the receiver, relays, name servers and,
// somewhere, the one address that is to be checked. Pure text, no lookups, linear in its length.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fcrdns/ip_address.hpp"

namespace fcrdns {

/// What a text gives as the reason of the refusal.
enum class RefusalCause : std::uint8_t {
    none,
    reverse_dns,
    blocklist,
    dynamic_range,
    authentication,
    rate_limit,
    helo,
    greylisting,
    content,
    recipient,
};

/// One client that was refused, and where the text says so.
struct RefusedAddress {
    IpAddress address;
    std::size_t line = 0;  ///< of the text, counted from 1
    std::string words;     ///< printable: the words around the address
    RefusalCause cause = RefusalCause::none;
    bool own_server = false;  ///< the line is a server's own log of a client that it refused
};

/// What a text says.
struct TextFindings {
    std::vector<RefusedAddress> refused;  ///< each address once, in order of appearance
    std::vector<IpAddress> receivers;     ///< the other side, where the text names it; at most 8
    bool of_headers = false;              ///< refused is the client that brought the message, as its headers say
    bool log_line = false;                ///< the text begins as a line of a log does, with a time
};

/// What `text` says about refused clients; arbitrary octets are harmless.
TextFindings read_refusals(std::string_view text);

/// Such as "a blocklist", for a sentence; empty for none.
std::string_view cause_text(RefusalCause cause);

}  // namespace fcrdns
