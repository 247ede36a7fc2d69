// SPDX-License-Identifier: MIT
// Who is asked, and when: the resolver for a zone, its servers and their addresses, then
// each of those servers. What becomes of their replies is the lookup's (authoritative_lookup.hpp).
#include "fcrdns/authoritative_resolver.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>
#include <vector>

#include "resolver/authoritative_lookup.hpp"
#include "resolver/authoritative_replies.hpp"
#include "resolver/authoritative_servers.hpp"
#include "resolver/resolver_set.hpp"
#include "resolver/route.hpp"

namespace fcrdns {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t lookups_at_once = 64;
constexpr std::size_t servers_per_zone = 32;

// A lookup, and what it still waits for.
struct Underway {
    AuthoritativeLookup lookup;
    Resolver::Handler handler;
    std::size_t endpoints = 0;  // servers' addresses asked in this zone
    std::size_t pending = 0;    // lookups of this step that are not answered yet
    bool view_pending = true;
    bool finished = false;  // only the resolver's own view is still missing
};

class AuthoritativeResolver : public Resolver {
public:
    AuthoritativeResolver(std::unique_ptr<Resolver> resolver, std::unique_ptr<Resolver> finder,
                          ServerFactory ask_server, std::uint16_t port)
        : resolver_(std::move(resolver)),
          finder_(std::move(finder)),
          port_(port),
          servers_(std::move(ask_server), watched_) {
        watched_.watch(*resolver_);
        if (finder_) watched_.watch(*finder_);
    }

    void ask(const Question& question, Handler handler) override;
    void progress(milliseconds longest) override;
    bool has_room() const override { return underway_.size() < lookups_at_once; }
    std::size_t open_questions() const override { return underway_.size() + passed_on_; }
    int descriptor() const override { return watched_.descriptor(); }
    milliseconds next_timeout() const override;
    std::optional<ServerWait> waiting() const override;
    std::optional<PendingQuestion> longest_pending() const override;
    bool is_silent() const override { return finder_ ? finder_->is_silent() : resolver_->is_silent(); }

private:
    using Id = std::uint64_t;
    using Step = void (AuthoritativeResolver::*)(Id, Answer&&);

    void look_up(Id id, const DnsName& name, RecordType type, Step step);
    void take_view(Id id, const Answer& answer);
    void find_zone(Id id);
    void take_soa(Id id, Answer&& answer);
    void take_name_servers(Id id, Answer&& answer);
    void take_referral(Id id, Answer&& answer);
    void ask_servers(Id id, const std::vector<NameRecord>& servers);
    bool ask_zone_above(Id id, Answer& failed);
    bool go_above(Id id, Answer& failed);
    void take_zone_without_servers(Id id, Answer&& answer);
    void take_server_address(Id id, const DnsName& server, const Answer& answer);
    void ask_endpoint(Id id, const DnsName& server, const Endpoint& endpoint);
    void step_done(Id id);
    void give_up(Id id, Answer&& answer);
    void finish(Id id);
    void deliver(Id id);
    Resolver& finder() { return finder_ ? *finder_ : *resolver_; }

