// SPDX-License-Identifier: MIT
#include "shared_answers.hpp"

#include <algorithm>
#include <optional>

namespace fcrdns {
namespace {

std::optional<std::uint32_t> time_to_live(const Answer& answer) {
    std::optional<std::uint32_t> shortest;
    const auto consider = [&](std::uint32_t ttl) { shortest = std::min(shortest.value_or(ttl), ttl); };
    for (const AddressRecord& record : answer.addresses) consider(record.ttl);
    if (answer.outcome != Outcome::records && answer.soa) consider(std::min(answer.soa->ttl, answer.soa->minimum));
    if (!shortest) return std::nullopt;
    for (const Alias& alias : answer.cname_chain) consider(alias.ttl);
    return shortest;
}

}  // namespace

void SharedAnswers::keep(const Answer& answer, TimePoint now) {
    const bool forward = answer.question.type == RecordType::a || answer.question.type == RecordType::aaaa;
    if (!forward || !is_definite(answer.outcome)) return;
    const auto ttl = time_to_live(answer);
    if (!ttl || *ttl == 0) return;
    const TimePoint until = now + std::chrono::seconds(*ttl);
    const auto [place, is_new] = kept_.insert_or_assign(answer.question, Kept{answer, until});
    if (!is_new) return;
    by_age_.push_back(answer.question);
    if (by_age_.size() <= most_) return;
    kept_.erase(by_age_.front());
    by_age_.pop_front();
}

const Answer* SharedAnswers::find(const Question& question, TimePoint now) const {
    const auto place = kept_.find(question);
    return place == kept_.end() || place->second.until <= now ? nullptr : &place->second.answer;
}

}  // namespace fcrdns
