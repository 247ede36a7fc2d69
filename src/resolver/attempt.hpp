// SPDX-License-Identifier: MIT
// Attempts: one query for one lookup, to one server, one way. What came of it is noted
// where c-ares tells it, and acted on by the resolver's loop.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "resolver/reply.hpp"

namespace fcrdns {

/// Which attempt of which lookup; `serial` tells reuses of the lookup's place apart.
struct AttemptId {
    std::uint32_t lookup = 0;
    std::uint32_t serial = 0;
    std::uint32_t number = 0;

    friend bool operator==(const AttemptId&, const AttemptId&) = default;
};

/// How a question goes out; each way has c-ares channels of its own.
struct Way {
    std::size_t server = 0;
    bool tcp = false;
    bool edns = true;
    bool alone = false;  ///< on a socket of its own
};

/// The header bits that every query of a resolver sets or not.
struct QueryFlags {
    bool recursion_desired = true;
    bool checking_disabled = false;
};

/// What is asked by an attempt.
struct Asked {
    Question question;
    std::vector<Alias> walked;  ///< the chain that led to it
};

/// What came of an attempt.
struct AttemptEnd {
    enum class Kind : std::uint8_t {
        reply,       ///< one that can be judged
        unreadable,  ///< a message that is no reply, or cannot be read
        lost,        ///< nothing: it could not be sent, or its socket ended under it
    };
    AttemptId id;
    Kind kind = Kind::lost;
    Reply reply;
    int error = 0;  ///< the system's number for why it was lost, where it said so
};

/// Whoever waits for attempts. Called from inside c-ares: must start, cancel and destroy nothing.
class AttemptTaker {
public:
    virtual ~AttemptTaker() = default;
    /// What the attempt asks; null where nobody waits for it any more.
    virtual const Asked* asked(const AttemptId& id) const = 0;
    virtual void take(AttemptEnd&& end) = 0;
};

}  // namespace fcrdns
