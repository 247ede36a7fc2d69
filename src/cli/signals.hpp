// SPDX-License-Identifier: MIT
// Signals: SIGINT, SIGTERM and SIGHUP as something to poll for, so that the loop
// ends between two results. Signals that the parent had ignored stay ignored.
#pragma once

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

private:
    int descriptor_ = -1;
    bool arrived_ = false;
};

}  // namespace fcrdns::cli
