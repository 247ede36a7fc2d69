// SPDX-License-Identifier: MIT
// Transport over c-ares: queries out, raw replies in, one server and one protocol
// to a channel. Its time-outs, failover and EDNS repair are kept out, so that 1.18
// and 1.34 behave alike. Replies are seen at the socket, before c-ares cuts, rewrites
// or refuses them; a message that answers no open query is swallowed there.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "fcrdns/answer.hpp"
#include "fcrdns/result.hpp"
#include "resolver/message.hpp"

namespace fcrdns {

/// Which try of which question a query belongs to; `serial` tells reuses of `index` apart.
struct QueryToken {
    std::uint32_t index = 0;
    std::uint32_t serial = 0;
    std::uint32_t attempt = 0;
};

/// Something that happened to a query.
struct TransportEvent {
    enum class Kind : std::uint8_t {
        reply,        ///< octets of a reply to the question stand in the transport's buffer
        unreachable,  ///< the operating system said no, or the connection ended; `error` is its errno, or 0
    };
    Kind kind = Kind::reply;
    QueryToken token;
    std::size_t offset = 0;
    std::size_t size = 0;
    int error = 0;
};

/// One c-ares channel: one server, UDP or TCP.
class Channel {
public:
    virtual ~Channel() = default;

    /// Sends `query`, the query for `question`, under an ID of its own choice; its end comes as an event, or never if
    /// no reply does. The handle given is for forget(), and void once the event has been taken.
    virtual std::uint32_t send(const Question& question, QueryOctets& query, const QueryToken& token) = 0;
    /// Tells that the query is over: a reply that still comes is dropped. Not to be called after its event.
    virtual void forget(std::uint32_t sent) = 0;
    /// Queries whose reply is still wanted.
    virtual std::size_t live() const = 0;
    /// Queries sent in all, and those that c-ares still holds.
    virtual std::size_t sent() const = 0;
    virtual std::size_t held() const = 0;
    /// How many replies its socket holds without losing one.
    virtual std::size_t capacity() const = 0;
};

class CaresTransport {
public:
    static Result<std::unique_ptr<CaresTransport>> make();
    virtual ~CaresTransport() = default;

    /// A new channel to the server; null when c-ares has no memory for it.
    virtual std::unique_ptr<Channel> open(const Endpoint& server, Transport protocol) = 0;
    /// A descriptor that polls readable when process() has something to do.
    virtual int descriptor() const = 0;
    /// Reads and writes what is ready, without waiting.
    virtual void process() = 0;
    /// The events since the last call of clear().
    virtual const std::vector<TransportEvent>& events() const = 0;
    virtual std::string_view octets(const TransportEvent& event) const = 0;
    virtual void clear() = 0;
};

}  // namespace fcrdns
