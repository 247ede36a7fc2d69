// SPDX-License-Identifier: MIT
// Scripted resolvers: one that finds the zones' servers, and those servers themselves,
// each with a world of its own; and the authoritative resolver over them.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "fcrdns/authoritative_resolver.hpp"
#include "literal_world.hpp"

namespace fcrdns::test {

// Answers from a world; what it does not know, it denies, and where it is null it is silent.
class Scripted : public Resolver {
public:
    explicit Scripted(const World* world) : world_(world) {}
    void ask(const Question& question, Handler handler) override { open_.emplace_back(question, std::move(handler)); }
    void progress(std::chrono::milliseconds) override {
        for (std::size_t count = open_.size(); count != 0; --count) {
            auto [question, handler] = std::move(open_.front());
            open_.pop_front();
            const Answer* known = world_ != nullptr ? world_->find(question) : nullptr;
            const Outcome otherwise = world_ != nullptr ? Outcome::nodata : Outcome::timeout;
            handler(known != nullptr ? Answer(*known) : answer(question.name, question.type, otherwise));
        }
    }
    bool has_room() const override { return true; }
    std::size_t open_questions() const override { return open_.size(); }
    int descriptor() const override { return -1; }
    std::chrono::milliseconds next_timeout() const override { return std::chrono::milliseconds(0); }

private:
    const World* world_;
    std::deque<std::pair<Question, Handler>> open_;
};

class Source {
public:
    World resolver;                                 ///< what the resolver says
    std::map<std::string, World> servers;           ///< by endpoint; one that is missing is silent
    std::set<Family> without_route;                 ///< families whose addresses this machine cannot reach
    std::map<std::string, std::string> cannot_ask;  ///< by endpoint: what this process lacks to ask it

    /// A zone at its name, and its servers' names with their addresses.
    void zone(const std::string& owner, const std::vector<std::pair<std::string, std::string>>& hosts) {
        Answer apex = answer(name(owner), RecordType::soa, Outcome::records);
        apex.soa = soa(owner, hosts.front().first, "h.isp.example", 3600, 600);
        resolver.put(apex);
        Answer ns = answer(name(owner), RecordType::ns, Outcome::records);
        for (const auto& [host, address] : hosts) {
            ns.names.push_back({name(host), 3600});
            if (!address.empty()) resolver.address(host, {address});
        }
        resolver.put(ns);
    }
    void two_servers() {
        zone("4.8.8.in-addr.arpa", {{"ns1.isp.example", "192.0.2.1"}, {"ns2.isp.example", "192.0.2.2"}});
    }
    World& server(const std::string& address) { return servers[address + ":53"]; }

    std::unique_ptr<Resolver> make() {
        const auto factory = [this](const Endpoint& endpoint) -> Result<std::unique_ptr<Resolver>, CannotAsk> {
            if (without_route.contains(endpoint.ip.family())) return CannotAsk{"Network is unreachable", true};
            if (cannot_ask.contains(endpoint.to_text())) return CannotAsk{cannot_ask.at(endpoint.to_text())};
            const auto found = servers.find(endpoint.to_text());
            return std::unique_ptr<Resolver>(new Scripted(found == servers.end() ? nullptr : &found->second));
        };
        return make_authoritative_resolver(std::unique_ptr<Resolver>(new Scripted(&resolver)), factory, 53);
    }
};

}  // namespace fcrdns::test
