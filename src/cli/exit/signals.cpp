// SPDX-License-Identifier: MIT
#include "cli/exit/signals.hpp"

#include <sys/signalfd.h>
#include <unistd.h>

#include <array>

namespace fcrdns::cli {
namespace {

bool ended_by_sigpipe = false;  // before ignore_broken_pipes()

}  // namespace

void ignore_broken_pipes() {
    struct sigaction present {};
    ended_by_sigpipe = sigaction(SIGPIPE, nullptr, &present) == 0 && present.sa_handler == SIG_DFL;
    (void)std::signal(SIGPIPE, SIG_IGN);
}

void end_by_broken_pipe() {
    if (!ended_by_sigpipe) return;
    (void)std::signal(SIGPIPE, SIG_DFL);
    (void)std::raise(SIGPIPE);
}

Signals::Signals() {
    sigemptyset(&watched_);
    for (const int signal : std::array{SIGINT, SIGTERM, SIGHUP}) {
        struct sigaction present {};
        if (sigaction(signal, nullptr, &present) == 0 && present.sa_handler != SIG_IGN) sigaddset(&watched_, signal);
    }
    descriptor_ = signalfd(-1, &watched_, SFD_NONBLOCK | SFD_CLOEXEC);
    // Without a descriptor to watch, the signals keep their ordinary effect.
    if (descriptor_ >= 0) sigprocmask(SIG_BLOCK, &watched_, nullptr);
}

Signals::~Signals() {
    if (descriptor_ >= 0) close(descriptor_);
}

bool Signals::arrived() {
    signalfd_siginfo information{};
    while (descriptor_ >= 0 && read(descriptor_, &information, sizeof information) > 0) arrived_ = true;
    return arrived_;
}

void Signals::let_through() {
    if (descriptor_ >= 0) sigprocmask(SIG_UNBLOCK, &watched_, nullptr);
}

}  // namespace fcrdns::cli
