// SPDX-License-Identifier: MIT
// Why a lookup failed: what the server says of the root's SOA, whether there is a way to it, and whether it answers by
// TCP where UDP is silent.
#include <poll.h>

#include "catch.hpp"
#include "conversation.hpp"

using namespace fcrdns;
using namespace fcrdns::test;

namespace {

const Question asked = question("1.113.0.203.in-addr.arpa", RecordType::ptr);

Reaction knows_root(const Query& query) {
    return say(Message::reply_to(query).answer(soa(".")));
}

Script refuses(std::uint16_t extended = 0) {
    return [extended](const Query& query) {
        Message reply = Message::reply_to(query).rcode(5);
        if (extended != 0) reply.options(extended_error(extended, ""));
        return say(reply);
    };
}

Script says(unsigned rcode) {
    return [rcode](const Query& query) { return say(Message::reply_to(query).rcode(rcode)); };
}

Reaction is_silent(const Query&) {
    return silence();
}

// What the diagnosing resolver makes of the PTR question at a server that has this to say of it, and of the root.
struct Diagnosis {
    Diagnosis(const Script& of_the_name, const Script& of_the_root, ResolverOptions options = quick())
        : server([=](const Query& query) {
              return query.question.type == RecordType::soa ? of_the_root(query) : of_the_name(query);
          }) {
        options.servers = {server.endpoint()};
        const auto resolver = make_diagnosing_resolver(options);
        REQUIRE(resolver);
        std::size_t missing = 3;
        for (std::size_t i = missing; i != 0; --i) {
            (*resolver)->ask(asked, [&](Answer&& got) {
                answer = std::move(got);
                --missing;
            });
        }
        while (missing != 0) {
            milliseconds longest = server.next_timeout((*resolver)->next_timeout());
            std::vector<pollfd> polled = {{(*resolver)->descriptor(), POLLIN, 0}};
            server.add_descriptors(polled);
            (void)poll(polled.data(), polled.size(), static_cast<int>(longest.count()));
            server.serve();
            (*resolver)->progress(milliseconds(0));
        }
    }

    std::size_t asked_about_root() const {
        std::size_t count = 0;
        for (const Query& query : server.queries()) count += query.question.type == RecordType::soa ? 1 : 0;
        return count;
    }

    ReplyServer server;
    Answer answer;
};

}  // namespace

TEST_CASE("of a refusal and of silence the root's SOA tells whether the server works, and whether it is there") {
    struct Row {
        Script of_the_name, of_the_root;
        Outcome outcome;
        bool works, talks;
    };
    const std::vector<Row> rows = {
        {refuses(), knows_root, Outcome::refused, true, false}, {refuses(), refuses(), Outcome::refused, false, false},
        {refuses(20), says(3), Outcome::refused, false, true},  {refuses(), is_silent, Outcome::refused, false, false},
        {is_silent, knows_root, Outcome::timeout, true, false}, {is_silent, says(3), Outcome::timeout, false, true},
        {is_silent, says(2), Outcome::timeout, false, true},    {is_silent, is_silent, Outcome::timeout, false, false},
    };
    for (const Row& row : rows) {
        const Diagnosis diagnosis(row.of_the_name, row.of_the_root);
        const Answer& answer = diagnosis.answer;
        CHECK(answer.outcome == row.outcome);
        CHECK(answer.server_works == row.works);
        CHECK(answer.server_talks == row.talks);
        CHECK(is_own_failure(answer) != row.works);
    }
}

TEST_CASE("what a working resolver reports is not looked into") {
    for (const unsigned rcode : {0U, 1U, 2U, 3U, 4U, 6U}) {
        const Diagnosis diagnosis(says(rcode), is_silent);
        CHECK_FALSE(diagnosis.answer.server_works);
        // Between the tries of a failure no answer comes, which is looked into.
        if (is_definite(diagnosis.answer.outcome)) CHECK(diagnosis.asked_about_root() == 0);
    }
}

TEST_CASE("the root is asked about once, however many questions fail") {
    const Diagnosis diagnosis(refuses(), knows_root);
    CHECK(diagnosis.asked_about_root() == 1);
}

TEST_CASE("where UDP is silent to the end TCP is tried once, if that is wanted") {
    const Script by_tcp = [](const Query& query) {
        if (query.transport == Transport::udp) return silence();
        return say(Message::reply_to(query).answer(ptr("mail.example.com")));
    };
    ResolverOptions options = quick();
    options.try_tcp = true;
    const Diagnosis wanted(by_tcp, is_silent, options);
    CHECK(wanted.answer.outcome == Outcome::records);
    CHECK(wanted.answer.udp_silent);
    CHECK(wanted.answer.transport == Transport::tcp);
    const Diagnosis not_wanted(by_tcp, is_silent);
    CHECK(not_wanted.answer.outcome == Outcome::timeout);
}
