// SPDX-License-Identifier: MIT
// What comes of the attempts of a lookup, and what becomes of it then.
#include <algorithm>
#include <utility>

#include "resolver/cares_resolver.hpp"

namespace fcrdns {
namespace {

using std::chrono::milliseconds;

// Before a server that failed at once is asked again; doubled for each round.
constexpr milliseconds pause_before_retry{100};

std::size_t octets_of(const Answer& answer) {
    return answer.addresses.size() * sizeof(AddressRecord) + answer.names.size() * sizeof(NameRecord);
}

bool is_push_back(Outcome outcome) {
    return outcome == Outcome::servfail || outcome == Outcome::refused || outcome == Outcome::unreachable ||
           outcome == Outcome::not_sent;
}

}  // namespace

void CaresResolver::take_ended() {
    // Acting on an end may start an attempt that fails at once, and so adds another.
    while (!ended_.empty()) {
        taken_.swap(ended_);
        for (AttemptEnd& end : taken_) take_end(std::move(end));
        taken_.clear();
    }
}

void CaresResolver::take_end(AttemptEnd&& end) {
    Lookup* lookup = find(end.id);
    if (lookup == nullptr) return;
    const auto at = std::find_if(lookup->attempts.begin(), lookup->attempts.end(),
                                 [&](const Attempt& a) { return a.id == end.id; });
    if (at == lookup->attempts.end()) return;
    const Attempt attempt = *at;
    lookup->attempts.erase(at);
    if (end.kind == AttemptEnd::Kind::reply) {
        take_reply(end.id.lookup, std::move(end.reply), attempt);
    } else if (end.id.number == lookup->number) {
        take_loss(end.id.lookup, end, attempt);
    }
}

void CaresResolver::take_reply(std::uint32_t index, Reply&& reply, const Attempt& attempt) {
    Lookup& lookup = lookups_[index];
    if (absence_.heard(now_)) end_absence();
    const bool current = attempt.id.number == lookup.number;
    Answer& answer = reply.answer;
    largest_answer_ = std::max(largest_answer_, octets_of(answer));
    // A late answer to an earlier try counts; a late complaint does not, that server had its turn.
    if (!current && (!is_definite(answer.outcome) || reply.truncated)) return;
    if (current) {
        lookup.alone = false;
        lookup.reached = true;
        if (!reply.unreadable) lookup.nothing_read = false;
    }
    if (reply.truncated && !attempt.way.tcp) {
        lookup.tcp = lookup.cut = true;  // the same server once more, another way: not a try of the round
        return retry(index);
    }
    if (reply.truncated) answer = outcome_of(lookup, Outcome::malformed);  // cut even over TCP: never complete
    if (answer.outcome == Outcome::formerr && attempt.way.edns && current) {
        lookup.plain = true;
        lookup.extended_errors = std::move(answer.extended_errors);
        return retry(index);
    }
    // Without EDNS none can come.
    if (answer.outcome == Outcome::formerr && !attempt.way.edns) answer.extended_errors = lookup.extended_errors;
    answer.server = options_.servers[attempt.way.server];
    answer.transport = attempt.way.tcp ? Transport::tcp : Transport::udp;
    if (!is_definite(answer.outcome)) return try_next_server(index, std::move(answer));
    if (reply.chain_open && options_.recursion_desired) return follow_cname(index, answer);
    if (current && lookup.any_silent) {
        window_.lost(lookup.stretch);
    } else if (current && !lookup.pushed_back) {
        if (!lookup.in_flight) window_.not_lost();
        window_.answered(now_ - lookup.last_sent, now_);
    }
    finish(index, std::move(answer));
}

// A socket that others share ends for many reasons: with their replies unread, or because of one that c-ares cannot
// read. Alone, it is the question's own.
void CaresResolver::take_loss(std::uint32_t index, const AttemptEnd& end, const Attempt& attempt) {
    Lookup& lookup = lookups_[index];
    const bool unreadable = end.kind == AttemptEnd::Kind::unreadable;
    if (!unreadable) note_push_back(lookup);
    if (!attempt.way.alone) {
        lookup.alone = true;
        return retry(index);
    }
    if (!unreadable) lookup.nothing_read = false;
    Answer answer = unreadable ? outcome_of(lookup, Outcome::malformed) : failed_here(lookup, end.error);
    if (answer.outcome == Outcome::unreachable && lookup.cut)
        answer.detail = "answered, but cut short, and its TCP is closed";
    if (unreadable) {
        lookup.reached = true;
    } else if (lookup.server + 1 == options_.servers.size() && !lookup.reached && !lookup.cut &&
               absence_.begins(lookup.last_sent, end.error, now_)) {
        lookup.server = 0;
        begin_attempt(index);
        lookup.held = true;
        lookup.probing = false;
        held_.push_back(index);
        return;
    }
    try_next_server(index, std::move(answer));
}

// Once a lookup: what comes of asking again says whether it was too much.
void CaresResolver::note_push_back(Lookup& lookup) {
    if (!std::exchange(lookup.pushed_back, true)) window_.pushed_back(lookup.stretch, now_);
}

void CaresResolver::leave_window(Lookup& lookup) {
    if (lookup.in_flight) --in_flight_;
    lookup.in_flight = false;
}

// Ends the attempt; the next one begins where the lookup is put next.
void CaresResolver::begin_attempt(std::uint32_t index) {
    Lookup& lookup = lookups_[index];
    leave_window(lookup);
    ++lookup.number;
    lookup.queued = true;
}

void CaresResolver::retry(std::uint32_t index) {
    begin_attempt(index);
    if (lookups_[index].probing) {
        probes_.push_back(index);
    } else if (lookups_[index].alone) {
        alone_queue_.push_back(index);
    } else {
        queue_.push_front(index);
    }
}

void CaresResolver::follow_cname(std::uint32_t index, const Answer& answer) {
    Lookup& lookup = lookups_[index];
    // A late reply to the name left behind must not be read as one to the name asked now.
    lookup.drop_attempts();
    lookup.asked.walked = answer.cname_chain;
    lookup.asked.question.name = answer.final_name();
    lookup.round = 0;
    lookup.server = 0;
    lookup.tcp = options_.tcp_only;
    lookup.alone = lookup.cut = false;
    retry(index);
}

void CaresResolver::try_next_server(std::uint32_t index, Answer&& answer) {
    Lookup& lookup = lookups_[index];
    if (is_push_back(answer.outcome)) note_push_back(lookup);
    lookup.tcp = options_.tcp_only;
    lookup.alone = lookup.cut = false;
    lookup.plain = lookup.plain && options_.servers.size() == 1;  // the next server may understand EDNS
    if (++lookup.server < options_.servers.size()) return retry(index);
    next_round(index, std::move(answer));
}

void CaresResolver::next_round(std::uint32_t index, Answer&& answer) {
    Lookup& lookup = lookups_[index];
    lookup.server = 0;
    lookup.reached = lookup.probing = false;
    if (++lookup.round == options_.tries) {
        if (lookup.any_silent && lookup.nothing_read) window_.unanswered(now_);
        return finish(index, std::move(answer));
    }
    if (answer.outcome == Outcome::timeout) return retry(index);
    begin_attempt(index);
    const unsigned ended = lookup.round - 1;
    const std::chrono::steady_clock::duration pause =
        std::min<std::chrono::steady_clock::duration>(pause_before_retry * (1U << ended), timeout_of(ended) / 2);
    add_timer(pauses_[ended], {now_ + pause, {index, lookup.serial, lookup.number}});
}

void CaresResolver::finish(std::uint32_t index, Answer&& answer) {
    Lookup& lookup = lookups_[index];
    leave_window(lookup);
    lookup.queued = false;
    if (lookup.pushed_back) window_.pushed_back_ended(is_definite(answer.outcome));
    answer.tries = lookup.tries;
    answer.elapsed =
        std::chrono::duration_cast<std::chrono::microseconds>(std::max(now_, lookup.last_sent) - lookup.first_sent);
    if (answer.cname_chain.empty()) answer.cname_chain = std::move(lookup.asked.walked);
    lookup.drop_attempts();
    by_question_.erase(lookup.question);
    answer.question = lookup.question;
    if (options_.share_answers) cache_.keep(answer, now_);
    open_ -= 1 + lookup.more_handlers.size();
    for (Handler& handler : lookup.more_handlers) finished_.emplace_back(std::move(handler), Answer(answer));
    finished_.emplace_back(std::move(lookup.handler), std::move(answer));
    lookup.open = false;
    free_.push_back(index);
}

void CaresResolver::take_timeouts() {
    for (std::deque<Timer>& list : timeouts_) {
        while (!list.empty() && list.front().when <= now_) {
            const Timer timer = list.front();
            list.pop_front();
            if (!is_current(timer)) continue;
            Lookup& lookup = *find(timer.id);
            lookup.any_silent = lookup.reached = true;
            if (!lookup.attempts.empty()) leave_behind(lookup, lookup.attempts.back());
            Answer silence = outcome_of(lookup, Outcome::timeout);
            if (lookup.cut) silence.detail = "answered, but cut short, and its TCP is silent";
            try_next_server(timer.id.lookup, std::move(silence));
        }
    }
}

// A reply that still comes counts, but over TCP the connection may be stuck, and a socket of its own is wanted by
// others.
void CaresResolver::leave_behind(Lookup& lookup, const Attempt& attempt) {
    if (attempt.way.tcp) pool_.leave(attempt.channel);
    if (!attempt.way.alone) return;
    attempt.channel->drop(attempt.place, attempt.id);
    lookup.attempts.pop_back();
}

void CaresResolver::end_pauses() {
    for (std::deque<Timer>& list : pauses_) {
        while (!list.empty() && list.front().when <= now_) {
            const Timer timer = list.front();
            list.pop_front();
            if (is_current(timer)) queue_.push_back(timer.id.lookup);
        }
    }
}

void CaresResolver::end_absence() {
    for (auto* waiting : {&probes_, &held_}) {
        for (const std::uint32_t index : *waiting) {
            lookups_[index].probing = false;
            alone_queue_.push_back(index);
        }
        waiting->clear();
    }
}

}  // namespace fcrdns
