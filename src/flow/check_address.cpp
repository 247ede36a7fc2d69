// SPDX-License-Identifier: MIT
#include "fcrdns/check_address.hpp"

#include <algorithm>
#include <chrono>
#include <memory>
#include <utility>
#include <vector>

#include "flow/target_check.hpp"

namespace fcrdns {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

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

TargetCheckOptions wanted(const CheckOptions& options) {
    TargetCheckOptions wanted;
    wanted.ask_ipv4 = options.ask_ipv4;
    wanted.ask_ipv6 = options.ask_ipv6;
    wanted.explain = true;
    wanted.look_for_mail_hosts = true;
    if (options.helo) wanted.helo = parse_helo(*options.helo);
    wanted.compose.receivers = options.receivers;
    return wanted;
}

std::vector<Report> check_target(Resolver& resolver, InputItem item, const CheckOptions& options) {
    constexpr milliseconds longest_wait = std::chrono::seconds(1);
    const Clock::time_point started = Clock::now();
    const auto conversation = std::make_shared<Conversation>(wanted(options));
    TargetCheck& check = conversation->check;
    ask(resolver, conversation, check.start(std::move(item)));
    while (!check.finished()) {
        milliseconds left = longest_wait;
        if (options.deadline) left = std::chrono::ceil<milliseconds>(started + *options.deadline - Clock::now());
        if (left <= milliseconds(0)) {
            check.give_up(resolver.is_silent() ? std::optional(false) : std::nullopt);
        } else {
            resolver.progress(std::min(left, longest_wait));
        }
    }
    conversation->over = true;
    std::vector<Report> reports;
    check.take_reports(reports);
    return reports;
}

}  // namespace

Report check_address(Resolver& resolver, const IpAddress& address, const CheckOptions& options) {
    const auto mapped = address.mapped_ipv4();
    InputItem item;
    item.input = address.to_text();
    item.target = AddressTarget{mapped.value_or(address), mapped.has_value()};
    return std::move(check_target(resolver, std::move(item), options).front());
}

std::vector<Report> check_host(Resolver& resolver, const DnsName& host, const CheckOptions& options) {
    InputItem item;
    item.input = host.to_text();
    item.target = HostTarget{host};
    return check_target(resolver, std::move(item), options);
}

}  // namespace fcrdns
