// SPDX-License-Identifier: MIT
// Authoritative resolver: asks the zones' own servers instead of a resolver's cache.
// The resolver is used to find them (SOA and NS up from the name, then their
// addresses); each server is then asked without recursion. The answer holds what
// all servers published together, and in Answer::source what each of them said.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "fcrdns/resolver.hpp"

namespace fcrdns {

/// Why a server cannot be asked.
struct CannotAsk {
    std::string why;
    bool no_route = false;  ///< this machine has no way to addresses of its family; else it could not be made
};

/// Makes the resolver that asks one server without recursion and without a cache.
using ServerFactory = std::function<Result<std::unique_ptr<Resolver>, CannotAsk>(const Endpoint& server)>;

/// A resolver that asks the authoritative servers, at `port`; `finder` finds them, or `resolver` where there is none.
/// What `resolver` says of the same question is kept beside it.
std::unique_ptr<Resolver> make_authoritative_resolver(std::unique_ptr<Resolver> resolver, ServerFactory ask_server,
                                                      std::uint16_t port, std::unique_ptr<Resolver> finder = nullptr);
/// The same over c-ares: `how_to_ask.servers` find the authoritative servers, and each of those is asked by a
/// resolver of its own, without recursion.
Result<std::unique_ptr<Resolver>> make_authoritative_resolver(const ResolverOptions& how_to_ask, std::uint16_t port);

}  // namespace fcrdns
