// SPDX-License-Identifier: MIT
#include "cli/run/loop.hpp"

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <array>

#include "cli/exit/complain.hpp"
#include "cli/exit/exit_status.hpp"

namespace fcrdns::cli {

using std::chrono::milliseconds;

namespace {

// So many targets are taken before the loop looks at answers, output and signals again.
constexpr std::size_t batch = 1024;

}  // namespace

Error too_many_to_hold() {
    return Error{
        fmt::format("--format junit has its counts first and so holds at most {} targets; take --json for more",
                    most_held_targets)};
}

void Loop::say(const std::string& sentence) {
    progress_.erase();
    complain(sentence);
}

std::uint32_t Loop::free_slot() {
    if (free_.empty()) {
        slots_.emplace_back(check_options_);
        return static_cast<std::uint32_t>(slots_.size() - 1);
    }
    const std::uint32_t index = free_.back();
    free_.pop_back();
    return index;
}

void Loop::start_targets() {
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

void Loop::note_trouble(const std::string& sentence) {
    say(sentence);
    if (trouble_.empty()) trouble_ = sentence;
}

void Loop::start(InputItem item, std::uint64_t place) {
    const std::uint32_t index = free_slot();
    Slot& slot = slots_[index];
    slot.place = place;
    slot.start = next_start_++;
    slot.finished = false;
    const auto still_runs = [this](const Expiry& expiry) { return runs(expiry); };
    if (options_.deadline) deadlines_.add({now_ + *options_.deadline, index, slot.start}, still_runs);
    ask(index, slot.check.start(std::move(item)));
    if (slot.check.finished()) finish(index);
}

void Loop::ask(std::uint32_t index, const std::vector<TargetQuestion>& questions) {
    slots_[index].questions += questions.size();
    for (const TargetQuestion& question : questions) {
        const std::uint32_t part = question.part;
        resolver_.ask(question.question,
                      [this, index, part](Answer&& answer) { take(index, part, std::move(answer)); });
    }
}

void Loop::take(std::uint32_t index, std::uint32_t part, Answer&& answer) {
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
        patience_.add({now_ + options_.timeout, index, slot.start},
                      [this](const Expiry& expiry) { return runs(expiry); });
    }
}

void Loop::finish(std::uint32_t index) {
    Slot& slot = slots_[index];
    slot.check.take_reports(reports_);
    if (const auto sentences = retries_.put_off(slot.check.item(), slot.place, reports_, now_)) {
        for (const std::string& sentence : *sentences) say(sentence);
    } else {
        hand_over(slot.place, reports_);
    }
    slot.finished = true;
    if (slot.questions == 0) free_.push_back(index);
}

void Loop::hand_over(std::uint64_t place, const std::vector<Report>& reports) {
    for (const Report& report : reports) tally_.count(report.verdict);
    text_.clear();
    renderer_.records(text_, place, reports);
    output_.deliver(place, text_);
    --unfinished_;
    ++done_;
}

void Loop::retry_due() {
    while (auto retry = retries_.take(now_)) start(std::move(retry->item), retry->place);
}

bool Loop::runs(const Expiry& expiry) const {
    const Slot& slot = slots_[expiry.slot];
    return !slot.finished && slot.start == expiry.start;
}

void Loop::expire(Expiries& list) {
    while (const auto expiry = list.take(now_)) {
        if (!runs(*expiry)) continue;
        slots_[expiry->slot].check.give_up();
        finish(expiry->slot);
    }
}

milliseconds Loop::until_next_event() const {
    Clock::time_point next = now_ + std::chrono::seconds(1);
    for (const auto& event : {deadlines_.next(), patience_.next(), retries_.next(), progress_.due()}) {
        if (event) next = std::min(next, *event);
    }
    return std::max(milliseconds(0), std::chrono::ceil<milliseconds>(next - now_));
}

void Loop::wait() {
    std::array<pollfd, 4> waited{};
    nfds_t count = 0;
    const auto add = [&](int descriptor, short events) { waited[count++] = {descriptor, events, 0}; };
    add(resolver_.descriptor(), POLLIN);
    add(signals_.descriptor(), POLLIN);
    if (source_state_ == Pull::waiting) add(source_.descriptor(), POLLIN);
    if (output_.wants_to_write()) add(output_.descriptor(), POLLOUT);
    milliseconds longest = std::min(resolver_.next_timeout(), until_next_event());
    const bool more_to_read = source_state_ == Pull::ready || source_state_ == Pull::busy;
    if (more_to_read && may_start()) longest = milliseconds(0);
    (void)poll(waited.data(), count, static_cast<int>(longest.count()));
}

bool Loop::write_results() {
    if (output_is_terminal_ && output_.wants_to_write()) progress_.erase();
    return output_.write_some();
}

void Loop::show_progress() {
    progress_.show({done_, source_.total(), tally_}, now_);
}

Result<int> Loop::run() {
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
        expire(deadlines_);
        expire(patience_);
        interrupted = signals_.arrived();
    }
    signals_.let_through();
    return conclude(interrupted);
}

int Loop::conclude(bool interrupted) {
    progress_.erase();
    for (const Retry& retry : retries_.take_rest()) hand_over(retry.place, retry.reports);
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

}  // namespace fcrdns::cli