    std::unique_ptr<Resolver> resolver_;
    std::unique_ptr<Resolver> finder_;  // none where the resolver itself finds the servers
    std::uint16_t port_;
    ResolverSet watched_;
    Id next_id_ = 0;
    std::unordered_map<Id, Underway> underway_;
    std::size_t passed_on_ = 0;  // questions that the resolver answers alone
    AuthoritativeServers servers_;
};

void AuthoritativeResolver::ask(const Question& question, Handler handler) {
    // Who runs a zone serves the explanation only, which must not wait for silent servers.
    if (question.type == RecordType::soa) {
        ++passed_on_;
        resolver_->ask(question, [this, handler = std::move(handler)](Answer&& answer) {
            --passed_on_;
            handler(std::move(answer));
        });
        return;
    }
    const Id id = next_id_++;
    underway_.emplace(id, Underway{AuthoritativeLookup(question), std::move(handler)});
    resolver_->ask(question, [this, id](Answer&& answer) { take_view(id, answer); });
    find_zone(id);
}

void AuthoritativeResolver::look_up(Id id, const DnsName& name, RecordType type, Step step) {
    finder().ask({name, type}, [this, id, step](Answer&& answer) { (this->*step)(id, std::move(answer)); });
}

void AuthoritativeResolver::take_view(Id id, const Answer& answer) {
    Underway& underway = underway_.at(id);
    underway.view_pending = false;
    underway.lookup.take_view(answer);
    if (underway.finished) deliver(id);
}

void AuthoritativeResolver::find_zone(Id id) {
    AuthoritativeLookup& lookup = underway_.at(id).lookup;
    lookup.candidate = lookup.owner;
    look_up(id, lookup.candidate, RecordType::soa, &AuthoritativeResolver::take_soa);
}

void AuthoritativeResolver::take_soa(Id id, Answer&& answer) {
    AuthoritativeLookup& lookup = underway_.at(id).lookup;
    // Beside an alias stands the SOA of the zone that it leads to; the alias itself is in the zone of the name above.
    if (answer.soa && answer.cname_chain.empty() && lookup.owner.is_under(answer.soa->zone)) {
        lookup.take_zone(answer);
        return look_up(id, lookup.zone, RecordType::ns, &AuthoritativeResolver::take_name_servers);
    }
    if (!is_definite(answer.outcome) && (ask_zone_above(id, answer) || go_above(id, answer))) return;
    if (!is_definite(answer.outcome) || lookup.candidate.is_root()) return give_up(id, std::move(answer));
    lookup.candidate = lookup.candidate.parent();
    look_up(id, lookup.candidate, RecordType::soa, &AuthoritativeResolver::take_soa);
}

void AuthoritativeResolver::take_name_servers(Id id, Answer&& answer) {
    if (answer.outcome != Outcome::records) return take_zone_without_servers(id, std::move(answer));
    ask_servers(id, answer.names);
}

// A resolver cannot find a zone whose servers refuse it; the zone above, which the chain came through, names them.
bool AuthoritativeResolver::ask_zone_above(Id id, Answer& failed) {
    AuthoritativeLookup& lookup = underway_.at(id).lookup;
    const auto above = lookup.delegating_server();
    if (!above) return false;
    const auto resolver = servers_.at(*above);
    if (!resolver) {
        if (resolver.error().no_route) return false;
        Answer unasked = reply_of_unasked(*above, resolver.error());
        unasked.question = failed.question;
        failed = std::move(unasked);
        return false;
    }
    lookup.without_zone = std::move(failed);
    (*resolver)->ask({lookup.owner, lookup.question.type},
                     [this, id](Answer&& answer) { take_referral(id, std::move(answer)); });
    return true;
}

// An alias into a zone that cannot be looked up fails like that zone: who has the alias knows more.
bool AuthoritativeResolver::go_above(Id id, Answer& failed) {
    AuthoritativeLookup& lookup = underway_.at(id).lookup;
    const bool by_zone = failed.outcome == Outcome::servfail || failed.outcome == Outcome::timeout;
    if (!by_zone || failed.server_works == false || lookup.candidate != lookup.owner || lookup.without_servers)
        return false;
    if (lookup.owner.is_root()) return false;
    lookup.without_servers = std::move(failed);
    lookup.candidate = lookup.owner.parent();
    look_up(id, lookup.candidate, RecordType::soa, &AuthoritativeResolver::take_soa);
    return true;
}

void AuthoritativeResolver::take_referral(Id id, Answer&& answer) {
    AuthoritativeLookup& lookup = underway_.at(id).lookup;
    if (!lookup.take_delegation(answer)) return give_up(id, std::move(*lookup.without_zone));
    std::vector<NameRecord> servers;
    for (const NameServer& named : answer.delegation) servers.push_back({named.name});
    ask_servers(id, servers);
}

void AuthoritativeResolver::ask_servers(Id id, const std::vector<NameRecord>& servers) {
    // A zone of thousands of server names must not make thousands of questions.
    const std::vector<NameRecord> some(
        servers.begin(), servers.begin() + static_cast<std::ptrdiff_t>(std::min(servers.size(), servers_per_zone)));
    Underway& underway = underway_.at(id);
    underway.lookup.enter_zone(some);
    underway.endpoints = 0;
    underway.pending = 2 * some.size();
    for (const NameRecord& record : some) {
        for (const RecordType type : {RecordType::a, RecordType::aaaa}) {
            finder().ask({record.name, type}, [this, id, name = record.name](const Answer& addresses) {
                take_server_address(id, name, addresses);
            });
        }
    }
}

// A filter makes up the SOA record of a zone that is none: then one above it has the servers.
void AuthoritativeResolver::take_zone_without_servers(Id id, Answer&& answer) {
    AuthoritativeLookup& lookup = underway_.at(id).lookup;
    if (!is_definite(answer.outcome) || lookup.zone.is_root()) return give_up(id, std::move(answer));
    lookup.candidate = lookup.zone.parent();
    if (!lookup.without_servers) lookup.without_servers = std::move(answer);
    look_up(id, lookup.candidate, RecordType::soa, &AuthoritativeResolver::take_soa);
}

void AuthoritativeResolver::take_server_address(Id id, const DnsName& server, const Answer& answer) {
    for (const AddressRecord& record : answer.addresses) ask_endpoint(id, server, {record.ip, port_});
    underway_.at(id).lookup.take_host_answer(server, answer);
    step_done(id);
}

void AuthoritativeResolver::ask_endpoint(Id id, const DnsName& name, const Endpoint& endpoint) {
    Underway& underway = underway_.at(id);
    if (underway.endpoints == servers_per_zone) return;
    ++underway.endpoints;
    const auto resolver = servers_.at(endpoint);
    if (!resolver) return underway.lookup.take_unasked(name, endpoint, resolver.error());
    ++underway.pending;
    const Question question{underway.lookup.owner, underway.lookup.question.type};
    (*resolver)->ask(question, [this, id, name, endpoint](Answer&& answer) {
        underway_.at(id).lookup.take_reply(name, endpoint, std::move(answer));
        step_done(id);
    });
}

void AuthoritativeResolver::step_done(Id id) {
    Underway& underway = underway_.at(id);
    if (--underway.pending != 0) return;
    auto& doubt = underway.lookup.without_servers;
    if (!underway.lookup.has_authority()) {
        const auto servers = underway.lookup.take_delegated_servers();
        if (servers.empty() && doubt && !underway.lookup.left_unasked()) return give_up(id, std::move(*doubt));
        doubt.reset();
        if (!servers.empty()) return ask_servers(id, servers);
    }
    doubt.reset();
    if (underway.lookup.leads_on()) return find_zone(id);
    finish(id);
}

void AuthoritativeResolver::give_up(Id id, Answer&& answer) {
    auto& doubt = underway_.at(id).lookup.without_servers;
    if (doubt && &*doubt != &answer) answer = std::move(*doubt);
    underway_.at(id).lookup.give_up(std::move(answer));
    finish(id);
}

void AuthoritativeResolver::finish(Id id) {
    Underway& underway = underway_.at(id);
    underway.finished = true;
    if (!underway.view_pending) deliver(id);
}

void AuthoritativeResolver::deliver(Id id) {
    auto node = underway_.extract(id);
    Underway& underway = node.mapped();
    underway.handler(underway.lookup.take());
}

void AuthoritativeResolver::progress(milliseconds longest) {
    if (finder_) watched_.watch(*finder_);  // it may have got another descriptor
    watched_.wait(std::min(longest, next_timeout()));
    resolver_->progress(milliseconds(0));
    if (finder_) finder_->progress(milliseconds(0));
    servers_.progress();
}

std::optional<ServerWait> AuthoritativeResolver::waiting() const {
    const auto wait = resolver_->waiting();
    if (!finder_ || (wait && !wait->given_up)) return wait;
    const auto of_finder = finder_->waiting();
    return of_finder ? of_finder : wait;
}

// What the zones' own servers are asked comes before what only leads to them.
std::optional<PendingQuestion> AuthoritativeResolver::longest_pending() const {
    if (auto pending = servers_.longest_pending()) return pending;
    auto pending = finder_ ? finder_->longest_pending() : std::nullopt;
    return pending ? pending : resolver_->longest_pending();
}

milliseconds AuthoritativeResolver::next_timeout() const {
    milliseconds next = resolver_->next_timeout();
    if (finder_) next = std::min(next, finder_->next_timeout());
    return std::min(next, servers_.next_timeout());
}

}  // namespace

