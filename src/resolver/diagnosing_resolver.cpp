// SPDX-License-Identifier: MIT
// Why a lookup failed, as far as this machine can tell: whether its server answers for the root's SOA, which every
// working resolver does, whether there is a way to it at all, and whether it answers by TCP where UDP stays silent.
// Everything else is the resolver's that is asked.
#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "fcrdns/resolver.hpp"
#include "resolver/route.hpp"

namespace fcrdns {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// What is known of one server, and how it is being found out.
struct Probe {
    Endpoint server;
    std::unique_ptr<Resolver> resolver = {};
    Clock::time_point asked = {};
    bool begun = false;
    std::optional<bool> works = {};
    std::optional<std::uint16_t> rcode = {};  // of what it said where it does not
};

// A failure that waits for what is found out about its server.
struct Held {
    Resolver::Handler handler;
    Answer answer;
};

class DiagnosingResolver final : public Resolver {
public:
    DiagnosingResolver(std::unique_ptr<Resolver> resolver, ResolverOptions options)
        : resolver_(std::move(resolver)), options_(std::move(options)), epoll_(epoll_create1(EPOLL_CLOEXEC)) {
        watch(*resolver_);
        for (const Endpoint& server : options_.servers) probes_.push_back({server});
    }
    DiagnosingResolver(const DiagnosingResolver&) = delete;
    DiagnosingResolver& operator=(const DiagnosingResolver&) = delete;
    ~DiagnosingResolver() override { close(epoll_); }

    void ask(const Question& question, Handler handler) override;
    void progress(milliseconds longest) override;
    bool has_room() const override { return resolver_->has_room(); }
    std::size_t open_questions() const override { return open_; }
    int descriptor() const override { return epoll_; }
    milliseconds next_timeout() const override;
    std::optional<ServerWait> waiting() const override { return resolver_->waiting(); }
    bool is_silent() const override;
    std::optional<PendingQuestion> longest_pending() const override;

private:
    void watch(const Resolver& resolver);
    void take(Handler& handler, Answer&& answer);
    void ask_by_tcp(Handler& handler, Answer&& silent);
    void hold(Handler& handler, Answer&& answer);
    void deliver(Handler& handler, Answer&& answer);
    void deliver_held();
    void begin(Probe& probe);
    Probe* probe_of(const Answer& answer);
    bool may_become_known(const Probe& probe) const;
    bool watches_for_silence() const;
    // A working resolver has the root's SOA at hand.
    milliseconds patience() const { return std::min(options_.timeout, milliseconds(1000)); }

