// SPDX-License-Identifier: MIT
#include "resolver/authoritative_replies.hpp"

#include <algorithm>
#include <unordered_set>

namespace fcrdns {
namespace {

constexpr std::size_t most_data_kept = 256;      // of one server
constexpr std::size_t most_records_kept = 1000;  // of all servers together; ten times the names that are asked

}  // namespace

RecordData record_data(const Answer& answer) {
    RecordData data;
    for (const NameRecord& record : answer.names) {
        std::string text = record.name.lowered().to_text();
        if (answer.question.type == RecordType::mx) text.insert(0, std::to_string(record.preference) + ' ');
        data.kept.push_back(std::move(text));
    }
    for (const AddressRecord& record : answer.addresses) data.kept.push_back(record.ip.to_text());
    if (data.kept.empty()) {
        for (const Alias& alias : answer.cname_chain) data.kept.push_back("CNAME " + alias.target.lowered().to_text());
    }
    std::sort(data.kept.begin(), data.kept.end());
    if (data.kept.size() > most_data_kept) {
        data.left_out = data.kept.size() - most_data_kept;
        data.kept.resize(most_data_kept);
    }
    return data;
}

std::optional<std::uint32_t> longest_ttl(const Answer& answer) {
    if (answer.soa && answer.outcome != Outcome::records) return answer.soa->negative_ttl();
    std::optional<std::uint32_t> longest;
    for (const NameRecord& record : answer.names) longest = std::max(longest.value_or(0), record.ttl);
    for (const AddressRecord& record : answer.addresses) longest = std::max(longest.value_or(0), record.ttl);
    return longest;
}

Answer reply_of_unasked(const Endpoint& server, const CannotAsk& cannot) {
    Answer nothing;
    nothing.outcome = Outcome::not_sent;
    nothing.server = server;
    nothing.detail = cannot.why;
    return nothing;
}

// What a server says of names outside its zone is no authority on them, though it may hold a copy of theirs.
void keep_to_zone(Answer& reply, const DnsName& zone) {
    auto& chain = reply.cname_chain;
    const auto leaving =
        std::find_if(chain.begin(), chain.end(), [&](const Alias& a) { return !a.target.is_under(zone); });
    if (leaving == chain.end() || !reply.aa) return;
    chain.erase(leaving + 1, chain.end());
    reply.names.clear();
    reply.addresses.clear();
    reply.soa = nullptr;
    reply.outcome = Outcome::nodata;
}

// Records that any server publishes count: a receiver's resolver may ask that one. Where none gives a definite answer,
// a server that could not be asked for want of something in this process comes first: nothing is said against the zone.
void merge_replies(Answer& into, const std::vector<Answer>& replies) {
    const auto better = [](Outcome a, Outcome b) { return static_cast<int>(a) < static_cast<int>(b); };
    bool first = true;
    // A hostile zone has thousands of names at each of its servers.
    std::unordered_set<DnsName, DnsNameHash> names;
    std::unordered_set<std::string> addresses;
    for (const Answer& reply : replies) {
        const bool counts = reply.aa || !is_definite(reply.outcome);
        if (!counts) continue;
        if (first || better(reply.outcome, into.outcome)) {
            into.outcome = reply.outcome;
            into.rcode = reply.rcode;
            into.soa = reply.soa;
            into.aa = reply.aa;
            into.server = reply.server;
            into.transport = reply.transport;
            into.extended_errors = reply.extended_errors;
            into.detail = reply.detail;
        }
        first = false;
        into.tries += reply.tries;
        into.elapsed = std::max(into.elapsed, reply.elapsed);
        for (const NameRecord& record : reply.names) {
            if (into.names.size() < most_records_kept && names.insert(record.name).second) into.names.push_back(record);
        }
        for (const AddressRecord& record : reply.addresses) {
            const auto octets = record.ip.bytes();
            const std::string key(octets.begin(), octets.end());
            if (into.addresses.size() < most_records_kept && addresses.insert(key).second) {
                into.addresses.push_back(record);
            }
        }
    }
    if (first && !replies.empty()) into.outcome = Outcome::referral;  // every server is lame
}

const Answer* with_chain(const std::vector<Answer>& replies) {
    for (const Answer& reply : replies) {
        if (!reply.cname_chain.empty() && reply.aa) return &reply;
    }
    return nullptr;
}

}  // namespace fcrdns
