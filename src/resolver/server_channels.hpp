// SPDX-License-Identifier: MIT
// Server channels: the c-ares channels to one server, enough of them that no socket
// can be overrun by the replies in flight, and none in use for so long that its one
// source port becomes known.
#pragma once

#include <memory>
#include <vector>

#include "resolver/cares_transport.hpp"

namespace fcrdns {

class ServerChannels {
public:
    ServerChannels(CaresTransport& transport, const Endpoint& server) : transport_(transport), server_(server) {}

    /// A channel to send on when `in_flight` questions may be on their way; null when none can be made.
    Channel* pick(Transport protocol, std::size_t in_flight);
    /// Lets later questions have another connection when this one, on which one was not answered in time, is
    /// the one in use: it may be stuck within a message, or forgotten by a router on the way.
    void leave_tcp(const Channel* channel);
    /// Destroys retired channels that nobody waits for; never to be called from a channel's own event.
    void tidy();

private:
    Channel* usable(std::unique_ptr<Channel>& channel, Transport protocol);

    CaresTransport& transport_;
    Endpoint server_;
    std::vector<std::unique_ptr<Channel>> udp_;
    std::unique_ptr<Channel> tcp_;
    std::vector<std::unique_ptr<Channel>> retired_;
    std::size_t turn_ = 0;
};

}  // namespace fcrdns
