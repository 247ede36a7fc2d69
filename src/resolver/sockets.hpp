// SPDX-License-Identifier: MIT
// Sockets for queries: made so that they neither block, nor leak into other programs,
// nor lose replies or time where a setting helps.
#pragma once

#include <cstddef>

namespace fcrdns {

/// A socket for datagrams with buffers as large as the system allows; negative, with errno, where there is none.
int open_datagram_socket(int family);
/// A socket for a TCP connection that sends each query at once; negative, with errno, where there is none.
int open_stream_socket(int family);
/// How many replies of ordinary size the socket holds without losing one, at least 16.
std::size_t reply_capacity(int descriptor);

}  // namespace fcrdns
