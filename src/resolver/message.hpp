// SPDX-License-Identifier: MIT
// DNS messages: writing a query, recognising its reply, reading what a reply says.
// Pure. Replies are foreign octets: nothing in them is trusted for size, count or
// shape, and a message that is broken anywhere is broken as a whole.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "fcrdns/answer.hpp"

namespace fcrdns {

using Octets = std::span<const std::uint8_t>;

/// The size of UDP reply that queries with EDNS offer to take (the DNS flag day 2020 value).
inline constexpr std::uint16_t edns_buffer = 1232;

/// A query's octets, in a room that holds the longest one: header, name, type and class, OPT record.
class QueryOctets {
public:
    static constexpr std::size_t most = 12 + 255 + 4 + 11;

    char* data() { return octets_.data(); }
    std::size_t size() const { return size_; }
    std::string_view view() const { return {octets_.data(), size_}; }
    void set_id(std::uint16_t id);
    void set_question_count(std::uint16_t count);

private:
    friend QueryOctets encode_query(const Question& question, std::uint16_t id, bool edns, bool recursion_desired,
                                    bool checking_disabled);

    std::array<char, most> octets_;
    std::size_t size_ = 0;
};

/// The query for a question: AD set (RFC 6840 5.7), RD and CD as told, with an OPT record where `edns` (RFC 6891).
QueryOctets encode_query(const Question& question, std::uint16_t id, bool edns, bool recursion_desired,
                         bool checking_disabled = false);

/// True for a response of opcode QUERY with this ID and exactly this question, whatever its letters' case.
bool is_reply_to(Octets message, std::uint16_t id, const Question& question);

/// What a reply says, and two things that only its transport cares about.
struct Reply {
    Answer answer;            ///< outcome, rcode, flags, records; not who was asked, how and how long
    bool truncated = false;   ///< TC is set
    bool chain_open = false;  ///< a CNAME chain that ends without records and without SOA: to be asked on
};

/// Reads a reply to `question`; one that breaks any rule of its form comes as `malformed`, without records.
/// `walked` is the chain that led to the question: the answer's chain goes on from it and is not asked on again.
Reply read_reply(Octets message, const Question& question, const std::vector<Alias>& walked = {});

}  // namespace fcrdns
