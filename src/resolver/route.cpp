// SPDX-License-Identifier: MIT
#include "resolver/route.hpp"

#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
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

// The number of an interface by its name or number (RFC 4007 11.2); 0 where there is none.
unsigned interface_number(const std::string& zone) {
    if (const unsigned number = if_nametoindex(zone.c_str()); number != 0) return number;
    unsigned number = 0;
    std::array<char, IF_NAMESIZE> name{};
    std::from_chars(zone.data(), zone.data() + zone.size(), number);
    return if_indextoname(number, name.data()) == nullptr ? 0 : number;
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
        if (!endpoint.zone.empty()) {
            address.sin6_scope_id = interface_number(endpoint.zone);
            if (address.sin6_scope_id == 0) return std::strerror(ENODEV);
        }
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
