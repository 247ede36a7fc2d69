// SPDX-License-Identifier: MIT
// Signals: SIGINT, SIGTERM and SIGHUP as something to poll for, so that the loop
// ends between two results. Signals that the parent had ignored stay ignored.
#pragma once

#include <csignal>

namespace fcrdns::cli {

class Signals {
public:
    Signals();
    Signals(const Signals&) = delete;
    Signals& operator=(const Signals&) = delete;
    ~Signals();

    /// Polls readable when a signal has arrived; negative where none can be watched.
    int descriptor() const { return descriptor_; }
    /// True once a signal has arrived.
    bool arrived();
    /// From now on signals have their ordinary effect: a second Ctrl-C ends what does not end by itself.
    void let_through();

private:
    sigset_t watched_;
    int descriptor_ = -1;
    bool arrived_ = false;
};

}  // namespace fcrdns::cli
