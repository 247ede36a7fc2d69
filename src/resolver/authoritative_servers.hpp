// SPDX-License-Identifier: MIT
// Authoritative servers: the resolvers that ask the zones' own servers, one for each address.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "fcrdns/authoritative_resolver.hpp"
#include "resolver/resolver_set.hpp"

namespace fcrdns {

class AuthoritativeServers {
public:
    /// `watched` gets the resolvers that `ask_server` makes.
    AuthoritativeServers(ServerFactory ask_server, ResolverSet& watched);

    /// The resolver that asks the server at this address, until progress() ends.
    Result<Resolver*, CannotAsk> at(const Endpoint& endpoint);
    /// What is on its way to them makes progress, without waiting.
    void progress();
    std::chrono::milliseconds next_timeout() const;
    /// Of one of those that have such a question.
    std::optional<PendingQuestion> longest_pending() const;

private:
    ServerFactory ask_server_;
    ResolverSet& watched_;
    std::map<std::string, std::unique_ptr<Resolver>> by_address_;  // as Endpoint::to_text() writes it
};

}  // namespace fcrdns
