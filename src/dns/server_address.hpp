// SPDX-License-Identifier: MIT
// Server addresses: how an operator writes the server to ask, and how it is written back.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "fcrdns/answer.hpp"
#include "fcrdns/result.hpp"

namespace fcrdns {

/// The address and, of a link-local one, the interface in `fe80::53%eth0` (RFC 4007 11); the port is `port`. Nothing
/// for what is no such address.
std::optional<Endpoint> parse_endpoint(std::string_view address, std::uint16_t port);
/// The endpoint that ADDR, ADDR:PORT, [ADDR] or [ADDR]:PORT names; `default_port` where none is given.
Result<Endpoint> parse_server(std::string_view text, std::uint16_t default_port);
/// The server as an operator would type it after @: the port only where it is not 53.
std::string server_text(const Endpoint& server);

}  // namespace fcrdns
