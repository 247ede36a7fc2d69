// SPDX-License-Identifier: MIT
// Reply server: what a name server might do to a query, over UDP and TCP on a port of
// its own. A script decides for each query which octets go out, when, from where, and
// what becomes of a TCP connection. It has no thread: whoever waits polls its
// descriptors and calls serve(), so a slow machine delays both sides alike.
#pragma once

#include <poll.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "message_builder.hpp"

namespace fcrdns::test {

using std::chrono::milliseconds;

/// Where a datagram comes from.
enum class Path : std::uint8_t { server, other_port, other_address };

/// Octets that go out `after` the query came; over TCP with their length in front where `framed`.
struct Send {
    std::string octets;
    milliseconds after{0};
    Path path = Path::server;
    bool framed = true;
};

/// What becomes of the TCP connection when everything is sent.
enum class Ending : std::uint8_t { keep, close, reset };

struct Reaction {
    std::vector<Send> sends;
    Ending ending = Ending::keep;

    Reaction& then(const Message& message) { return then(Send{message.octets(), {}, Path::server, true}); }
    Reaction& then(Send send) {
        sends.push_back(std::move(send));
        return *this;
    }
};

/// Sent when the test says so, by release().
inline constexpr milliseconds held = milliseconds::max();

/// No reply.
Reaction silence();
/// One reply.
Reaction say(const Message& message);
Reaction say_late(const Message& message, milliseconds after);
/// A stream of single octets, one each `pause`.
Reaction drip(const Message& message, milliseconds pause);

using Script = std::function<Reaction(const Query&)>;

class ReplyServer {
public:
    /// Listens on a free port of `ip`; throws where the address cannot be used.
    explicit ReplyServer(Script script, const IpAddress& ip = *IpAddress::parse("127.0.0.1"), bool tcp = true);
    ReplyServer(const ReplyServer&) = delete;
    ReplyServer& operator=(const ReplyServer&) = delete;
    ~ReplyServer();

    const Endpoint& endpoint() const { return endpoint_; }
    /// The queries seen, in the order in which they came.
    const std::vector<Query>& queries() const { return queries_; }
    /// Messages that are no query that the program should send.
    std::size_t strange_queries() const { return strange_; }
    unsigned connections() const { return connections_seen_; }

    void add_descriptors(std::vector<pollfd>& polled) const;
    /// How long until something is to be sent; `longest` where nothing is.
    milliseconds next_timeout(milliseconds longest) const;
    /// Lets what is held go out.
    void release();
    /// Reads what has come and sends what is due.
    void serve();

private:
    using Clock = std::chrono::steady_clock;

    struct Peer {
        std::string address;      // UDP: a sockaddr
        unsigned connection = 0;  // TCP: the number of a connection
    };
    struct Pending {
        Peer peer;
        Send send;
        std::optional<Ending> ending;
    };
    struct Connection {
        int descriptor;
        std::string received;
    };

    bool bind_sockets(bool tcp);
    void receive_datagrams();
    void accept_connections();
    bool receive_stream(unsigned number, Connection& connection);
    void react(std::string_view octets, const Peer& peer, std::uint16_t source_port);
    void send_due();
    void send_datagram(const Pending& pending);
    void send_stream(const Pending& pending);
    void end(unsigned connection, Ending ending);

    Script script_;
    Endpoint endpoint_;
    int udp_ = -1;
    int other_port_ = -1;
    int other_address_ = -1;
    int listener_ = -1;
    std::map<unsigned, Connection> connections_;
    std::multimap<Clock::time_point, Pending> pending_;
    std::vector<Query> queries_;
    std::unordered_map<Question, unsigned, QuestionHash> times_asked_;
    std::size_t strange_ = 0;
    unsigned connections_seen_ = 0;
};

/// A port at which nothing listens and that nobody else gets while this lives.
class DeadPort {
public:
    DeadPort();
    DeadPort(const DeadPort&) = delete;
    DeadPort& operator=(const DeadPort&) = delete;
    ~DeadPort();

    const Endpoint& endpoint() const { return endpoint_; }

private:
    Endpoint endpoint_;
    int udp_ = -1;
    int tcp_ = -1;
};

}  // namespace fcrdns::test
