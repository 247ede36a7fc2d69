// SPDX-License-Identifier: MIT
#include "cli/run/run.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <deque>
#include <map>
#include <memory>

#include "cli/exit/complain.hpp"
#include "cli/exit/exit_status.hpp"
#include "cli/exit/output.hpp"
#include "cli/exit/progress.hpp"
#include "cli/exit/signals.hpp"
#include "cli/run/renderer.hpp"
#include "cli/run/target_source.hpp"
#include "cli/run/wait_plan.hpp"
#include "cli/run/wanted_resolver.hpp"
#include "dns/server_address.hpp"
#include "flow/target_check.hpp"
#include "text/phrases.hpp"

namespace fcrdns::cli {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// So many targets are taken before the loop looks at answers, output and signals again.
constexpr std::size_t batch = 1024;

Error too_many_to_hold() {
    return Error{
        fmt::format("--format junit has its counts first and so holds at most {} targets; take --json for more",
                    most_held_targets)};
}

class Run {
public:
    Run(const Options& options, TargetSource& source, Resolver& resolver, Renderer& renderer, Output& output,
        const TargetCheckOptions& check_options)
        : options_(options),
          source_(source),
          resolver_(resolver),
          renderer_(renderer),
          output_(output),
          check_options_(check_options) {}

    /// The number to exit with, or why nothing is printed.
    Result<int> operator()();

private:
    struct Slot {
        explicit Slot(const TargetCheckOptions& options) : check(options) {}
        TargetCheck check;
        std::uint64_t place = 0;
        std::uint64_t start = 0;    // a place is started again in each round of --wait
        std::size_t questions = 0;  // asked and not yet answered, wanted or not
        bool finished = true;
    };
    // Targets whose check ends at a time even if answers are still missing; each list is in order of time.
    struct Expiry {
        Clock::time_point when;
        std::uint32_t index;
        std::uint64_t start;
    };

    // A target that does not pass yet (--wait), and what its last round found.
    struct Retry {
        InputItem item;
        std::uint64_t place;
        std::vector<Report> reports;
    };

    void say(const std::string& sentence);
    bool may_start() const { return resolver_.has_room() && !output_.full(); }
    void start_targets();
    void start(InputItem item, std::uint64_t place);
    std::uint32_t free_slot();
    void ask(std::uint32_t index, const std::vector<TargetQuestion>& questions);
    void take(std::uint32_t index, std::uint32_t part, Answer&& answer);
    void finish(std::uint32_t index);
    bool put_off(const InputItem& item, std::uint64_t place, std::vector<Report>& reports);
    void retry_due();
    void hand_over(std::uint64_t place, const std::vector<Report>& reports);
    void expire(std::deque<Expiry>& list);
    milliseconds until_next_expiry() const;
    void wait();
    bool watch_closely(pollfd* waited, nfds_t count, milliseconds longest);
    void note_trouble(const std::string& sentence);
    bool too_many() const { return holds_results(options_) && taken_ > most_held_targets; }
    void show_progress();
    void note_absence();
    bool write_results();
    int conclude(bool interrupted);

