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
#include <string>

namespace fcrdns {
namespace {

// A socket address of either family.
struct SocketAddress {
    sockaddr_storage storage{};
    socklen_t size = sizeof(sockaddr_storage);

    sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
};

// The number of an interface by its name or number (RFC 4007 11.2); 0 where there is none.
unsigned interface_number(const std::string& zone) {
    if (const unsigned number = if_nametoindex(zone.c_str()); number != 0) return number;
    unsigned number = 0;
    std::array<char, IF_NAMESIZE> name{};
    const auto [end, error] = std::from_chars(zone.data(), zone.data() + zone.size(), number);
    const bool is_number = error == std::errc() && end == zone.data() + zone.size();
    return is_number && if_indextoname(number, name.data()) != nullptr ? number : 0;
}

SocketAddress socket_address(const Endpoint& endpoint) {
    SocketAddress address;
    const auto octets = endpoint.ip.bytes();
    if (endpoint.ip.is_ipv4()) {
        auto& ipv4 = reinterpret_cast<sockaddr_in&>(address.storage);
        ipv4.sin_family = AF_INET;
        ipv4.sin_port = htons(endpoint.port);
        std::copy(octets.begin(), octets.end(), reinterpret_cast<std::uint8_t*>(&ipv4.sin_addr));
        address.size = sizeof ipv4;
    } else {
        auto& ipv6 = reinterpret_cast<sockaddr_in6&>(address.storage);
        ipv6.sin6_family = AF_INET6;
        ipv6.sin6_port = htons(endpoint.port);
        std::copy(octets.begin(), octets.end(), ipv6.sin6_addr.s6_addr);
        ipv6.sin6_scope_id = endpoint.zone.empty() ? 0 : interface_number(endpoint.zone);
        address.size = sizeof ipv6;
    }
    return address;
}

IpAddress ip_of(const SocketAddress& address) {
    if (address.storage.ss_family == AF_INET) {
        const auto& ipv4 = reinterpret_cast<const sockaddr_in&>(address.storage);
        return *IpAddress::from_bytes({reinterpret_cast<const std::uint8_t*>(&ipv4.sin_addr), 4});
    }
    const auto& ipv6 = reinterpret_cast<const sockaddr_in6&>(address.storage);
    return *IpAddress::from_bytes({ipv6.sin6_addr.s6_addr, 16});
}

// What connecting a datagram socket comes to, which sends nothing: the error, and the address of this end.
struct Route {
    int error = 0;
    std::optional<IpAddress> source = {};
};

Route route_to(const Endpoint& endpoint) {
    SocketAddress there = socket_address(endpoint);
    const bool has_zone = !endpoint.zone.empty();
    if (has_zone && reinterpret_cast<const sockaddr_in6&>(there.storage).sin6_scope_id == 0) return {ENODEV};
    const int descriptor = socket(there.storage.ss_family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return {errno};
    Route route;
    SocketAddress here;
    if (connect(descriptor, there.get(), there.size) != 0 || getsockname(descriptor, here.get(), &here.size) != 0) {
        route.error = errno;
    } else {
        route.source = ip_of(here);
    }
    close(descriptor);
    return route;
}

}  // namespace

std::optional<std::string> lack_of_route(const Endpoint& endpoint) {
    const int error = route_to(endpoint).error;
    switch (error) {
        case ENETUNREACH:
        case EHOSTUNREACH:
        case EADDRNOTAVAIL:
        case EAFNOSUPPORT:
        case ENETDOWN:
        case ENODEV: return std::strerror(error);
        default: return std::nullopt;
    }
}

Result<IpAddress> source_address(const Endpoint& endpoint) {
    const Route route = route_to(endpoint);
    return route.source ? Result<IpAddress>(*route.source) : Result<IpAddress>(Error{std::strerror(route.error)});
}

}  // namespace fcrdns
