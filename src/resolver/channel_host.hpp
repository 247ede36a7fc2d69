// SPDX-License-Identifier: MIT
// Channel host: what the channels of a transport share. It waits for their descriptors,
// keeps the events they make with the octets that came, and draws random numbers.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "resolver/cares_transport.hpp"
#include "resolver/message.hpp"

namespace fcrdns {

/// Whoever waits for a descriptor.
class Watcher {
public:
    virtual ~Watcher() = default;
    /// The descriptor has something to read, or has failed, or can be written to.
    virtual void ready(int descriptor, bool readable, bool writable) = 0;
};

class ChannelHost {
public:
    static constexpr std::size_t largest_datagram = 65535;

    ChannelHost();
    ChannelHost(const ChannelHost&) = delete;
    ChannelHost& operator=(const ChannelHost&) = delete;
    ~ChannelHost();

    /// Polls readable when process() has something to do; negative, with errno, where there is none.
    int descriptor() const { return epoll_; }
    /// Tells watchers of what is ready, without waiting.
    void process();
    /// Has ready() of the watcher called for the descriptor; neither way: no longer.
    void watch(Watcher& watcher, int descriptor, bool readable, bool writable);

    /// Keeps the event, with a copy of the octets, until clear().
    void store(TransportEvent event, Octets octets);
    const std::vector<TransportEvent>& events() const { return events_; }
    std::string_view octets(const TransportEvent& event) const {
        return std::string_view(octets_).substr(event.offset, event.size);
    }
    void clear();

    /// Room for what one read brings, free to use until the next one.
    std::span<std::uint8_t> room() { return {room_.get(), largest_datagram}; }
    /// From the system's random numbers: query IDs must not be guessed (RFC 5452 4.3).
    std::uint16_t random16();

private:
    int epoll_;
    std::unique_ptr<std::uint8_t[]> room_;
    std::vector<TransportEvent> events_;
    std::string octets_;
    std::vector<std::pair<int, Watcher*>> watched_;
    std::array<std::uint16_t, 128> random_{};
    std::size_t random_left_ = 0;
};

}  // namespace fcrdns
