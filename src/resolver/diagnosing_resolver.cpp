// SPDX-License-Identifier: MIT
// Why a lookup failed, as far as this machine can tell: whether its server answers for the root's SOA, which every
// working resolver does, whether there is a way to it at all, and whether it answers by TCP where UDP stays silent.
// And whether one that did answer answers nothing any more, so that a list waits. Everything else is the resolver's
// that is asked.
#include <algorithm>
#include <utility>
#include <vector>

#include "fcrdns/resolver.hpp"
#include "resolver/absence.hpp"
#include "resolver/outage.hpp"
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

// A failure in a time when nothing may be answered.
struct Doubtful {
    Resolver::Handler handler;
    Answer answer;
    Clock::time_point asked_at;
};

class DiagnosingResolver final : public Resolver {
public:
    DiagnosingResolver(std::unique_ptr<Resolver> resolver, ResolverOptions options)
        : resolver_(std::move(resolver)), options_(std::move(options)), probes_(options_, watched_) {
        watched_.watch(*resolver_);
    }

    void ask(const Question& question, Handler handler) override;
    void progress(milliseconds longest) override;
    bool has_room() const override { return (outage_.may_begin() || resolver_->waiting()) && resolver_->has_room(); }
    std::size_t open_questions() const override { return open_; }
    int descriptor() const override { return watched_.descriptor(); }
    milliseconds next_timeout() const override;
    std::optional<ServerWait> waiting() const override;
    bool is_silent() const override { return probes_.none_works(); }
    std::optional<PendingQuestion> longest_pending() const override;

private:
    void send(const Question& question, Handler handler, Clock::time_point asked_at);
    void take(Handler& handler, Answer&& answer, Clock::time_point asked_at);
    void explain(Handler& handler, Answer&& answer);
    void ask_by_tcp(Handler& handler, Answer&& silent);
    void hold(Handler& handler, Answer&& answer);
    void deliver(Handler& handler, Answer&& answer);
    void deliver_held();
    bool watches_for_outage() const;
    void watch_outage();
    void settle_doubtful();
    bool watches_for_silence() const { return open_ != 0 && !probes_.all_begun(); }
    milliseconds longest_lookup() const { return options_.timeout * ((1U << options_.tries) - 1); }

    std::unique_ptr<Resolver> resolver_;
    ResolverOptions options_;
    ResolverSet watched_;
    ServerProbes probes_;
    std::unique_ptr<Resolver> tcp_;
    bool tcp_answers_ = false;  // where UDP is silent, the rest of the run goes by TCP
    std::vector<Held> held_;
    Outage outage_;
    std::unique_ptr<Resolver> outage_probe_;
    std::vector<Doubtful> doubtful_;
    std::size_t open_ = 0;
    Clock::time_point last_sign_ = Clock::now();  // of life, or the first question of those that are open
};

void DiagnosingResolver::ask(const Question& question, Handler handler) {
    if (open_++ == 0) {
        last_sign_ = Clock::now();
        outage_.begin_asking(last_sign_);
    }
    send(question, std::move(handler), Clock::now());
}

void DiagnosingResolver::send(const Question& question, Handler handler, Clock::time_point asked_at) {
    Resolver& resolver = tcp_answers_ ? *tcp_ : *resolver_;
    resolver.ask(question, [this, handler = std::move(handler), asked_at](Answer&& answer) mutable {
        take(handler, std::move(answer), asked_at);
    });
}

void DiagnosingResolver::take(Handler& handler, Answer&& answer, Clock::time_point asked_at) {
    last_sign_ = Clock::now();
    outage_.take(answer, last_sign_);
    const bool may_be_asked_again = !outage_.may_begin() && !is_definite(answer.outcome) && !options_.try_tcp;
    if (may_be_asked_again && asked_at + longest_lookup() > last_sign_) {
        doubtful_.push_back({std::move(handler), std::move(answer), asked_at});
        return;
    }
    explain(handler, std::move(answer));
}

void DiagnosingResolver::explain(Handler& handler, Answer&& answer) {
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
        const bool says_nothing = answer.outcome == Outcome::timeout || answer.outcome == Outcome::unreachable;
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

std::optional<ServerWait> DiagnosingResolver::waiting() const {
    if (!outage_.is_certain()) return resolver_->waiting();
    return ServerWait{options_.servers.front(), outage_.why(), Absence::limit};
}

// A single target has nothing else to ask, and its failure is looked into.
bool DiagnosingResolver::watches_for_outage() const {
    return !options_.try_tcp && !resolver_->waiting();
}

void DiagnosingResolver::watch_outage() {
    if (!watches_for_outage()) return outage_.set_aside(Clock::now());
    const Question* known = outage_.take_probe(open_, Clock::now());
    if (known == nullptr) return;
    ResolverOptions once = options_;
    once.tries = 1;
    once.timeout = probes_.patience();
    once.share_answers = false;
    auto made = make_resolver(once);
    if (!made) return outage_.set_aside(Clock::now());
    outage_probe_ = std::move(*made);
    watched_.watch(*outage_probe_);
    outage_probe_->ask(*known, [this](Answer&& answer) { outage_.probe_ended(answer, Clock::now()); });
}

// Once something is answered again they are asked again, unless their time is over; or it was their zones' fault.
void DiagnosingResolver::settle_doubtful() {
    for (Doubtful& failure : std::exchange(doubtful_, {})) {
        if (failure.asked_at + longest_lookup() <= Clock::now() || (outage_.may_begin() && !outage_.was_outage())) {
            explain(failure.handler, std::move(failure.answer));
        } else if (outage_.may_begin()) {
            send(failure.answer.question, std::move(failure.handler), failure.asked_at);
        } else {
            doubtful_.push_back(std::move(failure));
        }
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
    watch_outage();
    if (outage_probe_) outage_probe_->progress(milliseconds(0));
    settle_doubtful();
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
    if (outage_probe_) next = std::min(next, outage_probe_->next_timeout());
    if (const auto due = outage_.next_probe(open_); due && watches_for_outage()) next = std::min(next, left(*due));
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
