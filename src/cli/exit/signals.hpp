// SPDX-License-Identifier: MIT
// Signals: SIGINT, SIGTERM and SIGHUP as something to poll for, so that the loop
// ends between two results. Signals that the parent had ignored stay ignored.
#pragma once

#include <csignal>

namespace fcrdns::cli {

/// From now on a connection or pipe whose other end is gone is an error of its write, not the end of the program:
/// c-ares 1.18 writes to its connections in a way that raises SIGPIPE.
void ignore_broken_pipes();
/// Whoever reads standard output is gone: ends by SIGPIPE, as a filter does, unless the parent had it ignored.
void end_by_broken_pipe();

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
