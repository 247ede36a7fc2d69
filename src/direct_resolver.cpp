// SPDX-License-Identifier: MIT
#include "fcrdns/direct_resolver.hpp"

#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <map>
#include <unordered_map>
#include <utility>
#include <vector>

namespace fcrdns {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t pursuits_at_once = 64;
constexpr std::size_t servers_kept = 128;
constexpr std::size_t servers_per_zone = 32;
constexpr std::size_t longest_chain = 16;  // links, as in one message

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
    if (answer.soa && answer.outcome != Outcome::records) return std::min(answer.soa->ttl, answer.soa->minimum);
    std::optional<std::uint32_t> longest;
    for (const NameRecord& record : answer.names) longest = std::max(longest.value_or(0), record.ttl);
    for (const AddressRecord& record : answer.addresses) longest = std::max(longest.value_or(0), record.ttl);
    return longest;
}

// One question on its way through: zone, its servers, their addresses, their answers.
struct Pursuit {
    Question question;
    Resolver::Handler handler;
    Answer answer;              // what is known so far: the chain, the merged records
    SourceView source;
    DnsName owner;              // whose zone is looked for: the question's name, or the end of its chain
    DnsName candidate;          // the name asked for a SOA on the way up
    DnsName zone;
    std::vector<std::pair<DnsName, Outcome>> hosts;  // the zone's servers, and what their A lookup came to
    std::vector<Answer> replies;
    std::size_t listed_before = 0;  // the servers of the zones that the chain has come through
    std::size_t pending = 0;    // lookups of this step that are not answered yet
    bool view_pending = true;
    bool finished = false;      // only the resolver's own view is still missing
    std::size_t endpoints = 0;
};

class DirectResolver : public Resolver {
public:
    DirectResolver(std::unique_ptr<Resolver> resolver, ServerFactory ask_server, std::uint16_t port)
        : resolver_(std::move(resolver)), ask_server_(std::move(ask_server)), port_(port), epoll_(epoll_create1(EPOLL_CLOEXEC)) {
        watch(*resolver_);
    }
    DirectResolver(const DirectResolver&) = delete;
    DirectResolver& operator=(const DirectResolver&) = delete;
    ~DirectResolver() override { close(epoll_); }

    void ask(const Question& question, Handler handler) override;
    void progress(milliseconds longest) override;
    bool has_room() const override { return pursuits_.size() < pursuits_at_once; }
    std::size_t open_questions() const override { return pursuits_.size() + passed_on_; }
    int descriptor() const override { return epoll_; }
    milliseconds next_timeout() const override;

private:
    using Id = std::uint64_t;
    using Step = void (DirectResolver::*)(Id, Answer&&);

    void watch(const Resolver& resolver);
    void look_up(Id id, DnsName name, RecordType type, Step step);
    void take_view(Id id, Answer&& answer);
    void find_zone(Id id);
    void take_soa(Id id, Answer&& answer);
    void take_name_servers(Id id, Answer&& answer);
    void take_server_address(Id id, const DnsName& server, const Answer& answer);
    void ask_endpoint(Id id, const DnsName& server, const Endpoint& endpoint);
    void take_reply(Id id, const DnsName& server, const Endpoint& endpoint, Answer answer);
    void step_done(Id id);
    void conclude(Id id);
    void deliver(Id id);
    void fail(Id id, Answer answer);
    Resolver* server(const Endpoint& endpoint);

    std::unique_ptr<Resolver> resolver_;
    ServerFactory ask_server_;
    std::uint16_t port_;
    int epoll_;
    Id next_id_ = 0;
    std::unordered_map<Id, Pursuit> pursuits_;
    std::size_t passed_on_ = 0;                                 // questions that the resolver answers alone
    std::map<std::string, std::unique_ptr<Resolver>> servers_;  // by Endpoint::to_text()
};

void DirectResolver::watch(const Resolver& resolver) {
    if (resolver.descriptor() < 0) return;
    epoll_event event{};
    event.events = EPOLLIN;
    (void)epoll_ctl(epoll_, EPOLL_CTL_ADD, resolver.descriptor(), &event);
}

void DirectResolver::ask(const Question& question, Handler handler) {
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
    Pursuit& pursuit = pursuits_[id];
    pursuit.question = question;
    pursuit.handler = std::move(handler);
    pursuit.answer.question = question;
    pursuit.owner = question.name;
    look_up(id, question.name, question.type, &DirectResolver::take_view);
    find_zone(id);
}

void DirectResolver::look_up(Id id, DnsName name, RecordType type, Step step) {
    resolver_->ask({std::move(name), type}, [this, id, step](Answer&& answer) { (this->*step)(id, std::move(answer)); });
}

void DirectResolver::take_view(Id id, Answer&& answer) {
    Pursuit& pursuit = pursuits_.at(id);
    pursuit.view_pending = false;
    pursuit.source.resolver_outcome = answer.outcome;
    pursuit.source.resolver_answers = data_of(answer);
    pursuit.source.resolver_memory_left = memory_left(answer);
    if (pursuit.finished) deliver(id);
}

