// SPDX-License-Identifier: MIT
#include "resolver/rate_limit.hpp"

#include <algorithm>

#include "fcrdns/resolver.hpp"

namespace fcrdns {

RateLimit::RateLimit(std::size_t per_second, TimePoint now)
    : per_second_(static_cast<double>(std::max<std::size_t>(per_second, 1))),
      most_(std::max(1.0, per_second_ / 50.0)),
      queries_(most_),
      refilled_(now) {}

void RateLimit::refill(TimePoint now) {
    if (now <= refilled_) return;
    const double seconds = std::chrono::duration<double>(now - refilled_).count();
    queries_ = std::min(most_, queries_ + seconds * per_second_);
    refilled_ = now;
}

RateLimit::TimePoint RateLimit::next() const {
    const double seconds = std::max(0.0, 1.0 - queries_) / per_second_;
    return refilled_ + std::chrono::ceil<TimePoint::duration>(std::chrono::duration<double>(seconds));
}

std::shared_ptr<RateLimit> make_rate_limit(std::size_t per_second) {
    return std::make_shared<RateLimit>(per_second);
}

}  // namespace fcrdns