    std::unique_ptr<Resolver> resolver_;
    ResolverOptions options_;
    int epoll_;
    std::vector<Probe> probes_;
    std::unique_ptr<Resolver> tcp_;
    bool tcp_answers_ = false;  // where UDP is silent, the rest of the run goes by TCP
    std::vector<Held> held_;
    std::size_t open_ = 0;
    Clock::time_point last_sign_ = Clock::now();  // of life, or the first question of those that are open
};

void DiagnosingResolver::watch(const Resolver& resolver) {
    if (resolver.descriptor() < 0) return;
    epoll_event event{};
    event.events = EPOLLIN;
    (void)epoll_ctl(epoll_, EPOLL_CTL_ADD, resolver.descriptor(), &event);
}

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
        watch(*tcp_);
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

Probe* DiagnosingResolver::probe_of(const Answer& answer) {
    const auto at = std::find_if(probes_.begin(), probes_.end(),
                                 [&](const Probe& probe) { return answer.server && probe.server == *answer.server; });
    return at == probes_.end() ? nullptr : &*at;
}

bool DiagnosingResolver::may_become_known(const Probe& probe) const {
    return !probe.works && probe.resolver && Clock::now() - probe.asked < patience();
}

void DiagnosingResolver::hold(Handler& handler, Answer&& answer) {
    Probe* probe = probe_of(answer);
    if (probe == nullptr) return deliver(handler, std::move(answer));
    begin(*probe);
    held_.push_back({std::move(handler), std::move(answer)});
}

void DiagnosingResolver::begin(Probe& probe) {
    if (std::exchange(probe.begun, true)) return;
    ResolverOptions alone = options_;
    alone.servers = {probe.server};
    auto made = make_resolver(alone);
    if (!made) return;
    probe.resolver = std::move(*made);
    probe.asked = Clock::now();
    watch(*probe.resolver);
    // Without a network systemd-resolved says that the root has no SOA record. The list of probes does not change.
    probe.resolver->ask({DnsName(), RecordType::soa}, [&probe](Answer&& answer) {
        probe.works = answer.outcome == Outcome::records;
        if (!*probe.works) probe.rcode = answer.rcode;
    });
}

void DiagnosingResolver::deliver(Handler& handler, Answer&& answer) {
    --open_;
    handler(std::move(answer));
}

void DiagnosingResolver::deliver_held() {
    std::vector<Held> held = std::exchange(held_, {});
    for (Held& failure : held) {
        const Probe& probe = *probe_of(failure.answer);
        if (may_become_known(probe)) {
            held_.push_back(std::move(failure));
            continue;
        }
        failure.answer.server_works = probe.works.value_or(false);
        // Who refuses this question as well as the root does not serve this machine, and no more can be said.
        failure.answer.server_talks = probe.rcode && probe.rcode != failure.answer.rcode;
        deliver(failure.handler, std::move(failure.answer));
    }
}

bool DiagnosingResolver::watches_for_silence() const {
    return open_ != 0 && std::any_of(probes_.begin(), probes_.end(), [](const Probe& p) { return !p.begun; });
}

bool DiagnosingResolver::is_silent() const {
    return std::all_of(probes_.begin(), probes_.end(),
                       [](const Probe& p) { return p.begun && !p.works.value_or(false); });
}

std::optional<PendingQuestion> DiagnosingResolver::longest_pending() const {
    auto pending = resolver_->longest_pending();
    return pending || !tcp_ ? pending : tcp_->longest_pending();
}

void DiagnosingResolver::progress(milliseconds longest) {
    const milliseconds wait = std::min(longest, next_timeout());
    epoll_event event{};
    if (wait > milliseconds(0)) (void)epoll_wait(epoll_, &event, 1, static_cast<int>(wait.count()));
    resolver_->progress(milliseconds(0));
    if (tcp_) tcp_->progress(milliseconds(0));
    if (watches_for_silence() && Clock::now() - last_sign_ >= options_.timeout) {
        for (Probe& probe : probes_) begin(probe);
    }
    for (Probe& probe : probes_) {
        if (!probe.resolver) continue;
        probe.resolver->progress(milliseconds(0));
        if (probe.works) probe.resolver.reset();
    }
    deliver_held();
}

milliseconds DiagnosingResolver::next_timeout() const {
    const auto left = [](Clock::time_point when) {
        return std::max(milliseconds(0), std::chrono::ceil<milliseconds>(when - Clock::now()));
    };
    milliseconds next = resolver_->next_timeout();
    if (tcp_) next = std::min(next, tcp_->next_timeout());
    if (watches_for_silence()) next = std::min(next, left(last_sign_ + options_.timeout));
    for (const Probe& probe : probes_) {
        if (!probe.resolver) continue;
        next = std::min(next, probe.resolver->next_timeout());
        if (!held_.empty() && may_become_known(probe)) next = std::min(next, left(probe.asked + patience()));
    }
    return next;
}

}  // namespace

Result<std::unique_ptr<Resolver>> make_diagnosing_resolver(const ResolverOptions& options) {
    auto resolver = make_resolver(options);
    if (!resolver) return resolver.error();
    return std::unique_ptr<Resolver>(std::make_unique<DiagnosingResolver>(std::move(*resolver), options));
}

}  // namespace fcrdns
