// SPDX-License-Identifier: MIT
// The resolver over c-ares: which server is asked next and when, what a reply
// means for the question, and how many questions are in flight.
#include "fcrdns/resolver.hpp"

#include <poll.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <deque>
#include <optional>
#include <utility>

#include "resolver/cares_transport.hpp"
#include "resolver/flow_control.hpp"
#include "resolver/message.hpp"
#include "resolver/question_index.hpp"
#include "resolver/server_channels.hpp"
#include "resolver/shared_answers.hpp"

namespace fcrdns {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// Measured against servers on the same machine: from 4,000 to 5,000 on their sockets lose questions, and
// without latency 1,000 keep one as busy as it can be. Over 20 ms of latency 1,000 would leave it idle.
constexpr std::size_t default_jobs = 4000;
constexpr std::size_t calm_jobs = 1000;
// Parked questions and those who wait for the same one cost memory, not packets; this bounds them well below the IDs of
// the channels.
constexpr std::size_t most_open = 50000;
constexpr std::size_t answers_shared = 10000;
constexpr std::size_t most_dead_timers = 4096;

// A query on the wire whose reply is still wanted, and whom it went to.
struct Sent {
    std::uint32_t attempt;
    Channel* channel;
    std::uint32_t handle;
    std::size_t server;
    Transport transport;
};

// How far a question has come.
struct Course {
    std::uint32_t attempt = 0;  // the one whose time-out counts; a new one begins where another ends
    unsigned round = 0;
    std::size_t server = 0;
    unsigned tries = 0;
    bool open = false;
    bool queued = false;
    bool in_flight = false;
    bool tcp = false;
    bool edns = true;
    bool plain = false;  // the server does not understand EDNS
    bool all_silent = true;
    bool any_silent = false;
};

// A question on its way, from ask() to its handlers.
struct Open : Course {
    Question question;
    std::size_t hash = 0;  // of the question
    Question current;      // on the wire: the end of the chain once that is asked on
    Resolver::Handler handler;
    std::vector<Resolver::Handler> more_handlers;  // of those who asked the same meanwhile
    std::uint32_t serial = 0;
    Clock::time_point first_sent;
    Clock::time_point last_sent;
    std::vector<Sent> sent;
    std::vector<Alias> chain;  // walked before asking on; not empty once that is done

    // A place in the pool is used again, and with it the room that its lists have.
    void start(const HashedQuestion& wanted, Resolver::Handler&& wanted_by, std::uint32_t number, bool by_tcp) {
        question = current = wanted.question;
        hash = wanted.hash;
        handler = std::move(wanted_by);
        more_handlers.clear();
        sent.clear();
        chain.clear();
        serial = number;
        static_cast<Course&>(*this) = Course();
        open = queued = true;
        tcp = by_tcp;
    }
    const Question& asked() const { return question; }
};

struct Finished {
    Resolver::Handler handler;
    Answer answer;
};

struct Timer {
    Clock::time_point when;
    QueryToken token;
};

class CaresResolver final : public Resolver {
public:
    CaresResolver(ResolverOptions options, std::unique_ptr<CaresTransport> transport)
        : options_(std::move(options)),
          transport_(std::move(transport)),
          flow_(options_.jobs != 0 ? options_.jobs : default_jobs, options_.jobs != 0 ? options_.jobs : calm_jobs),
          shared_(options_.share_answers ? answers_shared : 0),
          timeouts_(options_.tries),
          tokens_(burst()) {
        for (const Endpoint& server : options_.servers) servers_.emplace_back(*transport_, server);
    }

    void ask(const Question& question, Handler handler) override;
    void progress(milliseconds longest) override;
    bool has_room() const override {
        return queue_.empty() && in_flight_ < flow_.window() && open_ < most_open &&
               finished_.size() < flow_.window() && may_send();
    }
    std::size_t open_questions() const override { return open_ + finished_.size(); }
    int descriptor() const override { return transport_->descriptor(); }
    milliseconds next_timeout() const override;

private:
    void pump();
    void send(std::uint32_t index);
    void add_timer(std::deque<Timer>& list, const Timer& timer);
    void take_events();
    void take_reply(const TransportEvent& event, Open& open, const Sent& sent);
    void expire();
    void park();
    void failed(std::uint32_t index, Answer&& answer);
    void ask_on(std::uint32_t index, const Answer& answer);
    void finish(std::uint32_t index, Answer&& answer);
    void deliver();
    void queue(std::uint32_t index);
    void land(Open& open);
    void forget(Open& open);
    Open* find(const QueryToken& token);
    Answer outcome_of(const Open& open, Outcome outcome) const;
    milliseconds timeout_of(unsigned round) const { return options_.timeout * (1U << round); }
    double burst() const { return std::max(1.0, static_cast<double>(options_.rate) / 50.0); }
    bool may_send() const { return options_.rate == 0 || tokens_ >= 1.0; }
    void refill();

