// SPDX-License-Identifier: MIT
// Sent queries: those that one c-ares channel holds, by place and by ID, and which
// of them a message answers. A query is wanted until its event or until it is
// forgotten, and held until c-ares is done with it, which may be much later: c-ares
// cannot cancel a single query. Its place is used again when it is neither.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

#include "resolver/cares_transport.hpp"
#include "resolver/message.hpp"

namespace fcrdns {

struct SentQuery {
    Question question;
    QueryToken token;
    std::uint32_t place = 0;
    std::uint16_t id = 0;
    bool wanted = false;
    bool held = false;
    Channel* channel = nullptr;
};

class SentQueries {
public:
    explicit SentQueries(Channel& channel) : channel_(channel) {}

    /// A new query, wanted and held; it stays where it is while it is either.
    SentQuery& add(const Question& question, const QueryToken& token);
    SentQuery& at(std::uint32_t place) { return queries_[place]; }
    /// The ID that the query has on the wire; from then on messages find it.
    void set_id(SentQuery& query, std::uint16_t id);
    bool is_used(std::uint16_t id) const { return place_of(id) != 0; }
    /// Nobody waits for it any more; a second time changes nothing.
    void release(SentQuery& query);
    /// c-ares is done with it: messages find it no longer.
    void end(SentQuery& query);
    /// The query that the message is a reply to, wanted or not; null where there is none.
    SentQuery* answered_by(Octets message);

    std::size_t wanted() const { return wanted_; }
    std::size_t held() const { return queries_.size() - free_.size(); }

private:
    Channel& channel_;
    std::deque<SentQuery> queries_;
    std::vector<std::uint32_t> free_;
    // From ID to place plus one, 0 where it is free: by its upper octet a part, made when it is needed.
    using Part = std::array<std::uint16_t, 256>;
    std::uint16_t place_of(std::uint16_t id) const {
        const auto& part = by_id_[id >> 8U];
        return part ? (*part)[id & 0xffU] : std::uint16_t{0};
    }
    std::array<std::unique_ptr<Part>, 256> by_id_;
    std::size_t wanted_ = 0;
};

}  // namespace fcrdns
