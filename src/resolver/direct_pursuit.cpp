// SPDX-License-Identifier: MIT
#include "resolver/direct_pursuit.hpp"

#include <algorithm>
#include <optional>
#include <string>

namespace fcrdns {
namespace {

std::vector<std::string> data_of(const Answer& answer) {
    std::vector<std::string> data;
    for (const NameRecord& record : answer.names) data.push_back(record.name.lowered().to_text());
    for (const AddressRecord& record : answer.addresses) data.push_back(record.ip.to_text());
    if (data.empty()) {
        for (const Alias& alias : answer.cname_chain) data.push_back("CNAME " + alias.target.lowered().to_text());
    }
    std::sort(data.begin(), data.end());
    return data;
}

std::optional<std::uint32_t> memory_left(const Answer& answer) {
    if (answer.soa && answer.outcome != Outcome::records) return answer.soa->negative_ttl();
    std::optional<std::uint32_t> longest;
    for (const NameRecord& record : answer.names) longest = std::max(longest.value_or(0), record.ttl);
    for (const AddressRecord& record : answer.addresses) longest = std::max(longest.value_or(0), record.ttl);
    return longest;
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
    reply.soa = std::nullopt;
    reply.outcome = Outcome::nodata;
}

// Records that any server publishes count: a receiver's resolver may ask that one.
void merge(Answer& into, const std::vector<Answer>& replies) {
    const auto better = [](Outcome a, Outcome b) { return static_cast<int>(a) < static_cast<int>(b); };
    bool first = true;
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
            const bool known = std::any_of(into.names.begin(), into.names.end(),
                                           [&](const NameRecord& r) { return r.name == record.name; });
            if (!known) into.names.push_back(record);
        }
        for (const AddressRecord& record : reply.addresses) {
            const bool known = std::any_of(into.addresses.begin(), into.addresses.end(),
                                           [&](const AddressRecord& r) { return r.ip == record.ip; });
            if (!known) into.addresses.push_back(record);
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

bool loops(const Answer& answer) {
    const auto& chain = answer.cname_chain;
    return std::any_of(chain.begin(), chain.end(), [&](const Alias& link) {
        const auto same = [&](const Alias& other) { return other.target == link.target; };
        return link.target == answer.question.name || std::count_if(chain.begin(), chain.end(), same) > 1;
    });
}

// An answer without anything of what was said, but with what it cost.
Answer in_place_of(const Answer& answer, Outcome outcome) {
    Answer other;
    other.question = answer.question;
    other.outcome = outcome;
    other.server = answer.server;
    other.transport = answer.transport;
    other.tries = answer.tries;
    other.elapsed = answer.elapsed;
    return other;
}

// A server that answers over one family does not become silent for the other one's lack of a route.
void drop_unreachable_ipv6(std::vector<AuthoritativeAnswer>& said) {
    const auto has_answered = [&](const DnsName& name) {
        return std::any_of(said.begin(), said.end(), [&](const AuthoritativeAnswer& a) {
            return a.server_name == name && a.outcome != Outcome::unreachable;
        });
    };
    std::erase_if(said, [&](const AuthoritativeAnswer& a) {
        return a.outcome == Outcome::unreachable && a.server && !a.server->ip.is_ipv4() && has_answered(a.server_name);
    });
}

}  // namespace

DirectPursuit::DirectPursuit(const Question& asked) : question(asked), owner(asked.name) {
    answer_.question = asked;
}

void DirectPursuit::take_view(const Answer& answer) {
    source_.resolver_outcome = answer.outcome;
    source_.resolver_answers = data_of(answer);
    source_.resolver_memory_left = memory_left(answer);
}

void DirectPursuit::enter_zone(const std::vector<NameRecord>& servers) {
    replies_.clear();
    hosts_.clear();
    for (const NameRecord& record : servers) hosts_.emplace_back(record.name, Outcome::nodata);
}

void DirectPursuit::take_host_outcome(const DnsName& server, Outcome outcome) {
    for (auto& [name, known] : hosts_) {
        if (name == server) known = outcome;
    }
}

void DirectPursuit::take_reply(const DnsName& server, const Endpoint& endpoint, Answer reply) {
    keep_to_zone(reply, zone);
    AuthoritativeAnswer said{zone, server, endpoint, reply.outcome, false, data_of(reply)};
    said.lame = reply.outcome == Outcome::referral || reply.outcome == Outcome::refused ||
                (is_definite(reply.outcome) && !reply.aa);
    source_.servers.push_back(std::move(said));
    replies_.push_back(std::move(reply));
}

// A server whose name leads nowhere is as silent as one that does not answer.
void DirectPursuit::name_the_unreachable() {
    for (const auto& [name, outcome] : hosts_) {
        const auto& said = source_.servers;
        const bool listed =
            std::any_of(said.begin() + static_cast<std::ptrdiff_t>(listed_before_), said.end(),
                        [&, &host = name](const AuthoritativeAnswer& a) { return a.server_name == host; });
        if (!listed) source_.servers.push_back({zone, name, std::nullopt, outcome, false, {}});
    }
}

// Those of this zone; the zones stay in the order of the chain.
void DirectPursuit::sort_servers() {
    auto& said = source_.servers;
    std::sort(said.begin() + static_cast<std::ptrdiff_t>(listed_before_), said.end(),
              [](const AuthoritativeAnswer& a, const AuthoritativeAnswer& b) {
                  return a.server_name < b.server_name ||
                         (a.server_name == b.server_name && a.server && b.server && a.server->ip < b.server->ip);
              });
    listed_before_ = said.size();
}

bool DirectPursuit::leads_on() {
    name_the_unreachable();
    sort_servers();
    // The order of arrival is chance, and the records' order comes from it.
    std::sort(replies_.begin(), replies_.end(),
              [](const Answer& a, const Answer& b) { return b.server && (!a.server || a.server->ip < b.server->ip); });
    const Answer* aliased = with_chain(replies_);
    merge(answer_, replies_);
    if (aliased == nullptr) return false;
    auto& chain = answer_.cname_chain;
    chain.insert(chain.end(), aliased->cname_chain.begin(), aliased->cname_chain.end());
    if (loops(answer_) || chain.size() > longest_cname_chain) {
        answer_ = in_place_of(answer_, Outcome::malformed);
        return false;
    }
    if (answer_.outcome == Outcome::records || aliased->final_name().is_under(zone)) return false;
    owner = aliased->final_name();
    Answer onward = in_place_of(answer_, Outcome::timeout);
    onward.cname_chain = std::move(chain);
    answer_ = std::move(onward);
    return true;
}

void DirectPursuit::give_up(Answer&& failed) {
    const bool found_nothing = is_definite(failed.outcome);
    Answer without = in_place_of(failed, found_nothing ? Outcome::other : failed.outcome);
    without.question = question;
    // The code of a reply that denies a SOA or NS record would read as one about the record in question.
    if (!found_nothing) without.rcode = failed.rcode;
    source_.unfound = found_nothing && failed.question.type == RecordType::soa ? Question{owner, RecordType::soa}
                                                                               : std::move(failed.question);
    without.extended_errors = std::move(failed.extended_errors);
    without.detail = std::move(failed.detail);
    without.cname_chain = std::move(answer_.cname_chain);
    answer_ = std::move(without);
}

Answer DirectPursuit::take() {
    drop_unreachable_ipv6(source_.servers);
    answer_.source = std::move(source_);
    return std::move(answer_);
}

}  // namespace fcrdns
