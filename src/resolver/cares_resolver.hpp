// SPDX-License-Identifier: MIT
// CaresResolver: the Resolver over c-ares: which server is asked next and when, what a
// reply means for the lookup, and how many questions are in flight. Callbacks of c-ares
// only note what came; progress() acts on it. What is sent stands in resolver.cpp, what
// comes of it in lookup_course.cpp.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "fcrdns/resolver.hpp"
#include "resolver/absence.hpp"
#include "resolver/channel_pool.hpp"
#include "resolver/forward_cache.hpp"
#include "resolver/lookup.hpp"
#include "resolver/rate_limit.hpp"
#include "resolver/window.hpp"

namespace fcrdns {

class CaresResolver final : public Resolver, private AttemptTaker {
public:
    explicit CaresResolver(ResolverOptions options);

    void ask(const Question& question, Handler handler) override;
    void progress(std::chrono::milliseconds longest) override;
    bool has_room() const override;
    std::size_t open_questions() const override { return open_ + finished_.size(); }
    int descriptor() const override { return pool_.descriptor(); }
    std::chrono::milliseconds next_timeout() const override;
    std::optional<ServerWait> waiting() const override;
    std::optional<PendingQuestion> longest_pending() const override;

private:
    using TimePoint = std::chrono::steady_clock::time_point;

    struct Finished {
        Finished(Handler&& of, Answer&& came) : handler(std::move(of)), answer(std::move(came)) {}
        Handler handler;
        Answer answer;
    };

    void send_queued();
    bool may_hold_more() const;
    bool send_next(std::deque<std::uint32_t>& queue, bool as_probe = false);
    void send(std::uint32_t index);
    void probe();
    void drop_overdue();
    void add_timer(std::deque<Timer>& list, const Timer& timer);
    void take_ended();
    void take_end(AttemptEnd&& end);
    void take_reply(std::uint32_t index, Reply&& reply, const Attempt& attempt);
    void take_loss(std::uint32_t index, const AttemptEnd& end, const Attempt& attempt);
    void take_timeouts();
    void leave_behind(Lookup& lookup, const Attempt& attempt);
    void end_pauses();
    void end_absence();
    void stop_counting_slow();
    void note_push_back(Lookup& lookup);
    void try_next_server(std::uint32_t index, Answer&& answer);
    void next_round(std::uint32_t index, Answer&& answer);
    void follow_cname(std::uint32_t index, const Answer& answer);
    void finish(std::uint32_t index, Answer&& answer);
    void deliver();
    void begin_attempt(std::uint32_t index);
    void retry(std::uint32_t index);
    void leave_window(Lookup& lookup);
    const Asked* asked(const AttemptId& id) const override;
    void take(AttemptEnd&& end) override { ended_.push_back(std::move(end)); }
    Lookup* find(const AttemptId& id);
    bool is_current(const Timer& timer);
    Answer outcome_of(const Lookup& lookup, Outcome outcome) const;
    Answer failed_here(const Lookup& lookup, int error) const;
    std::chrono::milliseconds timeout_of(unsigned round) const { return options_.timeout * (1U << round); }
    std::chrono::milliseconds longest_lookup() const { return timeout_of(options_.tries) - options_.timeout; }
    bool may_send() const { return !options_.rate || options_.rate->may_send(); }

    ResolverOptions options_;
    ChannelPool pool_;
    Window window_;
    ForwardCache cache_;
    Absence absence_;
    std::deque<Lookup> lookups_;
    std::vector<std::uint32_t> free_;
    std::unordered_map<Question, std::uint32_t, QuestionHash> by_question_;
    std::deque<std::uint32_t> queue_;          // to be sent when the window allows
    std::deque<std::uint32_t> alone_queue_;    // the same, each on a socket of its own
    std::deque<std::uint32_t> held_;           // until the servers are back
    std::deque<std::uint32_t> probes_;         // of these, what goes on to the next server
    std::vector<std::deque<Timer>> timeouts_;  // one list a round: each has one duration, so each is sorted
    std::vector<std::deque<Timer>> pauses_;    // the same: to be asked again
    std::deque<Timer> flights_;                // in the order of sending, to be counted no more when slow
    std::vector<AttemptEnd> ended_;
    std::vector<AttemptEnd> taken_;  // reuses the memory of the other
    std::vector<Finished> finished_;
    std::vector<Finished> delivered_;  // reuses the memory of the other
    std::size_t open_ = 0;             // handlers that wait for a reply
    std::size_t in_flight_ = 0;
    std::size_t largest_answer_ = 0;  // octets that were kept of one
    std::uint32_t next_serial_ = 1;
    TimePoint now_ = std::chrono::steady_clock::now();
};

}  // namespace fcrdns
