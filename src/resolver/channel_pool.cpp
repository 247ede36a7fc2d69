// SPDX-License-Identifier: MIT
#include "resolver/channel_pool.hpp"

#include <algorithm>
#include <utility>

namespace fcrdns {
namespace {

// c-ares 1.18 keeps one source port a channel, and c-ares spins when the 65,536 IDs of one run out.
constexpr std::size_t queries_per_channel = 20000;
constexpr std::size_t most_channels = 64;

}  // namespace

ChannelPool::ChannelPool(AttemptTaker& taker, std::vector<Endpoint> servers, const QueryFlags& flags)
    : taker_(taker), servers_(std::move(servers)), flags_(flags), ways_(servers_.size() * 4) {}

std::unique_ptr<CaresChannel> ChannelPool::open(const Way& way) {
    auto channel = std::make_unique<CaresChannel>(descriptors_, taker_, servers_[way.server], way, flags_);
    return channel->usable() ? std::move(channel) : nullptr;
}

CaresChannel* ChannelPool::renewed(std::unique_ptr<CaresChannel>& channel, const Way& way) {
    if (channel && !channel->spent() && channel->sent() < queries_per_channel) return channel.get();
    if (channel) retired_.push_back(std::move(channel));
    channel = open(way);
    return channel.get();
}

CaresChannel* ChannelPool::pick(const Way& way, std::size_t in_flight) {
    if (way.alone) {
        auto channel = open(way);
        return channel ? alone_.emplace_back(std::move(channel)).get() : nullptr;
    }
    WayChannels& all = of(way);
    if (all.channels.empty()) all.channels.emplace_back();
    const std::size_t capacity = all.channels.front() ? all.channels.front()->capacity() : in_flight;
    const std::size_t needed =
        way.tcp ? 1 : std::clamp((in_flight + capacity - 1) / capacity, std::size_t{1}, most_channels);
    while (all.channels.size() < needed) all.channels.emplace_back();
    return renewed(all.channels[all.turn++ % all.channels.size()], way);
}

std::size_t ChannelPool::live_over_tcp() const {
    std::size_t live = 0;
    for (std::size_t way = 0; way < ways_.size(); ++way) {
        if ((way & tcp_way) == 0) continue;
        for (const auto& channel : ways_[way].channels) live += channel ? channel->live() : 0;
    }
    return live;
}

void ChannelPool::leave(const CaresChannel* channel) {
    for (WayChannels& way : ways_) {
        for (auto& one : way.channels) {
            if (one.get() == channel) retired_.push_back(std::move(one));
        }
    }
}

void ChannelPool::tidy() {
    const auto unused = [](const auto& channel) { return channel->live() == 0; };
    std::erase_if(retired_, unused);
    std::erase_if(alone_, unused);
}

}  // namespace fcrdns
