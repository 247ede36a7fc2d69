// SPDX-License-Identifier: MIT
#include "resolver/authoritative_lookup.hpp"

#include <algorithm>
#include <optional>

#include "resolver/authoritative_replies.hpp"

namespace fcrdns {
namespace {

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

// A server that can be asked over one family is judged by that: this machine has no way to the other.
void drop_unreachable(SourceView& source) {
    auto& said = source.servers;
    const auto can_be_asked = [&](const AuthoritativeAnswer& of) {
        return std::any_of(said.begin(), said.end(), [&](const AuthoritativeAnswer& a) {
            return a.server_name == of.server_name && a.zone == of.zone && a.server && !a.no_route;
        });
    };
    std::vector<bool> dropped;
    for (const AuthoritativeAnswer& a : said) {
        dropped.push_back(a.no_route && can_be_asked(a));
        source.only_over_ipv6 = source.only_over_ipv6 || (dropped.back() && a.server->ip.is_ipv4());
    }
    std::size_t i = 0;
    std::erase_if(said, [&](const AuthoritativeAnswer&) { return dropped[i++]; });
}

}  // namespace

AuthoritativeLookup::AuthoritativeLookup(const Question& asked) : question(asked), owner(asked.name) {
    answer_.question = asked;
}

void AuthoritativeLookup::take_view(const Answer& answer) {
    ResolverView& view = source_.resolver;
    view.outcome = answer.outcome;
    view.rcode = answer.rcode;
    view.extended_errors = answer.extended_errors;
    view.server = answer.server;
    view.own_zone = answer.is_of_own_data();
    RecordData data = record_data(answer);
    view.answers = std::move(data.kept);
    view.left_out = data.left_out;
    view.soa = answer.outcome == Outcome::records ? nullptr : answer.soa;
    view.ttl_left = longest_ttl(answer);
}

void AuthoritativeLookup::take_zone(const Answer& answer) {
    zone = answer.soa->zone;
    source_.own_zone = answer.is_of_own_data();
}

std::optional<Endpoint> AuthoritativeLookup::delegating_server() const {
    if (without_zone || answer_.cname_chain.empty() || !owner.is_under(zone)) return std::nullopt;
    const auto& said = source_.servers;
    const auto above = std::find_if(said.begin(), said.end(),
                                    [&](const AuthoritativeAnswer& a) { return a.zone == zone && a.counts(); });
    return above == said.end() ? std::nullopt : above->server;
}

bool AuthoritativeLookup::take_delegation(const Answer& referral) {
    if (referral.outcome != Outcome::referral || referral.delegation.empty()) return false;
    const DnsName& below = referral.delegation.front().zone;
    if (below == zone || !below.is_under(zone) || !owner.is_under(below)) return false;
    zone = below;
    return true;
}

std::vector<NameRecord> AuthoritativeLookup::take_delegated_servers() {
    std::vector<NameRecord> servers;
    const auto referral =
        std::find_if(replies_.begin(), replies_.end(), [&](const Answer& reply) { return take_delegation(reply); });
    if (referral == replies_.end()) return servers;
    for (const NameServer& named : referral->delegation) servers.push_back({named.name});
    // Those of the zone above have had their say.
    source_.servers.resize(listed_before_);
    return servers;
}

void AuthoritativeLookup::enter_zone(const std::vector<NameRecord>& servers) {
    replies_.clear();
    hosts_.clear();
    no_route_.clear();
    failed_host_.reset();
    for (const NameRecord& record : servers) hosts_.emplace_back(record.name, Outcome::nodata);
}

void AuthoritativeLookup::take_host_answer(const DnsName& server, const Answer& answer) {
    if (answer.question.type == RecordType::a) {
        for (auto& [name, known] : hosts_) {
            if (name == server) known = answer.outcome;
        }
    }
    if (!is_definite(answer.outcome) && !failed_host_) failed_host_ = answer;
}

void AuthoritativeLookup::take_reply(const DnsName& server, const Endpoint& endpoint, Answer reply) {
    keep_to_zone(reply, zone);
    RecordData data = record_data(reply);
    AuthoritativeAnswer said{zone, server, endpoint, reply.outcome};
    said.answers = std::move(data.kept);
    said.left_out = data.left_out;
    said.lame = reply.outcome == Outcome::referral || reply.outcome == Outcome::refused ||
                (is_definite(reply.outcome) && !reply.aa);
    source_.servers.push_back(std::move(said));
    replies_.push_back(std::move(reply));
}

void AuthoritativeLookup::take_unasked(const DnsName& server, const Endpoint& endpoint, const CannotAsk& cannot) {
    if (!cannot.no_route) {
        return take_reply(server, endpoint, reply_of_unasked(endpoint, cannot));
    }
    AuthoritativeAnswer said{zone, server, endpoint, Outcome::unreachable};
    said.no_route = true;
    source_.servers.push_back(std::move(said));
    no_route_ = cannot.why;
}

// Nothing is known of a zone none of whose servers this machine can reach.
void AuthoritativeLookup::note_no_route() {
    if (!replies_.empty() || no_route_.empty()) return;
    answer_.outcome = Outcome::unreachable;
    answer_.no_route = true;
    answer_.detail = no_route_;
    const auto& said = source_.servers;
    answer_.server =
        std::find_if(said.rbegin(), said.rend(), [](const AuthoritativeAnswer& a) { return a.no_route; })->server;
}

// A server whose name leads nowhere is as silent as one that does not answer.
void AuthoritativeLookup::name_the_unreachable() {
    for (const auto& [name, outcome] : hosts_) {
        const auto& said = source_.servers;
        const bool listed =
            std::any_of(said.begin() + static_cast<std::ptrdiff_t>(listed_before_), said.end(),
                        [&, &host = name](const AuthoritativeAnswer& a) { return a.server_name == host; });
        if (!listed) source_.servers.push_back({zone, name, std::nullopt, outcome});
    }
}

// Those of this zone; the zones stay in the order of the chain.
void AuthoritativeLookup::sort_servers() {
    auto& said = source_.servers;
    std::sort(said.begin() + static_cast<std::ptrdiff_t>(listed_before_), said.end(),
              [](const AuthoritativeAnswer& a, const AuthoritativeAnswer& b) {
                  return a.server_name < b.server_name ||
                         (a.server_name == b.server_name && a.server && b.server && a.server->ip < b.server->ip);
              });
    listed_before_ = said.size();
}

bool AuthoritativeLookup::left_unasked() const {
    return std::any_of(replies_.begin(), replies_.end(),
                       [](const Answer& a) { return a.outcome == Outcome::not_sent; });
}

bool AuthoritativeLookup::has_authority() const {
    return std::any_of(replies_.begin(), replies_.end(),
                       [](const Answer& reply) { return is_definite(reply.outcome) && reply.aa; });
}

bool AuthoritativeLookup::leads_on() {
    const bool nobody_to_ask = replies_.empty() && no_route_.empty();
    if (nobody_to_ask && failed_host_) {
        give_up(std::move(*failed_host_));
        return false;
    }
    name_the_unreachable();
    sort_servers();
    // The order of arrival is chance, and the records' order comes from it.
    std::sort(replies_.begin(), replies_.end(),
              [](const Answer& a, const Answer& b) { return b.server && (!a.server || a.server->ip < b.server->ip); });
    const Answer* aliased = with_chain(replies_);
    merge_replies(answer_, replies_);
    note_no_route();
    if (aliased == nullptr) return false;
    auto& chain = answer_.cname_chain;
    chain.insert(chain.end(), aliased->cname_chain.begin(), aliased->cname_chain.end());
    answer_.dnames.insert(answer_.dnames.end(), aliased->dnames.begin(), aliased->dnames.end());
    if (loops(answer_) || chain.size() > longest_cname_chain) {
        answer_ = in_place_of(answer_, Outcome::malformed);
        return false;
    }
    // A name below the zone may be in another one, to which the zone delegates: then its SOA record is not there.
    const bool ends_here = aliased->outcome == Outcome::nxdomain || aliased->soa;
    if (answer_.outcome == Outcome::records || (ends_here && aliased->final_name().is_under(zone))) return false;
    owner = aliased->final_name();
    Answer onward = in_place_of(answer_, Outcome::timeout);
    onward.cname_chain = std::move(chain);
    onward.dnames = std::move(answer_.dnames);
    answer_ = std::move(onward);
    return true;
}

void AuthoritativeLookup::give_up(Answer&& failed) {
    const bool found_nothing = is_definite(failed.outcome);
    Answer without = in_place_of(failed, found_nothing ? Outcome::other : failed.outcome);
    without.question = question;
    // The code of a reply that denies a SOA or NS record would read as one about the record in question.
    if (!found_nothing) without.rcode = failed.rcode;
    source_.unfound = found_nothing && failed.question.type == RecordType::soa ? Question{owner, RecordType::soa}
                                                                               : std::move(failed.question);
    without.extended_errors = std::move(failed.extended_errors);
    without.server_works = failed.server_works;
    without.no_route = failed.no_route;
    without.detail = std::move(failed.detail);
    without.cname_chain = std::move(answer_.cname_chain);
    answer_ = std::move(without);
}

Answer AuthoritativeLookup::take() {
    drop_unreachable(source_);
    source_.soa = answer_.outcome == Outcome::records ? nullptr : answer_.soa;
    answer_.source = std::make_shared<const SourceView>(std::move(source_));
    return std::move(answer_);
}

}  // namespace fcrdns
