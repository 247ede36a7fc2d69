// SPDX-License-Identifier: MIT
#include "resolver/descriptors.hpp"

#include <sys/epoll.h>
#include <unistd.h>

#include <array>
#include <cstddef>

namespace fcrdns {
namespace {

// More than there are channels; what is left over comes at the next call.
constexpr std::size_t most_at_once = 256;

}  // namespace

Descriptors::Descriptors() : epoll_(epoll_create1(EPOLL_CLOEXEC)) {}

Descriptors::~Descriptors() {
    if (epoll_ >= 0) close(epoll_);
}

void Descriptors::process() {
    std::array<epoll_event, most_at_once> ready{};
    const int count = epoll_wait(epoll_, ready.data(), static_cast<int>(ready.size()), 0);
    for (int i = 0; i < count; ++i) {
        const epoll_event& event = ready[static_cast<std::size_t>(i)];
        const auto at = watched_.find(event.data.fd);  // one watcher's turn may close another one's descriptor
        if (at != watched_.end()) at->second->ready(event.data.fd, event.events);
    }
}

void Descriptors::watch(Watcher& watcher, int descriptor, std::uint32_t events) {
    const auto at = watched_.find(descriptor);
    if (events == 0) {
        if (at == watched_.end()) return;
        (void)epoll_ctl(epoll_, EPOLL_CTL_DEL, descriptor, nullptr);
        watched_.erase(at);
        return;
    }
    epoll_event event{};
    event.events = events;
    event.data.fd = descriptor;
    (void)epoll_ctl(epoll_, at == watched_.end() ? EPOLL_CTL_ADD : EPOLL_CTL_MOD, descriptor, &event);
    watched_[descriptor] = &watcher;
}

}  // namespace fcrdns
