// SPDX-License-Identifier: MIT
// A resolver that nobody runs for a while, as when the program is stopped: what came
// meanwhile is read before any clock is looked at, what did not come has had one try,
// and all the next tries together keep to the window.
#include <algorithm>
#include <thread>

#include "catch.hpp"
#include "conversation.hpp"

using namespace fcrdns;
using namespace fcrdns::test;

namespace {

constexpr std::size_t many = 60;

// 500 ms and 1 s; it is stopped for longer than both together.
ResolverOptions with_tries(unsigned tries) {
    ResolverOptions options;
    options.timeout = milliseconds(500);
    options.tries = tries;
    return options;
}

constexpr milliseconds stop{2000};

// Many questions, and the answers that are in.
class Asked {
public:
    explicit Asked(Resolver& resolver) {
        for (const Question& one : questions(many)) {
            resolver.ask(one, [this](Answer answer) { answers_.push_back(std::move(answer)); });
        }
    }
    bool answered() const { return answers_.size() == many; }
    bool all(Outcome outcome, unsigned tries) const {
        return std::all_of(answers_.begin(), answers_.end(),
                           [&](const Answer& a) { return a.outcome == outcome && a.tries == tries; });
    }

private:
    std::vector<Answer> answers_;
};

}  // namespace

TEST_CASE("Answers that came while it was stopped count, and nothing is asked again") {
    for (const unsigned tries : {1U, 2U}) {
        Conversation talk([](const Query& query) { return say(truth(query)); }, with_tries(tries));
        Asked asked(talk.resolver());
        while (talk.server().queries().size() < many) talk.server().serve();
        std::this_thread::sleep_for(stop);
        talk.run_until([&] { return asked.answered(); });
        CHECK(asked.all(Outcome::records, 1));
        CHECK(talk.server().queries().size() == many);
    }
}

TEST_CASE("What no answer came to is asked again, and no more than the window at once") {
    ResolverOptions options = with_tries(2);
    options.jobs = 20;
    Conversation talk(
        [](const Query& query) {
            const bool lost = query.nth == 1 && query.question.name.to_text() != "quick.example";
            return lost ? silence() : say(truth(query));
        },
        options);
    // A quick answer first: then questions that wait soon leave the window, and more than the window are under way.
    (void)talk.ask("quick.example", RecordType::a);
    Asked asked(talk.resolver());
    talk.run_until([&] { return talk.server().queries().size() == 1 + many; });
    std::this_thread::sleep_for(stop);
    talk.resolver().progress(milliseconds(0));
    talk.server().serve();
    const std::size_t again = talk.server().queries().size() - 1 - many;
    CHECK(again > 0);
    CHECK(again <= options.jobs);
    talk.run_until([&] { return asked.answered(); });
    CHECK(asked.all(Outcome::records, 2));
    CHECK(talk.server().queries().size() == 1 + 2 * many);
}
