// SPDX-License-Identifier: MIT
#include "resolver/forward_cache.hpp"

#include <algorithm>
#include <optional>

namespace fcrdns {
namespace {

// What an answer of ordinary size has; one of more records counts as several.
constexpr std::size_t records_per_answer = 16;

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

std::size_t ForwardCache::weight_of(const Answer& answer) {
    return 1 + (answer.addresses.size() + answer.cname_chain.size()) / records_per_answer;
}

void ForwardCache::drop_oldest() {
    const auto oldest = kept_.find(*by_age_.front());
    weight_ -= weight_of(oldest->second.answer);
    by_age_.pop_front();
    kept_.erase(oldest);
}

void ForwardCache::keep(const Answer& answer, TimePoint now) {
    if (!is_forward(answer.question) || !is_definite(answer.outcome)) return;
    const auto ttl = time_to_live(answer);
    const std::size_t weight = weight_of(answer);
    if (!ttl || *ttl == 0 || weight > most_) return;
    const TimePoint until = now + std::chrono::seconds(*ttl);
    const auto [place, is_new] = kept_.try_emplace(answer.question);
    if (is_new) {
        by_age_.push_back(&place->first);
    } else {
        weight_ -= weight_of(place->second.answer);
    }
    weight_ += weight;
    place->second = {answer, until};
    while (weight_ > most_) drop_oldest();
}

const Answer* ForwardCache::find(const Question& question, TimePoint now) const {
    if (!is_forward(question)) return nullptr;
    const auto place = kept_.find(question);
    return place == kept_.end() || place->second.until <= now ? nullptr : &place->second.answer;
}

}  // namespace fcrdns
