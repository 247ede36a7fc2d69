// SPDX-License-Identifier: MIT
#include "resolver/window.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace fcrdns {
namespace {

constexpr double first_size = 64;
constexpr double smallest_size = 8;
// In shorter ones a few losses at random are a large share.
constexpr std::size_t shortest_stretch = 128;
constexpr std::size_t most_stretches = 4096;
constexpr double random_loss = 0.05;
constexpr double pushed_back_share = 1.0 / 32;
constexpr std::uint32_t fewest_pushed_back = 4;
// Below this share of questions answered later, push-backs are how their zones are.
constexpr double least_pressure = 0.25;
constexpr double recent_push_backs = 32;
// Until the questions pushed back have been asked again.
constexpr auto growth_pause = std::chrono::milliseconds(300);
// More than one silent /24 asked in a row, whose questions all end at once.
constexpr double recent_questions = 1024;
// Before anything is known of the path, too: a list may begin with zones that never answer, and so many
// questions in so much time are no burden to anybody.
constexpr auto shortest_patience = std::chrono::milliseconds(50);
// A silent /24 is less than this share of so many questions; where most is lost, it is soon reached.
constexpr double recent_first_tries = 4096;
constexpr double many_slow = 1.0 / 8;
constexpr double recent_slow = 64;
constexpr double mostly_lost = 1.0 / 2;
constexpr auto careful_patience = std::chrono::milliseconds(400);
// So many answers that among a resolver's there is one which it had at hand, or looked up nearby.
constexpr unsigned answers_a_look = 32;
// Longer than a queue must be to keep any server busy, shorter than what an ordinary socket buffer of a slow one holds.
constexpr auto longest_queue = std::chrono::milliseconds(200);
constexpr unsigned most_in_vain = 4;

// Four standard deviations above the mean, which about one stretch in ten thousand exceeds.
double most_lost_at_random(std::size_t questions) {
    const double mean = random_loss * static_cast<double>(questions);
    return mean + 4 * std::sqrt(mean * (1 - random_loss));
}

}  // namespace

Window::Window(std::size_t ceiling, std::size_t calm)
    : ceiling_(static_cast<double>(ceiling)),
      calm_(static_cast<double>(calm)),
      size_(std::min(first_size, ceiling_)),
      threshold_(ceiling_),
      stretches_(1) {}

Window::Duration Window::patience() const {
    const Duration few_round_trips = std::max<Duration>(4 * smoothed_, shortest_patience);
    return is_careful() ? std::max<Duration>(few_round_trips, careful_patience) : few_round_trips;
}

Window::Stretch Window::sent() {
    if (stretches_.back().sent >= std::max(shortest_stretch, size())) begin_stretch();
    ++stretches_.back().sent;
    return first_stretch_ + static_cast<Stretch>(stretches_.size() - 1);
}

void Window::begin_stretch() {
    stretches_.emplace_back();
    if (stretches_.size() <= most_stretches) return;
    stretches_.pop_front();
    ++first_stretch_;
}

// None for a stretch that has been judged, or is long past.
Window::Counts* Window::counts_of(Stretch stretch) {
    if (stretch < judged_from_ || stretch < first_stretch_) return nullptr;
    return &stretches_[stretch - first_stretch_];
}

void Window::count_question(bool answered) {
    silence_ += ((answered ? 0.0 : 1.0) - silence_) / recent_questions;
}

bool Window::is_careful() const {
    return smoothed_ != Duration(0) && slow_share_ > many_slow && lost_share_ > mostly_lost;
}

bool Window::path_is_long() const {
    return smoothed_ < 2 * shortest_;
}

void Window::grow() {
    if (size_ >= calm_ && !path_is_long()) return;
    size_ = std::min(ceiling_, size_ + (size_ < threshold_ ? 1.0 : 1.0 / size_));
}

void Window::answered(Duration round_trip, TimePoint now) {
    smoothed_ = smoothed_ == Duration(0) ? round_trip : smoothed_ + (round_trip - smoothed_) / 8;
    shortest_ = std::min(shortest_, round_trip);
    slow_share_ -= slow_share_ / recent_first_tries;
    count_question(true);
    look_for_queue(round_trip, now);
    if (now >= held_until_ && !queued_ && !is_careful()) grow();
}

void Window::slow() {
    slow_share_ += (1.0 - slow_share_) / recent_first_tries;
}

void Window::not_lost() {
    lost_share_ -= lost_share_ / recent_slow;
}

void Window::look_for_queue(Duration round_trip, TimePoint now) {
    quickest_ = std::min(quickest_, round_trip);
    if (++looked_at_ < answers_a_look) return;
    looked_at_ = 0;
    const Duration quickest = std::exchange(quickest_, Duration::max());
    queued_ = quickest > shortest_ + longest_queue;
    if (!queued_) return wider_.reset();
    if (now < next_look_) return;
    if (is_narrowed_in_vain(quickest)) {
        shortest_ = quickest;
        size_ = wider_->size;
        threshold_ = wider_->threshold;
        queued_ = false;
        return wider_.reset();
    }
    // Until what was asked by the wider window has been answered.
    next_look_ = now + 2 * smoothed_;
    narrow(0.5);
}

bool Window::is_narrowed_in_vain(Duration quickest) {
    if (!wider_ || quickest < wider_->quickest * 3 / 4) {
        wider_ = Wider{size_, threshold_, quickest};
        return false;
    }
    return ++wider_->in_vain == most_in_vain;
}

void Window::lost(Stretch stretch) {
    count_question(true);
    lost_share_ += (1.0 - lost_share_) / recent_slow;
    Counts* counts = counts_of(stretch);
    if (counts == nullptr) return;
    ++counts->lost;
    const auto of = std::max<std::size_t>(counts->sent, shortest_stretch);
    if (counts->lost > most_lost_at_random(of)) narrow(0.5);
}

void Window::pushed_back(Stretch stretch, TimePoint now) {
    Counts* counts = counts_of(stretch);
    if (counts == nullptr || pressure_ < least_pressure) return;
    ++counts->pushed_back;
    if (counts->pushed_back < fewest_pushed_back) return;
    if (counts->pushed_back <= pushed_back_share * static_cast<double>(counts->sent)) return;
    held_until_ = now + growth_pause;
    narrow(size_ < threshold_ ? 0.5 : 0.75);
}

void Window::pushed_back_ended(bool answered) {
    count_question(true);
    const bool was_pressed = pressure_ >= least_pressure;
    pressure_ += ((answered ? 1.0 : 0.0) - pressure_) / recent_push_backs;
    // It was narrowed for nothing.
    if (was_pressed && pressure_ < least_pressure) threshold_ = ceiling_;
}

void Window::unanswered(TimePoint now) {
    count_question(false);
    if (silence_ <= 0.5 || now - last_halved_ < patience()) return;
    last_halved_ = now;
    narrow(0.5);
}

// What was asked so far was asked by the wider window, and is no reason to narrow it again.
void Window::narrow(double factor) {
    size_ = std::max(std::min(smallest_size, ceiling_), size_ * factor);
    threshold_ = size_;
    begin_stretch();
    judged_from_ = first_stretch_ + static_cast<Stretch>(stretches_.size() - 1);
}

}  // namespace fcrdns
