// SPDX-License-Identifier: MIT
// DNS messages as octets, for c-ares before 1.28, which has no records of its own: writing
// a query, reading a reply. May go with it. Pure. Replies are foreign octets: nothing in
// them is trusted for size, count or shape.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "resolver/reply.hpp"

namespace fcrdns {

using Octets = std::span<const std::uint8_t>;

/// A query's octets, in a buffer for the longest one: header, name, type and class, OPT record.
class QueryOctets {
public:
    static constexpr std::size_t most = 12 + 255 + 4 + 11;

    char* data() { return octets_.data(); }
    std::size_t size() const { return size_; }
    std::string_view view() const { return {octets_.data(), size_}; }

private:
    friend QueryOctets encode_query(const Question& question, std::uint16_t id, bool edns, bool recursion_desired,
                                    bool checking_disabled);

    std::array<char, most> octets_;
    std::size_t size_ = 0;
};

/// The query for a question: AD set (RFC 6840 5.7), RD and CD as told, with an OPT record where `edns` (RFC 6891).
QueryOctets encode_query(const Question& question, std::uint16_t id, bool edns, bool recursion_desired,
                         bool checking_disabled = false);

/// Reads a reply to `question`; one that breaks any rule of its form comes as `malformed`, without records.
Reply read_reply(Octets message, const Question& question, const std::vector<Alias>& walked = {});

}  // namespace fcrdns
