// SPDX-License-Identifier: MIT
// Why a lookup failed, as far as this machine can tell: whether its server answers for the root's SOA, which every
// working resolver does, whether there is a way to it at all, and whether it answers by TCP where UDP stays silent.
// Everything else is the resolver's that is asked.
#include <algorithm>
#include <utility>
#include <vector>

#include "fcrdns/resolver.hpp"
#include "resolver/resolver_set.hpp"
#include "resolver/route.hpp"
#include "resolver/server_probes.hpp"

namespace fcrdns {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// A failure that waits for what is found out about its server.
struct Held {
    Resolver::Handler handler;
    Answer answer;
};

class DiagnosingResolver final : public Resolver {
public:
    DiagnosingResolver(std::unique_ptr<Resolver> resolver, ResolverOptions options)
        : resolver_(std::move(resolver)), options_(std::move(options)), probes_(options_, watched_) {
        watched_.watch(*resolver_);
    }

    void ask(const Question& question, Handler handler) override;
    void progress(milliseconds longest) override;
    bool has_room() const override { return resolver_->has_room(); }
    std::size_t open_questions() const override { return open_; }
    int descriptor() const override { return watched_.descriptor(); }
    milliseconds next_timeout() const override;
    std::optional<ServerWait> waiting() const override { return resolver_->waiting(); }
    bool is_silent() const override { return probes_.none_works(); }
    std::optional<PendingQuestion> longest_pending() const override;

private:
    void take(Handler& handler, Answer&& answer);
    void ask_by_tcp(Handler& handler, Answer&& silent);
    void hold(Handler& handler, Answer&& answer);
    void deliver(Handler& handler, Answer&& answer);
    void deliver_held();
    bool watches_for_silence() const { return open_ != 0 && !probes_.all_begun(); }

    std::unique_ptr<Resolver> resolver_;
    ResolverOptions options_;
    ResolverSet watched_;
    ServerProbes probes_;
    std::unique_ptr<Resolver> tcp_;
    bool tcp_answers_ = false;  // where UDP is silent, the rest of the run goes by TCP
    std::vector<Held> held_;
    std::size_t open_ = 0;
    Clock::time_point last_sign_ = Clock::now();  // of life, or the first question of those that are open
};

void DiagnosingResolver::ask(const Question& question, Handler handler) {
    if (open_++ == 0) last_sign_ = Clock::now();
    Resolver& resolver = tcp_answers_ ? *tcp_ : *resolver_;
    resolver.ask(question,
                 [this, handler = std::move(handler)](Answer&& answer) mutable { take(handler, std::move(answer)); });
}

void DiagnosingResolver::take(Handler& handler, Answer&& answer) {
    last_sign_ = Clock::now();
    const bool by_tcp = options_.tcp_only || tcp_answers_;
    switch (answer.outcome) {
        case Outcome::unreachable:
            if (auto why = answer.server ? lack_of_route(*answer.server) : std::nullopt) {
                answer.no_route = true;
                answer.detail = std::move(*why);
            }
            return deliver(handler, std::move(answer));
        case Outcome::timeout:
            if (options_.try_tcp && !by_tcp && answer.detail.empty()) return ask_by_tcp(handler, std::move(answer));
            return hold(handler, std::move(answer));
        case Outcome::refused: return hold(handler, std::move(answer));
        default: return deliver(handler, std::move(answer));
    }
}

void DiagnosingResolver::ask_by_tcp(Handler& handler, Answer&& silent) {
    if (!tcp_) {
        ResolverOptions once = options_;
        once.tcp_only = true;
        once.tries = 1;
        auto made = make_resolver(once);
        if (!made) return hold(handler, std::move(silent));
        tcp_ = std::move(*made);
        watched_.watch(*tcp_);
    }
    const Question question = silent.question;
    tcp_->ask(question, [this, handler = std::move(handler), silent = std::move(silent)](Answer&& answer) mutable {
        const bool says_nothing = answer.outcome == Outcome::timeout || answer.outcome == Outcome::unreachable ||
                                  answer.outcome == Outcome::not_sent;
        if (says_nothing) return hold(handler, std::move(silent));
        tcp_answers_ = true;
        answer.udp_silent = true;
        answer.tries += silent.tries;
        deliver(handler, std::move(answer));
    });
}

void DiagnosingResolver::hold(Handler& handler, Answer&& answer) {
    if (!probes_.begin(answer)) return deliver(handler, std::move(answer));
    held_.push_back({std::move(handler), std::move(answer)});
}

void DiagnosingResolver::deliver(Handler& handler, Answer&& answer) {
    --open_;
    handler(std::move(answer));
}

void DiagnosingResolver::deliver_held() {
    for (Held& failure : std::exchange(held_, {})) {
        if (probes_.may_become_known(failure.answer)) {
            held_.push_back(std::move(failure));
            continue;
        }
        probes_.tell(failure.answer);
        deliver(failure.handler, std::move(failure.answer));
    }
}

std::optional<PendingQuestion> DiagnosingResolver::longest_pending() const {
    auto pending = resolver_->longest_pending();
    return pending || !tcp_ ? pending : tcp_->longest_pending();
}

void DiagnosingResolver::progress(milliseconds longest) {
    watched_.wait(std::min(longest, next_timeout()));
    resolver_->progress(milliseconds(0));
    if (tcp_) tcp_->progress(milliseconds(0));
    if (watches_for_silence() && Clock::now() - last_sign_ >= options_.timeout) probes_.begin_all();
    probes_.progress();
    deliver_held();
}

milliseconds DiagnosingResolver::next_timeout() const {
    const auto left = [](Clock::time_point when) {
        return std::max(milliseconds(0), std::chrono::ceil<milliseconds>(when - Clock::now()));
    };
    milliseconds next = resolver_->next_timeout();
    if (tcp_) next = std::min(next, tcp_->next_timeout());
    if (watches_for_silence()) next = std::min(next, left(last_sign_ + options_.timeout));
    next = std::min(next, probes_.next_timeout(!held_.empty()));
    return next;
}

}  // namespace

Result<std::unique_ptr<Resolver>> make_diagnosing_resolver(const ResolverOptions& options) {
    auto resolver = make_resolver(options);
    if (!resolver) return resolver.error();
    return std::unique_ptr<Resolver>(std::make_unique<DiagnosingResolver>(std::move(*resolver), options));
}

}  // namespace fcrdns
