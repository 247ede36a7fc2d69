// SPDX-License-Identifier: MIT
#include "resolver/route.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace fcrdns {
namespace {

int connect_error(int family, const sockaddr* address, socklen_t size) {
    const int descriptor = socket(family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return errno;
    const int error = connect(descriptor, address, size) == 0 ? 0 : errno;
    close(descriptor);
    return error;
}

}  // namespace

std::optional<std::string> lack_of_route(const Endpoint& endpoint) {
    const auto octets = endpoint.ip.bytes();
    int error = 0;
    if (endpoint.ip.is_ipv4()) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(endpoint.port);
        std::copy(octets.begin(), octets.end(), reinterpret_cast<std::uint8_t*>(&address.sin_addr));
        error = connect_error(AF_INET, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    } else {
        sockaddr_in6 address{};
        address.sin6_family = AF_INET6;
        address.sin6_port = htons(endpoint.port);
        std::copy(octets.begin(), octets.end(), address.sin6_addr.s6_addr);
        error = connect_error(AF_INET6, reinterpret_cast<const sockaddr*>(&address), sizeof address);
    }
    switch (error) {
        case ENETUNREACH:
        case EHOSTUNREACH:
        case EADDRNOTAVAIL:
        case EAFNOSUPPORT:
        case ENETDOWN: return std::strerror(error);
        default: return std::nullopt;
    }
}

}  // namespace fcrdns
