// SPDX-License-Identifier: MIT
#include "sent_queries.hpp"

#include <new>

namespace fcrdns {

SentQueries::SentQueries(Channel& channel)
    : channel_(channel), by_id_(static_cast<std::uint16_t*>(std::calloc(65536, sizeof(std::uint16_t))), &std::free) {
    if (!by_id_) throw std::bad_alloc();
}

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
    by_id_.get()[id] = static_cast<std::uint16_t>(query.place + 1);
}

void SentQueries::release(SentQuery& query) {
    if (!query.wanted) return;
    query.wanted = false;
    --wanted_;
    if (!query.held) free_.push_back(query.place);
}

void SentQueries::end(SentQuery& query) {
    std::uint16_t& place = by_id_.get()[query.id];
    if (place == query.place + 1) place = 0;
    query.held = false;
    if (!query.wanted) free_.push_back(query.place);
}

SentQuery* SentQueries::answered_by(Octets message) {
    if (message.size() < 2) return nullptr;
    const std::uint16_t place = by_id_.get()[message[0] << 8U | message[1]];
    if (place == 0) return nullptr;
    SentQuery& query = queries_[place - 1U];
    return is_reply_to(message, query.id, query.question) ? &query : nullptr;
}

}  // namespace fcrdns
