// SPDX-License-Identifier: MIT
#include "resolver/shared_answers.hpp"

#include <algorithm>
#include <optional>

namespace fcrdns {
namespace {

std::optional<std::uint32_t> time_to_live(const Answer& answer) {
    std::optional<std::uint32_t> shortest;
    const auto consider = [&](std::uint32_t ttl) { shortest = std::min(shortest.value_or(ttl), ttl); };
    for (const AddressRecord& record : answer.addresses) consider(record.ttl);
    if (answer.outcome != Outcome::records && answer.soa) consider(answer.soa->negative_ttl());
    if (!shortest) return std::nullopt;
    for (const Alias& alias : answer.cname_chain) consider(alias.ttl);
    return shortest;
}

bool is_forward(const Question& question) {
    return question.type == RecordType::a || question.type == RecordType::aaaa;
}

}  // namespace

void SharedAnswers::keep(const Answer& answer, TimePoint now) {
    if (!is_forward(answer.question) || !is_definite(answer.outcome)) return;
    const auto ttl = time_to_live(answer);
    if (!ttl || *ttl == 0) return;
    if (most_ == 0) return;
    const TimePoint until = now + std::chrono::seconds(*ttl);
    const HashedQuestion question(answer.question);
    if (const auto known = places_.find(question)) {
        kept_[*known].answer = answer;
        kept_[*known].until = until;
        return;
    }
    if (kept_.size() < most_) {
        kept_.push_back({answer, question.hash, until});
        places_.insert(static_cast<std::uint32_t>(kept_.size() - 1));
        return;
    }
    places_.erase(oldest_);
    // By assignment, which uses the room of what was there before.
    kept_[oldest_].answer = answer;
    kept_[oldest_].hash = question.hash;
    kept_[oldest_].until = until;
    places_.insert(oldest_);
    oldest_ = static_cast<std::uint32_t>((oldest_ + 1U) % most_);
}

const Answer* SharedAnswers::find(const Question& question, TimePoint now) const {
    if (!is_forward(question)) return nullptr;
    const auto place = places_.find(HashedQuestion(question));
    return !place || kept_[*place].until <= now ? nullptr : &kept_[*place].answer;
}

}  // namespace fcrdns
