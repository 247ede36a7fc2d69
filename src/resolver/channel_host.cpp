// SPDX-License-Identifier: MIT
#include "resolver/channel_host.hpp"

#include <sys/epoll.h>
#include <sys/random.h>
#include <unistd.h>

#include <algorithm>

namespace fcrdns {
namespace {

auto find_descriptor(std::vector<std::pair<int, Watcher*>>& watched, int descriptor) {
    return std::find_if(watched.begin(), watched.end(), [&](const auto& w) { return w.first == descriptor; });
}

}  // namespace

// Not zeroed: a program that asks two questions would pay for its 16 pages.
ChannelHost::ChannelHost()
    : epoll_(epoll_create1(EPOLL_CLOEXEC)), room_(std::make_unique_for_overwrite<std::uint8_t[]>(largest_datagram)) {}

ChannelHost::~ChannelHost() {
    if (epoll_ >= 0) close(epoll_);
}

void ChannelHost::process() {
    std::array<epoll_event, 64> ready{};
    const int count = epoll_wait(epoll_, ready.data(), static_cast<int>(ready.size()), 0);
    for (int i = 0; i < count; ++i) {
        const epoll_event& event = ready[static_cast<std::size_t>(i)];
        const auto at = find_descriptor(watched_, event.data.fd);
        if (at == watched_.end()) continue;
        at->second->ready(event.data.fd, (event.events & (EPOLLIN | EPOLLERR | EPOLLHUP)) != 0,
                          (event.events & EPOLLOUT) != 0);
    }
}

void ChannelHost::watch(Watcher& watcher, int descriptor, bool readable, bool writable) {
    const auto at = find_descriptor(watched_, descriptor);
    if (!readable && !writable) {
        (void)epoll_ctl(epoll_, EPOLL_CTL_DEL, descriptor, nullptr);
        if (at != watched_.end()) watched_.erase(at);
        return;
    }
    epoll_event event{};
    event.events = (readable ? EPOLLIN : 0U) | (writable ? EPOLLOUT : 0U);
    event.data.fd = descriptor;
    (void)epoll_ctl(epoll_, at == watched_.end() ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, descriptor, &event);
    if (at == watched_.end()) {
        watched_.emplace_back(descriptor, &watcher);
    } else {
        at->second = &watcher;
    }
}

void ChannelHost::store(TransportEvent event, Octets octets) {
    event.offset = octets_.size();
    event.size = octets.size();
    octets_.append(reinterpret_cast<const char*>(octets.data()), octets.size());
    events_.push_back(event);
}

void ChannelHost::clear() {
    events_.clear();
    octets_.clear();
}

std::uint16_t ChannelHost::random16() {
    if (random_left_ == 0) {
        while (getrandom(random_.data(), sizeof random_, 0) != static_cast<ssize_t>(sizeof random_)) {
        }
        random_left_ = random_.size();
    }
    return random_[--random_left_];
}

}  // namespace fcrdns
