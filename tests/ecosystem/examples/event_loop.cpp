// SPDX-License-Identifier: MIT
// Checks in an event loop of one's own, here poll(2):
// event_loop 192.0.2.25 203.0.113.1
#include <poll.h>
#include <fcrdns/fcrdns.hpp>

#include <deque>
#include <iostream>

namespace {

/// One check, and the questions that it still asks of the resolver.
struct Work {
    fcrdns::Resolver& resolver;
    fcrdns::Check check;

    void ask(const std::vector<fcrdns::Question>& questions) {
        for (const auto& question : questions) {
            resolver.ask(question, [this](fcrdns::Answer answer) { ask(check.feed(std::move(answer))); });
        }
    }
};

}  // namespace

int main(int argc, char** argv) {
    const auto resolver = fcrdns::system_resolver();
    if (!resolver) return 2;

    std::deque<Work> works;  // handlers point into it, so nothing in it may move
    for (int i = 1; i < argc; ++i) {
        const auto address = fcrdns::IpAddress::parse(argv[i]);
        if (!address) return 2;
        works.push_back({**resolver, fcrdns::Check(*address)});
        works.back().ask(works.back().check.start());
    }
    while ((*resolver)->open_questions() != 0) {
        pollfd waited{(*resolver)->descriptor(), POLLIN, 0};  // the loop's other descriptors would stand beside it
        poll(&waited, 1, static_cast<int>((*resolver)->next_timeout().count()));
        (*resolver)->progress(std::chrono::milliseconds(0));
    }
    for (const Work& work : works) {
        const fcrdns::Verdict verdict = fcrdns::judge(work.check.evidence(), {});
        std::cout << work.check.evidence().address.to_text() << ' ' << fcrdns::to_word(verdict.kind) << '\n';
    }
}
