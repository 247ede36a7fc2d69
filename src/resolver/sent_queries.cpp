// SPDX-License-Identifier: MIT
#include "resolver/sent_queries.hpp"

namespace fcrdns {

SentQuery& SentQueries::add(const Question& question, const QueryToken& token) {
    std::uint32_t place = 0;
    if (free_.empty()) {
        place = static_cast<std::uint32_t>(queries_.size());
        queries_.emplace_back();
    } else {
        place = free_.back();
        free_.pop_back();
    }
    SentQuery& query = queries_[place];
    query.question = question;
    query.token = token;
    query.place = place;
    query.wanted = query.held = true;
    query.channel = &channel_;
    ++wanted_;
    return query;
}

void SentQueries::set_id(SentQuery& query, std::uint16_t id) {
    query.id = id;
    auto& part = by_id_[id >> 8U];
    if (!part) part = std::make_unique<Part>();
    (*part)[id & 0xffU] = static_cast<std::uint16_t>(query.place + 1);
}

void SentQueries::release(SentQuery& query) {
    if (!query.wanted) return;
    query.wanted = false;
    --wanted_;
    if (!query.held) free_.push_back(query.place);
}

void SentQueries::end(SentQuery& query) {
    if (place_of(query.id) == query.place + 1) (*by_id_[query.id >> 8U])[query.id & 0xffU] = 0;
    query.held = false;
    if (!query.wanted) free_.push_back(query.place);
}

SentQuery* SentQueries::answered_by(Octets message) {
    if (message.size() < 2) return nullptr;
    const std::uint16_t place = place_of(static_cast<std::uint16_t>(message[0] << 8U | message[1]));
    if (place == 0) return nullptr;
    SentQuery& query = queries_[place - 1U];
    return is_reply_to(message, query.id, query.question) ? &query : nullptr;
}

}  // namespace fcrdns
