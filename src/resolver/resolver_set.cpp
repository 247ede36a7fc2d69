// SPDX-License-Identifier: MIT
#include "resolver/resolver_set.hpp"

#include <poll.h>
#include <sys/epoll.h>
#include <unistd.h>

namespace fcrdns {

ResolverSet::~ResolverSet() {
    if (epoll_ >= 0) close(epoll_);
}

void ResolverSet::watch(const Resolver& resolver) {
    const int descriptor = resolver.descriptor();
    if (descriptor < 0 || descriptor == only_) return;
    if (only_ < 0) {
        only_ = descriptor;
        return;
    }
    if (epoll_ < 0) {
        epoll_ = epoll_create1(EPOLL_CLOEXEC);
        if (epoll_ < 0) return;  // the others are seen to when the first one is, or at their next time-out
        watch(only_);
    }
    watch(descriptor);
}

void ResolverSet::watch(int descriptor) const {
    epoll_event event{};
    event.events = EPOLLIN;
    (void)epoll_ctl(epoll_, EPOLL_CTL_ADD, descriptor, &event);
}

void ResolverSet::wait(std::chrono::milliseconds longest) const {
    pollfd waited{descriptor(), POLLIN, 0};
    if (longest.count() > 0) (void)poll(&waited, 1, static_cast<int>(longest.count()));
}

}  // namespace fcrdns
