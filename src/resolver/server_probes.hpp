// SPDX-License-Identifier: MIT
// ServerProbes: whether a resolver's servers work, found out where they refuse questions or are silent: each is asked
// once for the root's SOA, which every working resolver has at hand.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "fcrdns/resolver.hpp"
#include "resolver/resolver_set.hpp"

namespace fcrdns {

class ServerProbes {
public:
    /// Of the servers of `options`, which are asked as it says; `watched` gets the resolvers that ask.
    ServerProbes(const ResolverOptions& options, ResolverSet& watched);

    /// Asks the server of the answer, if it has not been asked; false where it is none of them.
    bool begin(const Answer& failed);
    void begin_all();
    /// True when every server has been asked.
    bool all_begun() const;
    /// True when every server has been asked and none has been found to work.
    bool none_works() const;
    /// True while it may still become known of the answer's server.
    bool may_become_known(const Answer& failed) const;
    /// Says in the answer what was found.
    void tell(Answer& failed) const;
    void progress();
    /// How long until progress() must be called; `awaited` when failures wait for what is found.
    std::chrono::milliseconds next_timeout(bool awaited) const;

private:
    using Clock = std::chrono::steady_clock;

    struct Probe {
        Endpoint server;
        std::unique_ptr<Resolver> resolver = {};
        Clock::time_point asked = {};
        bool begun = false;
        bool not_sent = false;  // so it stays unknown, and is nothing against the server
        std::optional<bool> works = {};
        std::optional<std::uint16_t> rcode = {};  // of what it said where it does not
    };

    const Probe* find(const Answer& failed) const;
    void begin(Probe& probe);
    bool may_become_known(const Probe& probe) const;
    std::chrono::milliseconds patience() const;

    const ResolverOptions& options_;
    ResolverSet& watched_;
    std::vector<Probe> probes_;
};

}  // namespace fcrdns
