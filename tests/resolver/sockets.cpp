// SPDX-License-Identifier: MIT
#include "sockets.hpp"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstring>

namespace fcrdns::test {

std::string socket_address(const Endpoint& endpoint) {
    const auto octets = endpoint.ip.bytes();
    if (endpoint.ip.is_ipv4()) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(endpoint.port);
        std::memcpy(&address.sin_addr, octets.data(), octets.size());
        return {reinterpret_cast<const char*>(&address), sizeof address};
    }
    sockaddr_in6 address{};
    address.sin6_family = AF_INET6;
    address.sin6_port = htons(endpoint.port);
    std::memcpy(&address.sin6_addr, octets.data(), octets.size());
    return {reinterpret_cast<const char*>(&address), sizeof address};
}

std::uint16_t port_of(const std::string& address) {
    // The port stands at the same place in sockaddr_in and sockaddr_in6.
    std::uint16_t port = 0;
    std::memcpy(&port, address.data() + offsetof(sockaddr_in, sin_port), sizeof port);
    return ntohs(port);
}

int bound_socket(int type, Endpoint& endpoint) {
    const int family = endpoint.ip.is_ipv4() ? AF_INET : AF_INET6;
    const int descriptor = socket(family, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return -1;
    std::string address = socket_address(endpoint);
    auto size = static_cast<socklen_t>(address.size());
    if (bind(descriptor, reinterpret_cast<const sockaddr*>(address.data()), size) != 0 ||
        getsockname(descriptor, reinterpret_cast<sockaddr*>(address.data()), &size) != 0) {
        close(descriptor);
        return -1;
    }
    endpoint.port = port_of(address);
    return descriptor;
}

}  // namespace fcrdns::test
