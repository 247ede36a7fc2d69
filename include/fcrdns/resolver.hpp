// SPDX-License-Identifier: MIT
// Resolver: the one seam between the program and the network.
// Ask a question with a handler, then make progress until the handler has been
// called: exactly once for every question, never from inside ask(). Only the DNS
// is asked: no hosts file, no search list. Tests script another implementation.
// A program that asks must ignore SIGPIPE: where an answer is too long for UDP it is asked for
// over TCP, and c-ares 1.18 may raise it when the server closes the connection.
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "fcrdns/answer.hpp"
#include "fcrdns/result.hpp"

namespace fcrdns {

/// A server that did answer and has gone away: questions wait for it, and none is sent but to see whether it is back,
/// until it is given up.
struct ServerWait {
    Endpoint server;                    ///< the first one, where all of several are away
    std::string why;                    ///< the operating system's words
    std::chrono::milliseconds longest;  ///< after that, questions fail as unreachable
    bool given_up = false;              ///< the limit is over: questions fail at once
};

/// A question on its way, and where it stands.
struct PendingQuestion {
    Question question;
    Endpoint server;  ///< asked now
    unsigned round;   ///< the servers are asked for the first, second, ... time
    unsigned rounds;  ///< at most
    bool silent;      ///< the server has let a try or a second pass without a word
};

class Resolver {
public:
    using Handler = std::function<void(Answer&&)>;

    virtual ~Resolver() = default;

    /// Puts the question on its way; `handler` is called once, later, from progress().
    virtual void ask(const Question& question, Handler handler) = 0;
    /// Sends, receives and calls handlers; waits at most `longest` for something to happen.
    virtual void progress(std::chrono::milliseconds longest) = 0;
    /// True while another question would be sent at once: the window of questions in flight has room.
    virtual bool has_room() const = 0;
    /// Questions asked and not yet answered.
    virtual std::size_t open_questions() const = 0;
    /// A descriptor that polls readable when progress() has something to do before next_timeout();
    /// negative where there is none. It may be another one after progress().
    virtual int descriptor() const = 0;
    /// How long until progress() must be called even if the descriptor stays silent.
    virtual std::chrono::milliseconds next_timeout() const = 0;
    /// True when its servers have been silent so long that the root's SOA was asked for, and that is not answered.
    virtual bool is_silent() const { return false; }
    /// What questions wait for, or did in vain, while no server can be reached; nothing while all is well.
    virtual std::optional<ServerWait> waiting() const { return std::nullopt; }
    /// The question that has been on its way the longest; nothing while none is.
    virtual std::optional<PendingQuestion> longest_pending() const { return std::nullopt; }
};

/// A limit on the queries of a second; resolvers that are made with the same one share it.
class RateLimit;
/// A limit of so many queries a second; 0 counts as 1.
std::shared_ptr<RateLimit> make_rate_limit(std::size_t per_second);

/// How and whom to ask; the ranges are those of the command line.
struct ResolverOptions {
    std::vector<Endpoint> servers;  ///< in the order they are asked; at least one
    bool tcp_only = false;
    bool recursion_desired = true;            ///< off when a zone's own server is asked
    bool checking_disabled = false;           ///< what does not validate is wanted too (RFC 4035 3.2.2)
    std::chrono::milliseconds timeout{2000};  ///< for the first try, doubled for each further one
    unsigned tries = 3;                       ///< per server
    bool try_tcp = false;                     ///< once, where UDP was silent to the end (make_diagnosing_resolver)
    std::size_t jobs = 0;                     ///< questions in flight at most; 0: the default
    bool share_answers = true;                ///< keep forward answers within the run for their TTL
    std::shared_ptr<RateLimit> rate;          ///< of all queries; none: no limit
};

/// A resolver over c-ares that asks `options.servers`, or why it could not be set up.
Result<std::unique_ptr<Resolver>> make_resolver(const ResolverOptions& options);

/// The same, and where a lookup fails it finds out what this machine and its servers have to do with it
/// (Answer::server_works, no_route, udp_silent).
Result<std::unique_ptr<Resolver>> make_diagnosing_resolver(const ResolverOptions& options);

/// The version of c-ares at run time, such as "1.18.1".
std::string cares_version();

/// What the system's resolver configuration says: the servers, and what was wrong with it.
struct SystemServers {
    std::vector<Endpoint> servers;
    std::vector<std::string> warnings;  ///< a sentence for each line that could not be used
    bool use_tcp = false;               ///< `options use-vc`
};

/// The name servers of a resolv.conf(5) file, in order; an Error names the file and says what is
/// missing. Never falls back to 127.0.0.1; of all other keywords only `options use-vc` is obeyed.
Result<SystemServers> read_system_servers(const std::string& path, std::uint16_t port);

}  // namespace fcrdns