    ResolverOptions options_;
    std::unique_ptr<CaresTransport> transport_;
    std::vector<ServerChannels> servers_;
    FlowControl flow_;
    SharedAnswers shared_;
    std::deque<Open> pool_;
    std::vector<std::uint32_t> free_;
    QuestionIndex<std::deque<Open>> by_question_{pool_};
    std::deque<std::uint32_t> queue_;          // to be sent when there is room
    std::vector<std::deque<Timer>> timeouts_;  // one list a round: each has one duration, so each is sorted
    std::deque<Timer> flights_;                // in the order of sending, to be parked
    std::vector<Finished> finished_;
    std::vector<Finished> delivered_;  // the room of the one serves the other
    std::size_t open_ = 0;             // handlers that wait for a reply
    std::size_t in_flight_ = 0;
    std::uint32_t next_serial_ = 1;
    Clock::time_point now_ = Clock::now();
    Clock::time_point refilled_ = now_;
    double tokens_;
};

void CaresResolver::ask(const Question& question, Handler handler) {
    if (const Answer* known = options_.share_answers ? shared_.find(question, now_) : nullptr) {
        finished_.push_back({std::move(handler), *known});
        return;
    }
    ++open_;
    const HashedQuestion wanted(question);
    if (const auto place = by_question_.find(wanted)) {
        pool_[*place].more_handlers.push_back(std::move(handler));
        return;
    }
    std::uint32_t index = 0;
    if (free_.empty()) {
        index = static_cast<std::uint32_t>(pool_.size());
        pool_.emplace_back();
    } else {
        index = free_.back();
        free_.pop_back();
    }
    Open& open = pool_[index];
    open.start(wanted, std::move(handler), next_serial_++, options_.tcp_only);
    by_question_.insert(index);
    queue_.push_back(index);
    pump();
}

void CaresResolver::refill() {
    if (options_.rate == 0) return;
    const double seconds = std::chrono::duration<double>(now_ - refilled_).count();
    tokens_ = std::min(burst(), tokens_ + seconds * static_cast<double>(options_.rate));
    refilled_ = now_;
}

void CaresResolver::pump() {
    while (!queue_.empty() && in_flight_ < flow_.window() && may_send()) {
        const std::uint32_t index = queue_.front();
        queue_.pop_front();
        // A late reply may have ended the question meanwhile.
        if (std::exchange(pool_[index].queued, false)) send(index);
    }
}

void CaresResolver::send(std::uint32_t index) {
    Open& open = pool_[index];
    // Silence to EDNS may be a middlebox; the very last try goes without.
    const bool last_round = open.round + 1 == options_.tries;
    open.edns = !open.plain && !(last_round && open.all_silent && open.tries > 0);
    Channel* channel = servers_[open.server].pick(open.tcp ? Transport::tcp : Transport::udp, flow_.window());
    open.last_sent = Clock::now();
    if (open.tries == 0) open.first_sent = open.last_sent;
    ++open.tries;
    open.in_flight = true;
    ++in_flight_;
    tokens_ -= 1.0;
    if (channel == nullptr) {
        Answer answer = outcome_of(open, Outcome::unreachable);
        answer.detail = std::strerror(ENOMEM);
        return failed(index, std::move(answer));
    }
    const QueryToken token{index, open.serial, open.attempt};
    QueryOctets query =
        encode_query(open.current, 0, open.edns, options_.recursion_desired, options_.checking_disabled);
    const std::uint32_t sent = channel->send(open.current, query, token);
    open.sent.push_back({open.attempt, channel, sent, open.server, open.tcp ? Transport::tcp : Transport::udp});
    add_timer(timeouts_[open.round], {open.last_sent + timeout_of(open.round), token});
    add_timer(flights_, {open.last_sent, token});
}

// Most questions are answered long before their time is over: their timers go when they are the most.
void CaresResolver::add_timer(std::deque<Timer>& list, const Timer& timer) {
    list.push_back(timer);
    if (list.size() < most_dead_timers + 2 * open_) return;
    std::erase_if(list, [&](const Timer& t) {
        const Open* open = find(t.token);
        return open == nullptr || open->attempt != t.token.attempt;
    });
}

void CaresResolver::progress(milliseconds longest) {
    pollfd waited{transport_->descriptor(), POLLIN, 0};
    const milliseconds patience = std::min(longest, next_timeout());
    if (patience > milliseconds(0)) (void)poll(&waited, 1, static_cast<int>(patience.count()));
    // What has arrived is read before any clock is looked at: a program that was stopped for a
    // minute must not take answers that are already here for time-outs.
    transport_->process();
    now_ = Clock::now();
    take_events();
    expire();
    park();
    refill();
    pump();
    for (ServerChannels& server : servers_) server.tidy();
    deliver();
}

Open* CaresResolver::find(const QueryToken& token) {
    Open& open = pool_[token.index];
    return open.open && open.serial == token.serial ? &open : nullptr;
}

Answer CaresResolver::outcome_of(const Open& open, Outcome outcome) const {
    Answer answer;
    answer.outcome = outcome;
    answer.server = options_.servers[open.server];
    answer.transport = open.tcp ? Transport::tcp : Transport::udp;
    return answer;
}

void CaresResolver::take_events() {
    // Sending while events are taken may add some (a refused connection): by index, not by iterator.
    for (std::size_t i = 0; i < transport_->events().size(); ++i) {
        const TransportEvent event = transport_->events()[i];
        Open* open = find(event.token);
        if (open == nullptr) continue;
        const auto at = std::find_if(open->sent.begin(), open->sent.end(),
                                     [&](const Sent& s) { return s.attempt == event.token.attempt; });
        if (at == open->sent.end()) continue;
        const Sent sent = *at;
        open->sent.erase(at);
        if (event.kind == TransportEvent::Kind::reply) {
            take_reply(event, *open, sent);
            continue;
        }
        if (sent.attempt != open->attempt) continue;
        Answer answer = outcome_of(*open, Outcome::unreachable);
        if (event.error != 0) answer.detail = std::strerror(event.error);
        open->all_silent = false;
        failed(event.token.index, std::move(answer));
    }
    transport_->clear();
}

void CaresResolver::take_reply(const TransportEvent& event, Open& open, const Sent& sent) {
    const std::uint32_t index = event.token.index;
    const std::string_view octets = transport_->octets(event);
    Reply reply =
        read_reply({reinterpret_cast<const std::uint8_t*>(octets.data()), octets.size()}, open.current, open.chain);
    const bool current = sent.attempt == open.attempt;
    Answer& answer = reply.answer;
    // A late answer to an earlier try counts; a late complaint does not, that server had its turn.
    if (!current && (!is_definite(answer.outcome) || reply.truncated)) return;
    if (current) open.all_silent = false;
    const bool cut = answer.outcome == Outcome::malformed && octets.size() == 512;
    if (sent.transport == Transport::udp && (reply.truncated || cut)) {
        open.tcp = true;  // the same server once more, another way: not a try of the round
        return queue(index);
    }
    if (reply.truncated) answer = outcome_of(open, Outcome::malformed);  // cut even over TCP: never complete
    if (answer.outcome == Outcome::formerr && open.edns && current) {
        open.plain = true;
        return queue(index);
    }
    answer.server = options_.servers[sent.server];
    answer.transport = sent.transport;
    if (!is_definite(answer.outcome)) return failed(index, std::move(answer));
    if (reply.chain_open && options_.recursion_desired) return ask_on(index, answer);
    if (open.any_silent && current) {
        flow_.lost(now_);
    } else if (current) {
        flow_.answered(now_ - open.last_sent);
    }
    finish(index, std::move(answer));
}

void CaresResolver::land(Open& open) {
    if (open.in_flight) --in_flight_;
    open.in_flight = false;
}

void CaresResolver::forget(Open& open) {
    for (const Sent& sent : open.sent) sent.channel->forget(sent.handle);
    open.sent.clear();
}

// Ends the attempt and lets the next one begin as soon as it may.
void CaresResolver::queue(std::uint32_t index) {
    Open& open = pool_[index];
    land(open);
    ++open.attempt;
    if (!std::exchange(open.queued, true)) queue_.push_front(index);
}

void CaresResolver::ask_on(std::uint32_t index, const Answer& answer) {
    Open& open = pool_[index];
    // A late reply to the name left behind must not be read as one to the name asked now.
    forget(open);
    open.chain = answer.cname_chain;
    open.current.name = answer.final_name();
    open.round = 0;
    open.server = 0;
    open.tcp = options_.tcp_only;
    queue(index);
}

void CaresResolver::failed(std::uint32_t index, Answer&& answer) {
    Open& open = pool_[index];
    open.tcp = options_.tcp_only;
    open.plain = open.plain && options_.servers.size() == 1;  // the next server may understand EDNS
    if (++open.server == options_.servers.size()) {
        open.server = 0;
        ++open.round;
    }
    if (open.round < options_.tries) return queue(index);
    if (open.all_silent) {
        flow_.unanswered(now_);
    } else if (answer.outcome != Outcome::timeout && answer.outcome != Outcome::unreachable) {
        flow_.answered(now_ - open.last_sent);
    }
    finish(index, std::move(answer));
}

void CaresResolver::finish(std::uint32_t index, Answer&& answer) {
    Open& open = pool_[index];
    land(open);
    open.queued = false;
    answer.tries = open.tries;
    answer.elapsed =
        std::chrono::duration_cast<std::chrono::microseconds>(std::max(now_, open.last_sent) - open.first_sent);
    if (answer.cname_chain.empty()) answer.cname_chain = std::move(open.chain);
    forget(open);
    by_question_.erase(index);
    answer.question = std::move(open.question);
    if (options_.share_answers) shared_.keep(answer, now_);
    open_ -= 1 + open.more_handlers.size();
    for (Handler& handler : open.more_handlers) finished_.push_back({std::move(handler), answer});
    finished_.push_back({std::move(open.handler), std::move(answer)});
    open.open = false;
    free_.push_back(index);
}

void CaresResolver::deliver() {
    // A handler may ask on, and what is known already finishes at once: that waits for the next round.
    delivered_.swap(finished_);
    for (Finished& finished : delivered_) finished.handler(std::move(finished.answer));
    delivered_.clear();
}

void CaresResolver::expire() {
    for (std::deque<Timer>& list : timeouts_) {
        while (!list.empty() && list.front().when <= now_) {
            const QueryToken token = list.front().token;
            list.pop_front();
            Open* open = find(token);
            if (open == nullptr || open->attempt != token.attempt) continue;
            open->any_silent = true;
            if (open->tcp && !open->sent.empty()) servers_[open->server].leave_tcp(open->sent.back().channel);
            failed(token.index, outcome_of(*open, Outcome::timeout));
        }
    }
}

void CaresResolver::park() {
    const auto patience = flow_.patience();
    while (!flights_.empty() && flights_.front().when + patience <= now_) {
        const QueryToken token = flights_.front().token;
        flights_.pop_front();
        Open* open = find(token);
        if (open != nullptr && open->attempt == token.attempt) land(*open);
    }
}

milliseconds CaresResolver::next_timeout() const {
    if (!finished_.empty() || !transport_->events().empty()) return milliseconds(0);
    std::optional<Clock::time_point> next;
    const auto consider = [&](Clock::time_point when) { next = std::min(next.value_or(when), when); };
    for (const auto& list : timeouts_) {
        if (!list.empty()) consider(list.front().when);
    }
    if (!flights_.empty()) consider(flights_.front().when + flow_.patience());
    if (!may_send()) {
        const double missing = (1.0 - tokens_) / static_cast<double>(options_.rate);
        consider(refilled_ + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(missing)));
    }
    if (!next) return milliseconds(1000);
    return std::clamp(std::chrono::ceil<milliseconds>(*next - Clock::now()), milliseconds(0), milliseconds(1000));
}

}  // namespace

Result<std::unique_ptr<Resolver>> make_resolver(const ResolverOptions& options) {
    if (options.servers.empty()) return Error{"no server to ask"};
    auto transport = CaresTransport::make();
    if (!transport) return transport.error();
    return Result<std::unique_ptr<Resolver>>(std::make_unique<CaresResolver>(options, std::move(*transport)));
}

}  // namespace fcrdns
