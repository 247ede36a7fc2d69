// SPDX-License-Identifier: MIT
#include "resolver/flow_control.hpp"

#include <algorithm>

namespace fcrdns {
namespace {

constexpr double first_window = 64;
constexpr double smallest_window = 8;
// More than one silent /24 asked in a row, whose questions all end at once.
constexpr double recent_questions = 1024;
// Before anything is known of the path, too: a list may begin with zones that never answer, and so many
// questions in so much time are no burden to anybody.
constexpr auto shortest_patience = std::chrono::milliseconds(50);

}  // namespace

FlowControl::FlowControl(std::size_t ceiling, std::size_t calm)
    : ceiling_(static_cast<double>(ceiling)),
      calm_(static_cast<double>(calm)),
      window_(std::min(first_window, ceiling_)),
      threshold_(ceiling_) {}

FlowControl::Duration FlowControl::patience() const {
    return std::max<Duration>(4 * smoothed_, shortest_patience);
}

void FlowControl::remember(bool answered) {
    silence_ += ((answered ? 0.0 : 1.0) - silence_) / recent_questions;
}

bool FlowControl::path_is_long() const {
    return smoothed_ < 2 * shortest_;
}

void FlowControl::grow() {
    if (window_ >= calm_ && !path_is_long()) return;
    window_ = std::min(ceiling_, window_ + (window_ < threshold_ ? 1.0 : 1.0 / window_));
}

void FlowControl::answered(Duration round_trip) {
    smoothed_ = smoothed_ == Duration(0) ? round_trip : smoothed_ + (round_trip - smoothed_) / 8;
    shortest_ = std::min(shortest_, round_trip);
    remember(true);
    grow();
}

void FlowControl::lost(TimePoint now) {
    remember(true);
    halve(now);
}

void FlowControl::unanswered(TimePoint now) {
    remember(false);
    if (silence_ > 0.5) halve(now);
}

// One event of congestion loses many packets: it is answered once per round trip.
void FlowControl::halve(TimePoint now) {
    if (now - last_halved_ < patience()) return;
    last_halved_ = now;
    window_ = std::max(std::min(smallest_window, ceiling_), window_ / 2);
    threshold_ = window_;
}

}  // namespace fcrdns
