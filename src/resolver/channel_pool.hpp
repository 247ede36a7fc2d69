// SPDX-License-Identifier: MIT
// Channel pool: the c-ares channels of all ways to all servers. Of a way there are so
// many that no socket can be overrun by the replies in flight, and none is in use for so
// long that its source port becomes known.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "resolver/cares_channel.hpp"

namespace fcrdns {

class ChannelPool {
public:
    ChannelPool(AttemptTaker& taker, std::vector<Endpoint> servers, const QueryFlags& flags);

    /// A channel to send on when `in_flight` questions may be on their way; null when none can be made.
    CaresChannel* pick(const Way& way, std::size_t in_flight);
    /// True while another channel for one question alone may be picked.
    bool may_ask_alone() const { return alone_.size() < most_alone; }
    /// Attempts over TCP that are waited for, without those that are alone.
    std::size_t live_over_tcp() const;
    /// Later questions have another connection than this one, on which one was not answered in time: it may be
    /// stuck within a message, or forgotten by a router on the way.
    void leave(const CaresChannel* channel);
    /// Destroys channels that nobody waits for and that are not sent on any more.
    void tidy();

    int descriptor() const { return descriptors_.descriptor(); }
    /// Reads and writes what is ready, without waiting.
    void process() { descriptors_.process(); }

private:
    struct WayChannels {
        std::vector<std::unique_ptr<CaresChannel>> channels;
        std::size_t turn = 0;
    };

    // Sockets, not questions: more would wait for one of them to be free again.
    static constexpr std::size_t most_alone = 128;
    static constexpr std::size_t tcp_way = 2;  // this bit of a place in `ways_`

    std::unique_ptr<CaresChannel> open(const Way& way);
    CaresChannel* renewed(std::unique_ptr<CaresChannel>& channel, const Way& way);
    WayChannels& of(const Way& way) { return ways_[way.server * 4 + (way.tcp ? tcp_way : 0U) + (way.edns ? 1U : 0U)]; }

    AttemptTaker& taker_;
    std::vector<Endpoint> servers_;
    QueryFlags flags_;
    Descriptors descriptors_;  // outlives the channels
    std::vector<WayChannels> ways_;
    std::vector<std::unique_ptr<CaresChannel>> alone_;
    std::vector<std::unique_ptr<CaresChannel>> retired_;
};

}  // namespace fcrdns