    const Options& options_;
    TargetSource& source_;
    Resolver& resolver_;
    Renderer& renderer_;
    Output& output_;
    const TargetCheckOptions& check_options_;
    Signals signals_;
    std::deque<Slot> slots_;  // stable while targets come and go
    std::vector<std::uint32_t> free_;
    std::size_t unfinished_ = 0;
    std::uint64_t next_start_ = 0;
    std::deque<Expiry> deadlines_;
    std::deque<Expiry> patience_;  // settled fails that still wait for an explanation
    std::multimap<Clock::time_point, Retry> retries_;
    Clock::time_point now_ = Clock::now();
    const Clock::time_point started_ = now_;
    const Clock::time_point give_up_at_ = now_ + options_.wait.value_or(std::chrono::seconds(0));
    bool warned_of_memory_ = false;
    Pull source_state_ = Pull::ready;
    std::string trouble_;  // the first sentence
    std::uint64_t taken_ = 0;
    Tally tally_;
    std::uint64_t done_ = 0;
    // Of the target that is handed over, to use their room again.
    std::vector<Report> reports_;
    std::string text_;
    std::string waits_for_server_;  // which has gone away; empty while all is well
    unsigned waits_ = 0;            // counted at the start only
    const bool output_is_terminal_ = output_is_terminal();
    Progress progress_{options_.quiet ? 0 : progress_columns(), now_};
};

void Run::say(const std::string& sentence) {
    progress_.erase();
    complain(sentence);
}

std::uint32_t Run::free_slot() {
    if (free_.empty()) {
        slots_.emplace_back(check_options_);
        return static_cast<std::uint32_t>(slots_.size() - 1);
    }
    const std::uint32_t index = free_.back();
    free_.pop_back();
    return index;
}

void Run::start_targets() {
    source_state_ = Pull::ready;
    for (std::size_t taken = 0; taken < batch && may_start(); ++taken) {
        InputItem item;
        source_state_ = source_.next(item);
        for (const std::string& problem : source_.take_problems()) note_trouble(problem);
        if (source_state_ != Pull::ready) return;
        if (const auto* error = std::get_if<Error>(&item.target)) say(error->message);
        if (++taken_; too_many()) return;
        ++unfinished_;
        start(std::move(item), output_.reserve());
    }
}

void Run::note_trouble(const std::string& sentence) {
    say(sentence);
    if (trouble_.empty()) trouble_ = sentence;
}

void Run::start(InputItem item, std::uint64_t place) {
    const std::uint32_t index = free_slot();
    Slot& slot = slots_[index];
    slot.place = place;
    slot.start = next_start_++;
    slot.finished = false;
    if (options_.deadline) deadlines_.push_back({now_ + *options_.deadline, index, slot.start});
    ask(index, slot.check.start(std::move(item)));
    if (slot.check.finished()) finish(index);
}

void Run::ask(std::uint32_t index, const std::vector<TargetQuestion>& questions) {
    slots_[index].questions += questions.size();
    for (const TargetQuestion& question : questions) {
        const std::uint32_t part = question.part;
        resolver_.ask(question.question,
                      [this, index, part](Answer&& answer) { take(index, part, std::move(answer)); });
    }
}

void Run::take(std::uint32_t index, std::uint32_t part, Answer&& answer) {
    Slot& slot = slots_[index];
    --slot.questions;
    if (slot.finished) {
        if (slot.questions == 0) free_.push_back(index);
        return;
    }
    ask(index, slot.check.feed(part, std::move(answer)));
    if (slot.check.finished()) {
        finish(index);
    } else if (slot.check.settled()) {
        patience_.push_back({now_ + options_.timeout, index, slot.start});
    }
}

void Run::finish(std::uint32_t index) {
    Slot& slot = slots_[index];
    slot.check.take_reports(reports_);
    if (!put_off(slot.check.item(), slot.place, reports_)) hand_over(slot.place, reports_);
    slot.finished = true;
    if (slot.questions == 0) free_.push_back(index);
}

void Run::hand_over(std::uint64_t place, const std::vector<Report>& reports) {
    for (const Report& report : reports) tally_.count(report.verdict);
    text_.clear();
    renderer_.records(text_, place, reports);
    output_.deliver(place, text_);
    --unfinished_;
    ++done_;
}

bool Run::put_off(const InputItem& item, std::uint64_t place, std::vector<Report>& reports) {
    if (!options_.wait || is_satisfied(reports, options_.strict)) return false;
    const auto left = std::chrono::ceil<milliseconds>(give_up_at_ - now_);
    const auto ttl = obstacle_ttl(reports);
    const auto pause = next_pause(ttl, left);
    if (!pause) return false;
    if (!options_.quiet && !options_.direct && !warned_of_memory_ && ttl &&
        std::chrono::seconds(*ttl) > *options_.wait) {
        say(
            fmt::format("the resolver remembers what it has for another {}, longer than --wait; to ask the source "
                        "instead, add --direct",
                        duration_text(*ttl)));
        warned_of_memory_ = true;
    }
    if (!options_.quiet) say(waiting_sentence(reports, options_.strict, *pause, left));
    retries_.emplace(now_ + *pause, Retry{item, place, std::move(reports)});
    return true;
}

void Run::retry_due() {
    while (!retries_.empty() && retries_.begin()->first <= now_) {
        Retry retry = std::move(retries_.begin()->second);
        retries_.erase(retries_.begin());
        start(std::move(retry.item), retry.place);
    }
}

void Run::expire(std::deque<Expiry>& list) {
    while (!list.empty() && list.front().when <= now_) {
        const Expiry expiry = list.front();
        list.pop_front();
        Slot& slot = slots_[expiry.index];
        if (slot.finished || slot.start != expiry.start) continue;
        slot.check.give_up();
        finish(expiry.index);
    }
}

milliseconds Run::until_next_expiry() const {
    Clock::time_point next = now_ + std::chrono::seconds(1);
    for (const auto* list : {&deadlines_, &patience_}) {
        if (!list->empty()) next = std::min(next, list->front().when);
    }
    if (!retries_.empty()) next = std::min(next, retries_.begin()->first);
    if (const auto due = progress_.due()) next = std::min(next, *due);
    return std::max(milliseconds(0), std::chrono::ceil<milliseconds>(next - now_));
}

void Run::wait() {
    std::array<pollfd, 4> waited{};
    nfds_t count = 0;
    const auto add = [&](int descriptor, short events) { waited[count++] = {descriptor, events, 0}; };
    add(resolver_.descriptor(), POLLIN);
    add(signals_.descriptor(), POLLIN);
    if (source_state_ == Pull::waiting) add(source_.descriptor(), POLLIN);
    if (output_.wants_to_write()) add(output_.descriptor(), POLLOUT);
    milliseconds longest = std::min(resolver_.next_timeout(), until_next_expiry());
    if (source_state_ == Pull::ready && may_start()) longest = milliseconds(0);
    if (watch_closely(waited.data(), count, longest)) return;
    (void)poll(waited.data(), count, static_cast<int>(longest.count()));
}

// A resolver on the same machine answers out of its memory in less time than it takes to be put to sleep and
// woken. Only at the start: a list finds answers whenever it looks, and who waits long may as well sleep.
bool Run::watch_closely(pollfd* waited, nfds_t count, milliseconds longest) {
    constexpr unsigned first_waits = 4;
    constexpr auto moment = std::chrono::microseconds(100);
    if (longest == milliseconds(0) || waits_ == first_waits) return false;
    ++waits_;
    const Clock::time_point end = Clock::now() + moment;
    do {
        if (poll(waited, count, 0) != 0) return true;
    } while (Clock::now() < end);
    return false;
}

bool Run::write_results() {
    if (output_is_terminal_ && output_.wants_to_write()) progress_.erase();
    return output_.write_some();
}

void Run::show_progress() {
    progress_.show({done_, source_.total(), tally_, waits_for_server_}, now_);
}

// A server that has gone away in the middle of a run is waited for, and that is no silent matter.
void Run::note_absence() {
    const auto waiting = resolver_.waiting();
    if (waiting.has_value() == !waits_for_server_.empty()) return;
    if (waiting) {
        if (!options_.quiet) {
            say(fmt::format("{} does not answer any more ({}); waiting for it, at most {}",
                            server_text(waiting->server), waiting->why,
                            duration_text(static_cast<std::uint32_t>(waiting->longest / std::chrono::seconds(1)))));
        }
        waits_for_server_ = server_text(waiting->server);
    } else {
        waits_for_server_.clear();
        if (!options_.quiet) say("going on: the wait for the server is over");
    }
}

Result<int> Run::operator()() {
    bool interrupted = false;
    while (!interrupted) {
        now_ = Clock::now();
        retry_due();
        start_targets();
        if (too_many()) return too_many_to_hold();
        if (!write_results()) break;
        show_progress();
        if (unfinished_ == 0 && source_state_ == Pull::end) break;
        wait();
        now_ = Clock::now();
        resolver_.progress(milliseconds(0));
        note_absence();
        expire(deadlines_);
        expire(patience_);
        interrupted = signals_.arrived();
    }
    signals_.let_through();
    return conclude(interrupted);
}

int Run::conclude(bool interrupted) {
    progress_.erase();
    for (const auto& [when, retry] : retries_) hand_over(retry.place, retry.reports);
    output_.release_all();
    if (interrupted && trouble_.empty()) trouble_ = "interrupted";
    RunSummary summary{tally_, options_.strict, std::chrono::ceil<milliseconds>(Clock::now() - started_), trouble_};
    std::string beginning;
    renderer_.begin(beginning, summary);
    output_.prepend(beginning);
    std::string ending;
    renderer_.finish(ending, summary);
    output_.append(ending);
    if (!output_.write_all()) {
        summary.trouble = fmt::format("standard output: {}", output_.error());
        complain(summary.trouble);
    }
    if (options_.format == Format::nagios) return static_cast<int>(plugin_status(summary));
    ExitStatus status = status_of(tally_, options_.strict);
    if (!summary.trouble.empty()) status = merge(status, ExitStatus::trouble);
    return static_cast<int>(interrupted ? ExitStatus::interrupted : status);
}

}  // namespace

Result<int> run(const Options& options, const StandardStreams& streams) {
    if (!streams.output_open && !options.quiet) return Error{"standard output is closed, so results cannot be written"};
    TargetSource source(options, streams.input_open);
    if (holds_results(options) && source.total().value_or(0) > most_held_targets) return too_many_to_hold();
    const auto resolver = wanted_resolver(options);
    if (!resolver) return resolver.error();
    const bool one_target = source.is_one_target();
    TextOptions text;
    text.color = use_color(options.color);
    text.verbose = options.verbose;
    if (options.servers.empty()) text.servers_from = resolver_configuration;
    const auto renderer = make_renderer(options, one_target, text);
    TargetCheckOptions check_options;
    check_options.ask_ipv4 = !options.ipv6_only;
    check_options.ask_ipv6 = !options.ipv4_only;
    check_options.explain = one_target;
    if (options.helo) check_options.helo = parse_helo(*options.helo);
    check_options.compose.receivers = options.receivers;
    check_options.compose.advice = options.format != Format::text || one_target || options.verbose || options.receivers;
    Output output(STDOUT_FILENO, !options.unordered, holds_results(options));
    return Run(options, source, **resolver, *renderer, output, check_options)();
}

}  // namespace fcrdns::cli
