// SPDX-License-Identifier: MIT
#include "resolver/server_channels.hpp"

#include <algorithm>
#include <utility>

namespace fcrdns {
namespace {

// c-ares 1.18 keeps one source port a channel, and c-ares spins when the 65,536 IDs of one run out.
constexpr std::size_t queries_per_channel = 20000;
constexpr std::size_t most_channels = 64;

}  // namespace

Channel* ServerChannels::usable(std::unique_ptr<Channel>& channel, Transport protocol) {
    if (channel && channel->sent() < queries_per_channel) return channel.get();
    auto fresh = transport_.open(server_, protocol);
    if (!fresh) return channel && channel->held() < 2 * queries_per_channel ? channel.get() : nullptr;
    if (channel) retired_.push_back(std::move(channel));
    channel = std::move(fresh);
    return channel.get();
}

Channel* ServerChannels::pick(Transport protocol, std::size_t in_flight) {
    if (protocol == Transport::tcp) return usable(tcp_, protocol);
    if (udp_.empty()) udp_.emplace_back();
    const std::size_t capacity = udp_.front() ? udp_.front()->capacity() : in_flight;
    const std::size_t needed = std::clamp<std::size_t>((in_flight + capacity - 1) / capacity, 1, most_channels);
    while (udp_.size() < needed) udp_.emplace_back();
    return usable(udp_[turn_++ % udp_.size()], protocol);
}

void ServerChannels::leave_tcp(const Channel* channel) {
    if (tcp_.get() == channel) retired_.push_back(std::move(tcp_));
}

void ServerChannels::tidy() {
    std::erase_if(retired_, [](const auto& channel) { return channel->live() == 0; });
}

}  // namespace fcrdns
