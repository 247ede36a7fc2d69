// SPDX-License-Identifier: MIT
// Conversation: the resolver and the servers it talks to, driven in one thread. Asks
// questions and waits for their answers, or checks an address from its first question
// to its verdict. A conversation that does not end, or ends later than its time-outs
// allow, fails the test.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "fcrdns/resolver.hpp"
#include "fcrdns/verdict.hpp"
#include "reply_server.hpp"

namespace fcrdns::test {

/// 50 ms for the first try, three tries.
ResolverOptions quick();

/// True with c-ares from 1.28 on, which reads replies itself: what it cannot read ends a socket, with what else comes
/// there.
bool cares_reads_replies();

/// What a check came to.
struct Checked {
    Evidence evidence;
    Verdict verdict;
};

class Conversation {
public:
    explicit Conversation(Script script, ResolverOptions options = quick());
    Conversation(std::vector<Script> scripts, ResolverOptions options);
    /// Servers made elsewhere, asked in this order.
    Conversation(std::vector<std::unique_ptr<ReplyServer>> servers, ResolverOptions options);
    /// Servers of `options`; none of them is ours.
    explicit Conversation(const ResolverOptions& options);

    ReplyServer& server(std::size_t index = 0) { return *servers_.at(index); }
    Resolver& resolver() { return *resolver_; }

    /// Asks and waits for the answer.
    Answer ask(std::string_view name, RecordType type);
    /// Asks all at once and waits for all answers, which stand in the order of the questions.
    std::vector<Answer> ask_all(const std::vector<Question>& questions);
    /// Checks the address as the program does, until every question has its answer.
    Checked check(const IpAddress& address);
    /// Checks all at once; the results stand in the order of the addresses.
    std::vector<Checked> check_all(const std::vector<IpAddress>& addresses);
    /// Both sides work until `done`.
    void run_until(const std::function<bool()>& done);

    /// The longest that one question may take: tries x time-outs x servers.
    milliseconds longest_question() const;

private:
    void make(ResolverOptions options);
    void expect_in_time(std::chrono::steady_clock::time_point started, unsigned steps) const;

    std::vector<std::unique_ptr<ReplyServer>> servers_;
    ResolverOptions options_;
    std::unique_ptr<Resolver> resolver_;
};

/// The question for a name.
Question question(std::string_view name, RecordType type);
/// For the addresses of h0.example, h1.example, …
std::vector<Question> questions(std::size_t count);
/// An A record, for any host.
Message truth(const Query& query);

}  // namespace fcrdns::test