std::unique_ptr<Resolver> make_authoritative_resolver(std::unique_ptr<Resolver> resolver, ServerFactory ask_server,
                                                      std::uint16_t port, std::unique_ptr<Resolver> finder) {
    return std::make_unique<AuthoritativeResolver>(std::move(resolver), std::move(finder), std::move(ask_server), port);
}

Result<std::unique_ptr<Resolver>> make_authoritative_resolver(const ResolverOptions& how_to_ask, std::uint16_t port) {
    auto resolver = make_resolver(how_to_ask);
    if (!resolver) return resolver.error();
    // A zone that does not validate has servers too.
    ResolverOptions unchecked = how_to_ask;
    unchecked.checking_disabled = true;
    auto finder = make_diagnosing_resolver(unchecked);
    if (!finder) return finder.error();
    const auto ask_server = [how_to_ask](const Endpoint& server) -> Result<std::unique_ptr<Resolver>, CannotAsk> {
        if (auto why = lack_of_route(server)) return CannotAsk{std::move(*why), true};
        ResolverOptions one = how_to_ask;
        one.servers = {server};
        one.recursion_desired = false;
        one.share_answers = false;
        auto made = make_resolver(one);
        if (!made) return CannotAsk{made.error().message};
        return std::move(*made);
    };
    return make_authoritative_resolver(std::move(*resolver), ask_server, port, std::move(*finder));
}

}  // namespace fcrdns
