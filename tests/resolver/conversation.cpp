// SPDX-License-Identifier: MIT
#include "conversation.hpp"

#include <algorithm>
#include <csignal>
#include <deque>
#include <stdexcept>
#include <string>
#include <utility>

#include "catch.hpp"
#include "fcrdns/check.hpp"

namespace fcrdns::test {
namespace {

using Clock = std::chrono::steady_clock;

constexpr auto watchdog = std::chrono::seconds(60);
// What a busy machine may add to time-outs that are exact on an idle one.
constexpr auto slack = std::chrono::seconds(3);

}  // namespace

ResolverOptions quick() {
    ResolverOptions options;
    options.timeout = milliseconds(50);
    options.tries = 3;
    return options;
}

bool cares_reads_replies() {
    const std::string version = cares_version();
    const std::size_t dot = version.find('.');
    return std::stoi(version) > 1 || std::stoi(version.substr(dot + 1)) >= 28;
}

Question question(std::string_view name, RecordType type) {
    const auto read = DnsName::from_text(name);
    if (!read) throw std::invalid_argument(std::string(name));
    return {*read, type};
}

std::vector<Question> questions(std::size_t count) {
    std::vector<Question> all;
    for (std::size_t i = 0; i < count; ++i)
        all.push_back(question("h" + std::to_string(i) + ".example", RecordType::a));
    return all;
}

Message truth(const Query& query) {
    return Message::reply_to(query).answer(a("192.0.2.1"));
}

Conversation::Conversation(Script script, ResolverOptions options)
    : Conversation(std::vector<Script>{std::move(script)}, std::move(options)) {}

Conversation::Conversation(std::vector<Script> scripts, ResolverOptions options) {
    for (Script& script : scripts) servers_.push_back(std::make_unique<ReplyServer>(std::move(script)));
    make(std::move(options));
}

Conversation::Conversation(std::vector<std::unique_ptr<ReplyServer>> servers, ResolverOptions options)
    : servers_(std::move(servers)) {
    make(std::move(options));
}

Conversation::Conversation(const ResolverOptions& options) {
    make(options);
}

void Conversation::make(ResolverOptions options) {
    (void)std::signal(SIGPIPE, SIG_IGN);  // as every program that asks over TCP (resolver.hpp)
    options_ = std::move(options);
    for (const auto& server : servers_) options_.servers.push_back(server->endpoint());
    auto made = make_resolver(options_);
    if (!made) throw std::runtime_error(made.error().message);
    resolver_ = std::move(*made);
}

void Conversation::run_until(const std::function<bool()>& done) {
    const auto started = Clock::now();
    while (!done()) {
        if (Clock::now() - started > watchdog) throw std::runtime_error("a question is never answered");
        milliseconds longest = resolver_->next_timeout();
        std::vector<pollfd> polled = {{resolver_->descriptor(), POLLIN, 0}};
        for (const auto& server : servers_) {
            server->add_descriptors(polled);
            longest = server->next_timeout(longest);
        }
        (void)poll(polled.data(), polled.size(), static_cast<int>(longest.count()));
        for (const auto& server : servers_) server->serve();
        resolver_->progress(milliseconds(0));
    }
    for (const auto& server : servers_) CHECK(server->strange_queries() == 0);
}

milliseconds Conversation::longest_question() const {
    milliseconds all{0};
    for (unsigned round = 0; round < options_.tries; ++round) all += options_.timeout * (1U << round);
    return all * static_cast<unsigned>(options_.servers.size());
}

void Conversation::expect_in_time(Clock::time_point started, unsigned steps) const {
    CHECK(Clock::now() - started <= longest_question() * steps + slack);
}

Answer Conversation::ask(std::string_view name, RecordType type) {
    return ask_all({question(name, type)}).front();
}

std::vector<Answer> Conversation::ask_all(const std::vector<Question>& questions) {
    std::vector<std::optional<Answer>> answers(questions.size());
    std::size_t missing = questions.size();
    const auto started = Clock::now();
    for (std::size_t i = 0; i < questions.size(); ++i) {
        resolver_->ask(questions[i], [&, i](Answer answer) {
            REQUIRE(!answers[i]);
            answers[i] = std::move(answer);
            --missing;
        });
    }
    run_until([&] { return missing == 0; });
    expect_in_time(started, 2);  // the question, and the end of its chain
    std::vector<Answer> all;
    all.reserve(answers.size());
    for (auto& answer : answers) all.push_back(std::move(*answer));
    return all;
}

Checked Conversation::check(const IpAddress& address) {
    return std::move(check_all({address}).front());
}

std::vector<Checked> Conversation::check_all(const std::vector<IpAddress>& addresses) {
    std::deque<Check> checks;
    const auto started = Clock::now();
    const std::function<void(Check&, const std::vector<Question>&)> ask = [&](Check& check, const auto& questions) {
        for (const Question& one : questions) {
            resolver_->ask(one, [&](Answer answer) { ask(check, check.feed(std::move(answer))); });
        }
    };
    for (const IpAddress& address : addresses) {
        Check& check = checks.emplace_back(address);
        ask(check, check.start());
    }
    run_until([&] { return std::all_of(checks.begin(), checks.end(), [](const Check& c) { return c.done(); }); });
    expect_in_time(started, 6);  // PTR, forward and the other family, each with the end of its chain
    std::vector<Checked> all;
    for (Check& check : checks) {
        Evidence evidence = check.take();
        Verdict verdict = judge(evidence, {});
        all.push_back({std::move(evidence), std::move(verdict)});
    }
    return all;
}

}  // namespace fcrdns::test
