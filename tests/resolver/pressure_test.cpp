// SPDX-License-Identifier: MIT
// Faults, group pressure: sockets that end with questions on them, servers that want less
// asked at once, and servers that go away in the middle of a list. What is healthy passes.
#include <sys/resource.h>

#include <algorithm>
#include <deque>

#include "catch.hpp"
#include "stage.hpp"

using namespace fcrdns;
using namespace fcrdns::test;

namespace {

std::vector<IpAddress> addresses(std::size_t count) {
    std::vector<IpAddress> all;
    IpAddress next = *IpAddress::parse("10.0.0.0");
    for (std::size_t i = 0; i < count; ++i) {
        all.push_back(next);
        next = *next.next();
    }
    return all;
}

// Each address has a name of its own that leads back.
Message healthy(const Query& query) {
    const auto address = address_of_reverse_name(query.question.name);
    if (address) return Message::reply_to(query).answer(ptr("at-" + address->to_text() + ".example"));
    const auto labels = query.question.name.split();
    std::string text(labels[0].substr(3));
    for (std::size_t i = 1; i < 4; ++i) text += '.' + std::string(labels[i]);
    return Message::reply_to(query).answer(a(text));
}

std::size_t count(const std::vector<Checked>& all, VerdictKind kind) {
    return static_cast<std::size_t>(
        std::count_if(all.begin(), all.end(), [&](const Checked& c) { return c.verdict.kind == kind; }));
}

std::chrono::microseconds processor_time() {
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    const auto of = [](const timeval& t) {
        return std::chrono::seconds(t.tv_sec) + std::chrono::microseconds(t.tv_usec);
    };
    return of(used.ru_utime) + of(used.ru_stime);
}

Reaction then_close(Reaction reaction) {
    reaction.ending = Ending::close;
    return reaction;
}

}  // namespace

TEST_CASE("pressure: a server that breaks 1 reply in 256 fails those addresses, and no other") {
    ResolverOptions options;
    options.jobs = 150;  // what the receive buffer of the server here holds
    Conversation talk(
        [](const Query& query) {
            const auto address = address_of_reverse_name(query.question.name);
            const bool broken = address && address->bytes()[3] == 77;
            return say(broken ? healthy(query).count(1, 9) : healthy(query));
        },
        options);
    const auto results = talk.check_all(addresses(4096));
    CHECK(count(results, VerdictKind::temperror) == 16);
    CHECK(count(results, VerdictKind::pass) == 4096 - 16);
    for (const Checked& checked : results) {
        if (checked.verdict.kind != VerdictKind::pass) CHECK(checked.evidence.ptr.outcome == Outcome::malformed);
    }
}

TEST_CASE("pressure: a server that closes TCP after one answer, with other questions unread") {
    ResolverOptions options;
    options.tcp_only = true;
    Conversation talk([](const Query& query) { return then_close(say(healthy(query))); }, options);
    CHECK(count(talk.check_all(addresses(32)), VerdictKind::pass) == 32);
}

TEST_CASE("pressure: a stream that ends within a message costs no processor time") {
    ResolverOptions options;
    options.tcp_only = true;
    options.timeout = milliseconds(700);
    options.tries = 1;
    for (const Ending ending : {Ending::close, Ending::keep}) {
        Conversation talk(
            [&](const Query& query) {
                Reaction reaction = Reaction().then(Send{octets16(400) + query.octets, {}, Path::server, false});
                reaction.ending = ending;
                return reaction;
            },
            options);
        const auto before = processor_time();
        CHECK_FALSE(is_definite(talk.ask("host.example", RecordType::a).outcome));
        CHECK(processor_time() - before < milliseconds(300));
    }
}

TEST_CASE("pressure: REFUSED and SERVFAIL for what is beyond a number at once") {
    for (const unsigned rcode : {5U, 2U}) {
        constexpr std::size_t most = 100;
        constexpr milliseconds takes{20};
        std::deque<std::chrono::steady_clock::time_point> under_way;
        std::size_t refused = 0;
        Conversation talk(
            [&](const Query& query) {
                while (!under_way.empty() && under_way.front() + takes <= query.arrived) under_way.pop_front();
                if (under_way.size() >= most) {
                    ++refused;
                    return say(Message::reply_to(query).rcode(rcode));
                }
                under_way.push_back(query.arrived);
                return say_late(healthy(query), takes);
            },
            ResolverOptions());
        const auto results = talk.check_all(addresses(2048));
        INFO(refused << " refused");
        CHECK(count(results, VerdictKind::pass) == 2048);
        CHECK(refused < 2048);
    }
}
