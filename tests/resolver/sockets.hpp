// SPDX-License-Identifier: MIT
// Sockets of the reply server: bound to loopback, non-blocking, IPv4 and IPv6 alike.
#pragma once

#include <cstdint>
#include <string>

#include "fcrdns/answer.hpp"

namespace fcrdns::test {

/// The sockaddr of an endpoint, octet by octet.
std::string socket_address(const Endpoint& endpoint);
/// The port of a sockaddr.
std::uint16_t port_of(const std::string& address);
/// A bound socket, SOCK_DGRAM or SOCK_STREAM; port 0 becomes the port given; negative where it cannot be had.
int bound_socket(int type, Endpoint& endpoint);

}  // namespace fcrdns::test