void DirectResolver::find_zone(Id id) {
    Pursuit& pursuit = pursuits_.at(id);
    pursuit.candidate = pursuit.owner;
    look_up(id, pursuit.candidate, RecordType::soa, &DirectResolver::take_soa);
}

void DirectResolver::take_soa(Id id, Answer&& answer) {
    Pursuit& pursuit = pursuits_.at(id);
    if (answer.soa && pursuit.owner.is_under(answer.soa->zone)) {
        pursuit.zone = answer.soa->zone;
        look_up(id, pursuit.zone, RecordType::ns, &DirectResolver::take_name_servers);
        return;
    }
    if (!is_definite(answer.outcome) || pursuit.candidate.is_root()) return fail(id, std::move(answer));
    pursuit.candidate = pursuit.candidate.parent();
    look_up(id, pursuit.candidate, RecordType::soa, &DirectResolver::take_soa);
}

void DirectResolver::take_name_servers(Id id, Answer&& answer) {
    if (answer.outcome != Outcome::records) return fail(id, std::move(answer));
    Pursuit& pursuit = pursuits_.at(id);
    pursuit.replies.clear();
    pursuit.endpoints = 0;
    pursuit.hosts.clear();
    // A zone of thousands of server names must not make thousands of questions.
    answer.names.resize(std::min(answer.names.size(), servers_per_zone));
    pursuit.pending = 2 * answer.names.size();
    for (const NameRecord& record : answer.names) {
        pursuit.hosts.emplace_back(record.name, Outcome::nodata);
        for (const RecordType type : {RecordType::a, RecordType::aaaa}) {
            resolver_->ask({record.name, type}, [this, id, name = record.name](const Answer& addresses) {
                take_server_address(id, name, addresses);
            });
        }
    }
}

void DirectResolver::take_server_address(Id id, const DnsName& server, const Answer& answer) {
    for (const AddressRecord& record : answer.addresses) ask_endpoint(id, server, {record.ip, port_});
    Pursuit& pursuit = pursuits_.at(id);
    for (auto& [name, outcome] : pursuit.hosts) {
        if (answer.question.type == RecordType::a && name == server) outcome = answer.outcome;
    }
    step_done(id);
}

void DirectResolver::ask_endpoint(Id id, const DnsName& name, const Endpoint& endpoint) {
    Pursuit& pursuit = pursuits_.at(id);
    Resolver* resolver = pursuit.endpoints < servers_per_zone ? server(endpoint) : nullptr;
    if (resolver == nullptr) return;
    ++pursuit.endpoints;
    ++pursuit.pending;
    resolver->ask({pursuit.owner, pursuit.question.type}, [this, id, name, endpoint](Answer&& answer) {
        take_reply(id, name, endpoint, std::move(answer));
    });
}

// What a server says of names outside its zone is no authority on them, though it may hold a copy of theirs.
void keep_to_zone(Answer& reply, const DnsName& zone) {
    auto& chain = reply.cname_chain;
    const auto leaving = std::find_if(chain.begin(), chain.end(), [&](const Alias& a) { return !a.target.is_under(zone); });
    if (leaving == chain.end() || !reply.aa) return;
    chain.erase(leaving + 1, chain.end());
    reply.names.clear();
    reply.addresses.clear();
    reply.soa = std::nullopt;
    reply.outcome = Outcome::nodata;
}

void DirectResolver::take_reply(Id id, const DnsName& name, const Endpoint& endpoint, Answer answer) {
    Pursuit& pursuit = pursuits_.at(id);
    keep_to_zone(answer, pursuit.zone);
    AuthoritativeAnswer said{pursuit.zone, name, endpoint, answer.outcome, false, data_of(answer)};
    said.lame = answer.outcome == Outcome::referral || answer.outcome == Outcome::refused ||
                (is_definite(answer.outcome) && !answer.aa);
    pursuit.source.servers.push_back(std::move(said));
    pursuit.replies.push_back(std::move(answer));
    step_done(id);
}

