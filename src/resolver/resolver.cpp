// SPDX-License-Identifier: MIT
// What is asked, when, and by which way.
#include "resolver/cares_resolver.hpp"

#include <poll.h>

#include <algorithm>
#include <cerrno>
#include <utility>

#include "resolver/shortage.hpp"

namespace fcrdns {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// Measured against servers on the same machine: from 4,000 to 5,000 on their sockets lose questions, and
// without latency 1,000 keep one as busy as it can be. Over 20 ms of latency 1,000 would leave it idle.
constexpr std::size_t default_jobs = 4000;
constexpr std::size_t calm_jobs = 1000;
// Slow questions and those who wait for the same one cost memory, not packets; this bounds them well below the IDs of
// the channels.
constexpr std::size_t most_open = 50000;
// Ten times as many cost 15 % of the processor time of a list whose names all differ: each is written to memory that
// has left the processor's caches.
constexpr std::size_t answers_kept = 1000;
constexpr std::size_t most_dead_timers = 4096;
constexpr std::size_t most_octets_held = std::size_t{64} << 20U;

}  // namespace

CaresResolver::CaresResolver(ResolverOptions options)
    : options_(std::move(options)),
      pool_(*this, options_.servers, {options_.recursion_desired, options_.checking_disabled}),
      window_(options_.jobs != 0 ? options_.jobs : default_jobs, options_.jobs != 0 ? options_.jobs : calm_jobs),
      cache_(options_.share_answers ? answers_kept : 0),
      timeouts_(options_.tries),
      pauses_(options_.tries) {}

void CaresResolver::ask(const Question& question, Handler handler) {
    if (const Answer* known = options_.share_answers ? cache_.find(question, now_) : nullptr) {
        finished_.emplace_back(std::move(handler), Answer(*known));
        return;
    }
    ++open_;
    const auto [known, is_new] = by_question_.try_emplace(question);
    if (!is_new) {
        lookups_[known->second].more_handlers.push_back(std::move(handler));
        return;
    }
    if (free_.empty()) {
        free_.push_back(static_cast<std::uint32_t>(lookups_.size()));
        lookups_.emplace_back();
    }
    const std::uint32_t index = known->second = free_.back();
    free_.pop_back();
    lookups_[index].start(question, std::move(handler), next_serial_++, options_.tcp_only);
    queue_.push_back(index);
    send_queued();
}

bool CaresResolver::has_room() const {
    // One question may find out whether the servers are back.
    if (absence_.is_away()) return open_ == 0;
    return queue_.empty() && alone_queue_.empty() && in_flight_ < window_.size() && open_ < most_open &&
           finished_.size() < window_.size() && may_send();
}

std::optional<ServerWait> CaresResolver::waiting() const {
    if (!absence_.is_away() && !absence_.is_given_up()) return std::nullopt;
    return ServerWait{options_.servers.front(), error_text(absence_.error()), Absence::limit, absence_.is_given_up()};
}

std::optional<PendingQuestion> CaresResolver::longest_pending() const {
    const Lookup* longest = nullptr;
    for (const Lookup& lookup : lookups_) {
        if (!lookup.open || lookup.tries == 0) continue;
        if (longest == nullptr || lookup.first_sent < longest->first_sent) longest = &lookup;
    }
    if (longest == nullptr) return std::nullopt;
    const bool silent = (longest->any_silent && longest->round != 0) || now_ - longest->last_sent >= milliseconds(1000);
    return PendingQuestion{longest->question, options_.servers[longest->server], longest->round + 1, options_.tries,
                           silent};
}

// False where nothing was in the queue. A lookup may stand there that a late reply has ended, or that was sent from
// another place.
bool CaresResolver::send_next(std::deque<std::uint32_t>& queue, bool as_probe) {
    while (!queue.empty()) {
        const std::uint32_t index = queue.front();
        queue.pop_front();
        if (!std::exchange(lookups_[index].queued, false)) continue;
        if (as_probe) lookups_[index].probing = true;
        send(index);
        return true;
    }
    return false;
}

// Over TCP answers may be large, and c-ares hands on all that have come at once.
bool CaresResolver::may_hold_more() const {
    return largest_answer_ * pool_.live_over_tcp() < most_octets_held;
}

void CaresResolver::send_queued() {
    if (absence_.is_away()) return probe();
    while (in_flight_ < window_.size() && may_send() && may_hold_more()) {
        if (pool_.may_ask_alone() && send_next(alone_queue_)) continue;
        if (!send_next(queue_)) return;
    }
}

// Those that were lost when the servers went away are asked first; each waits no longer than its tries would take.
void CaresResolver::probe() {
    if (absence_.give_up(now_)) return end_absence();
    while (send_next(probes_)) {
    }
    if (!absence_.take_probe(now_)) return;
    drop_overdue();
    for (auto* waiting : {&held_, &alone_queue_, &queue_}) {
        if (send_next(*waiting, true)) return;
    }
}

void CaresResolver::drop_overdue() {
    std::deque<std::uint32_t> held;
    held.swap(held_);
    for (const std::uint32_t index : held) {
        Lookup& lookup = lookups_[index];
        if (!lookup.held) continue;
        if (now_ - lookup.first_sent < longest_lookup()) {
            held_.push_back(index);
            continue;
        }
        Answer answer = outcome_of(lookup, Outcome::unreachable);
        answer.detail = error_text(absence_.error());
        finish(index, std::move(answer));
    }
}

