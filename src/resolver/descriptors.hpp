// SPDX-License-Identifier: MIT
// Descriptors: what the c-ares channels wait for, behind one descriptor to be polled.
#pragma once

#include <cstdint>
#include <unordered_map>

namespace fcrdns {

/// Whoever waits for a descriptor.
class Watcher {
public:
    virtual ~Watcher() = default;
    /// `happened` are events of epoll(7).
    virtual void ready(int descriptor, std::uint32_t happened) = 0;
};

class Descriptors {
public:
    Descriptors();
    Descriptors(const Descriptors&) = delete;
    Descriptors& operator=(const Descriptors&) = delete;
    ~Descriptors();

    /// Polls readable when process() has something to do; negative, with errno, where there is none.
    int descriptor() const { return epoll_; }
    /// Tells watchers of what is ready now, each of it once, without waiting.
    void process();
    /// Has the watcher told of these events from now on; of none: no longer.
    void watch(Watcher& watcher, int descriptor, std::uint32_t events);
    bool is_watched(int descriptor) const { return watched_.contains(descriptor); }

private:
    int epoll_;
    std::unordered_map<int, Watcher*> watched_;
};

}  // namespace fcrdns