void DirectResolver::step_done(Id id) {
    if (--pursuits_.at(id).pending == 0) conclude(id);
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

// Those of this zone; the zones stay in the order of the chain.
void sort_servers(Pursuit& pursuit) {
    auto& said = pursuit.source.servers;
    std::sort(said.begin() + static_cast<std::ptrdiff_t>(pursuit.listed_before), said.end(),
              [](const AuthoritativeAnswer& a, const AuthoritativeAnswer& b) {
                  return a.server_name < b.server_name ||
                         (a.server_name == b.server_name && a.server && b.server && a.server->ip < b.server->ip);
              });
    pursuit.listed_before = said.size();
}

// A server whose name leads nowhere is as silent as one that does not answer.
void name_the_unreachable(Pursuit& pursuit) {
    for (const auto& [name, outcome] : pursuit.hosts) {
        const auto& said = pursuit.source.servers;
        const bool listed = std::any_of(said.begin() + static_cast<std::ptrdiff_t>(pursuit.listed_before), said.end(),
                                        [&, &host = name](const AuthoritativeAnswer& a) { return a.server_name == host; });
        if (!listed) pursuit.source.servers.push_back({pursuit.zone, name, std::nullopt, outcome, false, {}});
    }
}

void DirectResolver::conclude(Id id) {
    Pursuit& pursuit = pursuits_.at(id);
    name_the_unreachable(pursuit);
    sort_servers(pursuit);
    // The order of arrival is chance, and the records' order comes from it.
    std::sort(pursuit.replies.begin(), pursuit.replies.end(), [](const Answer& a, const Answer& b) {
        return b.server && (!a.server || a.server->ip < b.server->ip);
    });
    const Answer* aliased = with_chain(pursuit.replies);
    merge(pursuit.answer, pursuit.replies);
    if (aliased != nullptr) {
        auto& chain = pursuit.answer.cname_chain;
        chain.insert(chain.end(), aliased->cname_chain.begin(), aliased->cname_chain.end());
        if (loops(pursuit.answer) || chain.size() > longest_chain) {
            pursuit.answer = in_place_of(pursuit.answer, Outcome::malformed);
        } else if (pursuit.answer.outcome != Outcome::records && !aliased->final_name().is_under(pursuit.zone)) {
            // A chain that leaves the zone is followed to the servers of the zone where it ends.
            pursuit.owner = aliased->final_name();
            Answer onward = in_place_of(pursuit.answer, Outcome::timeout);
            onward.cname_chain = std::move(chain);
            pursuit.answer = std::move(onward);
            return find_zone(id);
        }
    }
    pursuit.finished = true;
    if (!pursuit.view_pending) deliver(id);
}

// That a zone or its servers are not to be found says nothing about the record.
void DirectResolver::fail(Id id, Answer answer) {
    Pursuit& pursuit = pursuits_.at(id);
    Answer failed = in_place_of(answer, is_definite(answer.outcome) ? Outcome::other : answer.outcome);
    failed.question = pursuit.question;
    failed.rcode = answer.rcode;
    failed.extended_errors = std::move(answer.extended_errors);
    failed.detail = std::move(answer.detail);
    failed.cname_chain = std::move(pursuit.answer.cname_chain);
    pursuit.answer = std::move(failed);
    pursuit.finished = true;
    if (!pursuit.view_pending) deliver(id);
}

void DirectResolver::deliver(Id id) {
    auto node = pursuits_.extract(id);
    Pursuit& pursuit = node.mapped();
    // A server that answers over one family does not become silent for the other one's lack of a route.
    auto& said = pursuit.source.servers;
    const auto has_answered = [&](const DnsName& name) {
        return std::any_of(said.begin(), said.end(), [&](const AuthoritativeAnswer& a) {
            return a.server_name == name && a.outcome != Outcome::unreachable;
        });
    };
    std::erase_if(said, [&](const AuthoritativeAnswer& a) {
        return a.outcome == Outcome::unreachable && a.server && !a.server->ip.is_ipv4() && has_answered(a.server_name);
    });
    pursuit.answer.source = std::move(pursuit.source);
    pursuit.handler(std::move(pursuit.answer));
}

Resolver* DirectResolver::server(const Endpoint& endpoint) {
    const std::string key = endpoint.to_text();
    if (const auto known = servers_.find(key); known != servers_.end()) return known->second.get();
    auto made = ask_server_(endpoint);
    if (!made) return nullptr;
    watch(**made);
    return servers_.emplace(key, std::move(*made)).first->second.get();
}

void DirectResolver::progress(milliseconds longest) {
    epoll_event event{};
    (void)epoll_wait(epoll_, &event, 1, static_cast<int>(std::min(longest, next_timeout()).count()));
    resolver_->progress(milliseconds(0));
    // A handler may add a server; those that are here now are enough for this round.
    std::vector<Resolver*> present;
    for (const auto& entry : servers_) present.push_back(entry.second.get());
    for (Resolver* resolver : present) resolver->progress(milliseconds(0));
    if (servers_.size() > servers_kept) {
        std::erase_if(servers_, [](const auto& entry) { return entry.second->open_questions() == 0; });
    }
}

milliseconds DirectResolver::next_timeout() const {
    milliseconds next = resolver_->next_timeout();
    for (const auto& entry : servers_) next = std::min(next, entry.second->next_timeout());
    return next;
}

}  // namespace

std::unique_ptr<Resolver> make_direct_resolver(std::unique_ptr<Resolver> resolver, ServerFactory ask_server,
                                               std::uint16_t port) {
    return std::make_unique<DirectResolver>(std::move(resolver), std::move(ask_server), port);
}

}  // namespace fcrdns
