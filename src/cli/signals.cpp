// SPDX-License-Identifier: MIT
#include "cli/signals.hpp"

#include <csignal>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>

namespace fcrdns::cli {

Signals::Signals() {
    sigset_t watched;
    sigemptyset(&watched);
    for (const int signal : std::array{SIGINT, SIGTERM, SIGHUP}) {
        struct sigaction present {};
        if (sigaction(signal, nullptr, &present) == 0 && present.sa_handler != SIG_IGN) sigaddset(&watched, signal);
    }
    descriptor_ = signalfd(-1, &watched, SFD_NONBLOCK | SFD_CLOEXEC);
    // Without a descriptor to watch, the signals keep their ordinary effect.
    if (descriptor_ >= 0) sigprocmask(SIG_BLOCK, &watched, nullptr);
}

Signals::~Signals() {
    if (descriptor_ >= 0) close(descriptor_);
}

bool Signals::arrived() {
    signalfd_siginfo information{};
    if (descriptor_ >= 0 && read(descriptor_, &information, sizeof information) > 0) arrived_ = true;
    return arrived_;
}

}  // namespace fcrdns::cli
