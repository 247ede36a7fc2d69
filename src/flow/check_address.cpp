// SPDX-License-Identifier: MIT
#include "fcrdns/check_address.hpp"

#include <chrono>
#include <memory>
#include <utility>
#include <vector>

#include "flow/target_check.hpp"

namespace fcrdns {
namespace {

// Held by every handler: an answer may come when the check is over.
struct Conversation {
    explicit Conversation(TargetCheckOptions wanted) : options(std::move(wanted)) {}

    TargetCheckOptions options;
    TargetCheck check{options};
    bool over = false;
};

void ask(Resolver& resolver, const std::shared_ptr<Conversation>& conversation,
         const std::vector<TargetQuestion>& questions) {
    for (const TargetQuestion& question : questions) {
        resolver.ask(question.question, [&resolver, conversation, part = question.part](Answer&& answer) {
            if (conversation->over) return;
            ask(resolver, conversation, conversation->check.feed(part, std::move(answer)));
        });
    }
}

std::vector<Report> check_target(Resolver& resolver, InputItem item, TargetCheckOptions options) {
    const auto conversation = std::make_shared<Conversation>(std::move(options));
    ask(resolver, conversation, conversation->check.start(std::move(item)));
    while (!conversation->check.finished()) resolver.progress(std::chrono::seconds(1));
    conversation->over = true;
    std::vector<Report> reports;
    conversation->check.take_reports(reports);
    return reports;
}

}  // namespace

Report check_address(Resolver& resolver, const IpAddress& address, const ComposeOptions& options) {
    TargetCheckOptions wanted;
    wanted.explain = true;
    wanted.compose = options;
    InputItem item;
    item.input = address.to_text();
    const auto mapped = address.mapped_ipv4();
    item.target = AddressTarget{mapped.value_or(address), mapped.has_value()};
    return std::move(check_target(resolver, std::move(item), std::move(wanted)).front());
}

}  // namespace fcrdns