void CaresResolver::send(std::uint32_t index) {
    Lookup& lookup = lookups_[index];
    // Silence to EDNS may be a middlebox's; the very last try goes without.
    const bool last_round = lookup.round + 1 == options_.tries;
    const bool edns = !lookup.plain && !(last_round && lookup.nothing_read && lookup.tries > 0);
    const Way way{lookup.server, lookup.tcp, edns, lookup.alone};
    lookup.last_sent = Clock::now();
    if (lookup.tries == 0) {
        lookup.first_sent = lookup.last_sent;
        lookup.stretch = window_.sent();
    }
    if (!lookup.alone) ++lookup.tries;
    lookup.held = false;
    lookup.in_flight = true;
    ++in_flight_;
    if (options_.rate) options_.rate->note_sent();
    CaresChannel* channel = pool_.pick(way, window_.size());
    if (channel == nullptr) {
        const bool has_zone = !options_.servers[lookup.server].zone.empty();
        return try_next_server(index, failed_here(lookup, has_zone ? ENODEV : ENOMEM));
    }
    const AttemptId id{index, lookup.serial, lookup.number};
    lookup.attempts.push_back({id, channel, channel->send(lookup.asked.question, id), way});
    add_timer(timeouts_[lookup.round], {lookup.last_sent + timeout_of(lookup.round), id});
    add_timer(flights_, {lookup.last_sent, id});
}

// Most questions are answered long before their time is over: timers that mean nothing any more are purged when they
// are the most.
void CaresResolver::add_timer(std::deque<Timer>& list, const Timer& timer) {
    list.push_back(timer);
    if (list.size() < most_dead_timers + 2 * open_) return;
    std::erase_if(list, [&](const Timer& t) { return !is_current(t); });
}

void CaresResolver::progress(milliseconds longest) {
    pollfd waited{pool_.descriptor(), POLLIN, 0};
    const milliseconds patience = std::min(longest, next_timeout());
    if (patience > milliseconds(0)) (void)poll(&waited, 1, static_cast<int>(patience.count()));
    // What has arrived is read before any clock is looked at: a program that was stopped for a
    // minute must not take answers that are already here for time-outs.
    pool_.process();
    now_ = Clock::now();
    take_ended();
    pool_.tidy();  // now, while every attempt of a lookup is one that its channel waits for
    take_timeouts();
    end_pauses();
    stop_counting_slow();
    if (options_.rate) options_.rate->refill(now_);
    send_queued();
    deliver();
}

Lookup* CaresResolver::find(const AttemptId& id) {
    Lookup& lookup = lookups_[id.lookup];
    return lookup.open && lookup.serial == id.serial ? &lookup : nullptr;
}

bool CaresResolver::is_current(const Timer& timer) {
    const Lookup* lookup = find(timer.id);
    return lookup != nullptr && lookup->number == timer.id.number;
}

const Asked* CaresResolver::asked(const AttemptId& id) const {
    const Lookup& lookup = lookups_[id.lookup];
    return lookup.open && lookup.serial == id.serial ? &lookup.asked : nullptr;
}

Answer CaresResolver::outcome_of(const Lookup& lookup, Outcome outcome) const {
    Answer answer;
    answer.outcome = outcome;
    answer.server = options_.servers[lookup.server];
    answer.transport = lookup.tcp ? Transport::tcp : Transport::udp;
    return answer;
}

// Nothing came of an attempt, for a reason of the operating system's.
Answer CaresResolver::failed_here(const Lookup& lookup, int error) const {
    Answer answer = outcome_of(lookup, is_shortage(error) ? Outcome::not_sent : Outcome::unreachable);
    if (error != 0) answer.detail = error_text(error);
    return answer;
}

void CaresResolver::deliver() {
    // A handler may ask on, and what is known already finishes at once: that waits for the next round.
    delivered_.swap(finished_);
    for (Finished& finished : delivered_) finished.handler(std::move(finished.answer));
    delivered_.clear();
}

void CaresResolver::stop_counting_slow() {
    while (!flights_.empty() && flights_.front().when + window_.patience() <= now_) {
        const Timer timer = flights_.front();
        flights_.pop_front();
        if (!is_current(timer)) continue;
        Lookup& lookup = *find(timer.id);
        if (lookup.round == 0) {
            window_.slow();
        } else {
            window_.not_lost();
        }
        leave_window(lookup);
    }
}

milliseconds CaresResolver::next_timeout() const {
    if (!finished_.empty() || !ended_.empty()) return milliseconds(0);
    std::optional<Clock::time_point> next;
    const auto consider = [&](Clock::time_point when) { next = std::min(next.value_or(when), when); };
    for (const auto* lists : {&timeouts_, &pauses_}) {
        for (const auto& list : *lists) {
            if (!list.empty()) consider(list.front().when);
        }
    }
    if (!flights_.empty()) consider(flights_.front().when + window_.patience());
    if (absence_.is_away()) consider(absence_.next_probe());
    if (!may_send()) consider(options_.rate->next());
    if (!next) return milliseconds(1000);
    return std::clamp(std::chrono::ceil<milliseconds>(*next - Clock::now()), milliseconds(0), milliseconds(1000));
}

Result<std::unique_ptr<Resolver>> make_resolver(const ResolverOptions& options) {
    static const int initialised = ares_library_init(ARES_LIB_INIT_ALL);
    if (initialised != ARES_SUCCESS) return Error{std::string("c-ares cannot start: ") + ares_strerror(initialised)};
    if (options.servers.empty()) return Error{"no server to ask"};
    if (options.tries == 0 || options.timeout <= milliseconds(0)) return Error{"no try, or no time for it"};
    auto resolver = std::make_unique<CaresResolver>(options);
    if (resolver->descriptor() < 0) return Error{error_text(errno)};
    return Result<std::unique_ptr<Resolver>>(std::move(resolver));
}

std::string cares_version() {
    return ares_version(nullptr);
}

}  // namespace fcrdns
