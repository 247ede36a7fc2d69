// SPDX-License-Identifier: MIT
#include "resolver/sockets.hpp"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <algorithm>

namespace fcrdns {
namespace {

constexpr int wanted_buffer = 1 << 20;
// What a reply of ordinary size costs in a socket's receive buffer, measured (Linux 6.1, 300 octets).
constexpr std::size_t buffer_per_reply = 1300;

}  // namespace

int open_datagram_socket(int family) {
    const int descriptor = socket(family, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return descriptor;
    // Only a privileged program may go beyond the system's limit; the plain one takes what it gets.
    if (setsockopt(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, &wanted_buffer, sizeof wanted_buffer) != 0) {
        (void)setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &wanted_buffer, sizeof wanted_buffer);
    }
    (void)setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &wanted_buffer, sizeof wanted_buffer);
    return descriptor;
}

int open_stream_socket(int family) {
    const int descriptor = socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return descriptor;
    // Else a query waits for the acknowledgement of the one before it.
    const int on = 1;
    (void)setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return descriptor;
}

std::size_t reply_capacity(int descriptor) {
    int granted = 0;
    socklen_t size = sizeof granted;
    if (getsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &granted, &size) != 0) granted = 0;
    return std::max<std::size_t>(16, static_cast<std::size_t>(granted) / buffer_per_reply);
}

}  // namespace fcrdns
