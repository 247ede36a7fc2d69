// SPDX-License-Identifier: MIT
#include "fcrdns/check_address.hpp"

#include <chrono>
#include <utility>
#include <vector>

#include "fcrdns/check.hpp"

namespace fcrdns {
namespace {

class Conversation {
public:
    Conversation(Resolver& resolver, Check& check) : resolver_(resolver), check_(check) {}

    /// Asks the questions and those that their answers raise, until the check is done.
    void hold(const std::vector<Question>& questions) {
        ask(questions);
        while (!check_.done()) resolver_.progress(std::chrono::seconds(1));
    }

private:
    void ask(const std::vector<Question>& questions) {
        for (const Question& question : questions) {
            resolver_.ask(question, [this](Answer&& answer) { ask(check_.feed(std::move(answer))); });
        }
    }

    Resolver& resolver_;
    Check& check_;
};

}  // namespace

Report check_address(Resolver& resolver, const IpAddress& address, const ComposeOptions& options) {
    const auto mapped = address.mapped_ipv4();
    Check check(mapped.value_or(address));
    Conversation conversation(resolver, check);
    conversation.hold(check.start());
    Subject subject;
    subject.input = address.to_text();
    subject.family = check.evidence().address.family();
    subject.origin.ipv4_mapped = mapped.has_value();
    Verdict verdict = judge(check.evidence(), subject.origin);
    // Only who is to be told what to publish needs to know whose zone it is.
    if (!is_clean_pass(verdict)) conversation.hold(check.find_reverse_zone());
    return compose(std::move(subject), check.take(), std::move(verdict), options);
}

}  // namespace fcrdns
