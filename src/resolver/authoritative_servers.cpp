// SPDX-License-Identifier: MIT
#include "resolver/authoritative_servers.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace fcrdns {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t servers_kept = 128;

}  // namespace

AuthoritativeServers::AuthoritativeServers(ServerFactory ask_server, ResolverSet& watched)
    : ask_server_(std::move(ask_server)), watched_(watched) {}

Result<Resolver*, CannotAsk> AuthoritativeServers::at(const Endpoint& endpoint) {
    const std::string key = endpoint.to_text();
    if (const auto known = by_address_.find(key); known != by_address_.end()) return known->second.get();
    auto made = ask_server_(endpoint);
    if (!made) return made.error();
    watched_.watch(**made);
    return by_address_.emplace(key, std::move(*made)).first->second.get();
}

void AuthoritativeServers::progress() {
    // A handler may add a server; those that are here now are enough for this round.
    std::vector<Resolver*> present;
    for (const auto& entry : by_address_) present.push_back(entry.second.get());
    for (Resolver* resolver : present) resolver->progress(milliseconds(0));
    if (by_address_.size() > servers_kept) {
        std::erase_if(by_address_, [](const auto& entry) { return entry.second->open_questions() == 0; });
    }
}

milliseconds AuthoritativeServers::next_timeout() const {
    milliseconds next = milliseconds::max();
    for (const auto& entry : by_address_) next = std::min(next, entry.second->next_timeout());
    return next;
}

std::optional<PendingQuestion> AuthoritativeServers::longest_pending() const {
    for (const auto& entry : by_address_) {
        if (auto pending = entry.second->longest_pending()) return pending;
    }
    return std::nullopt;
}

}  // namespace fcrdns
