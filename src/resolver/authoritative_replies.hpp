// SPDX-License-Identifier: MIT
// Authoritative replies: what the servers of one zone said of a question, read as one answer. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "fcrdns/answer.hpp"
#include "fcrdns/authoritative_resolver.hpp"

namespace fcrdns {

/// The data of an answer's records, sorted; "CNAME target" where it ends there.
struct RecordData {
    std::vector<std::string> kept;
    std::size_t left_out = 0;
};
RecordData record_data(const Answer& answer);
/// How long the answer may be kept, in seconds; none where it has no record that says so.
std::optional<std::uint32_t> longest_ttl(const Answer& answer);
/// What stands for the reply of a server that this process could not ask.
Answer reply_of_unasked(const Endpoint& server, const CannotAsk& cannot);
/// Takes from a reply what its server says of names outside the zone.
void keep_to_zone(Answer& reply, const DnsName& zone);
/// Adds to `into` what the replies have together.
void merge_replies(Answer& into, const std::vector<Answer>& replies);
/// The first reply with authority that has a CNAME chain; null where none has.
const Answer* with_chain(const std::vector<Answer>& replies);

}  // namespace fcrdns
