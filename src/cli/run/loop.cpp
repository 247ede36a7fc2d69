// SPDX-License-Identifier: MIT
#include "cli/run/loop.hpp"

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <utility>

#include "cli/exit/complain.hpp"
#include "cli/exit/exit_status.hpp"
#include "dns/server_address.hpp"
#include "render/nagios.hpp"
#include "text/phrases.hpp"

namespace fcrdns::cli {

using std::chrono::milliseconds;

namespace {

// So many targets are taken before the loop looks at answers, output and signals again.
constexpr std::size_t batch = 1024;

}  // namespace

std::optional<Format> limited_format(const Options& options) {
    if (!options.quiet && is_limited(options.format)) return options.format;
    for (const ReportFile& report : options.reports) {
        if (is_limited(report.format)) return report.format;
    }
    return std::nullopt;
}

Error too_many_to_hold(Format format) {
    return Error{
        fmt::format("the {} format holds all results until the end and so takes at most {} targets; use "
                    "--json for more",
                    to_word(format), most_held_targets)};
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
        start(std::move(item), results_.reserve());
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
    slot.stage = Slot::Stage::runs;
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
    if (slot.stage != Slot::Stage::runs) {
        if (slot.stage == Slot::Stage::reported && slot.questions == 0) free_.push_back(index);
        return;
    }
    ask(index, slot.check.feed(part, std::move(answer)));
    if (slot.check.finished()) {
        slot.stage = Slot::Stage::answered;
        answered_.push_back(index);
    } else if (slot.check.settled()) {
        patience_.add({now_ + options_.timeout, index, slot.start},
                      [this](const Expiry& expiry) { return runs(expiry); });
    }
}

// After the turn's answers, not between them: the code that judges then stays in the processor's cache, which saves
// an eighth of the processor time of a list.
void Loop::finish_answered() {
    for (const std::uint32_t index : answered_) finish(index);
    answered_.clear();
}

void Loop::finish(std::uint32_t index) {
    Slot& slot = slots_[index];
    slot.check.take_reports(reports_);
    if (const auto sentences = retries_.put_off(slot.check.item(), slot.place, reports_, now_)) {
        for (const std::string& sentence : *sentences) say(sentence);
    } else {
        hand_over(slot.place, reports_);
    }
    slot.stage = Slot::Stage::reported;
    if (slot.questions == 0) free_.push_back(index);
}

void Loop::hand_over(std::uint64_t place, const std::vector<Report>& reports) {
    results_.take(place, reports);
    --unfinished_;
    ++done_;
}

void Loop::retry_due() {
    while (auto retry = retries_.take(now_)) start(std::move(retry->item), retry->place);
}

bool Loop::runs(const Expiry& expiry) const {
    const Slot& slot = slots_[expiry.slot];
    return slot.stage == Slot::Stage::runs && slot.start == expiry.start;
}

void Loop::expire(Expiries& list) {
    while (const auto expiry = list.take(now_)) {
        if (!runs(*expiry)) continue;
        slots_[expiry->slot].check.give_up(resolver_.is_silent() ? std::optional(false) : std::nullopt);
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
    std::vector<pollfd> waited;
    waited.push_back({resolver_.descriptor(), POLLIN, 0});
    waited.push_back({signals_.descriptor(), POLLIN, 0});
    if (source_state_ == Pull::waiting) waited.push_back({source_.descriptor(), POLLIN, 0});
    results_.add_to(waited);
    milliseconds longest = std::min(resolver_.next_timeout(), until_next_event());
    const bool more_to_read = source_state_ == Pull::ready || source_state_ == Pull::busy;
    if (more_to_read && may_start()) longest = milliseconds(0);
    (void)poll(waited.data(), waited.size(), static_cast<int>(longest.count()));
}

bool Loop::write_results() {
    if (output_is_terminal_ && results_.wants_to_write()) progress_.erase();
    return results_.write_some();
}

void Loop::show_progress() {
    const bool one_target = source_.is_one_target();
    progress_.show({done_, source_.total(), results_.tally(), retries_.size(), waits_for_, one_target,
                    one_target ? resolver_.longest_pending() : std::nullopt},
                   now_);
}

// A server that has gone away in the middle of a run is waited for, and that is no silent matter.
void Loop::note_absence() {
    const auto waiting = resolver_.waiting();
    const bool waits = waiting && !waiting->given_up;
    if (waits != waits_for_.empty()) return;
    const std::string before = std::exchange(waits_for_, waits ? server_text(waiting->server) : "");
    if (options_.quiet) return;
    if (!waiting) return say(fmt::format("the wait for {} has ended: there are answers again", before));
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(waiting->longest);
    const std::string longest = duration_text(static_cast<std::uint32_t>(seconds.count()));
    if (waiting->given_up) {
        return say(
            fmt::format("the wait for {} has ended: no answer in {}; the rest is not waited for", before, longest));
    }
    say(fmt::format("{} does not answer any more ({}); waiting for it, at most {}", waits_for_, waiting->why, longest));
}

Result<int> Loop::run() {
    bool interrupted = false;
    while (!interrupted) {
        now_ = Clock::now();
        retry_due();
        start_targets();
        if (too_many()) return too_many_to_hold(*limited_format(options_));
        if (!write_results()) break;
        show_progress();
        if (unfinished_ == 0 && source_state_ == Pull::end) break;
        wait();
        now_ = Clock::now();
        resolver_.progress(milliseconds(0));
        finish_answered();
        note_absence();
        expire(deadlines_);
        expire(patience_);
        interrupted = signals_.arrived();
    }
    signals_.let_through();
    return conclude(interrupted);
}

std::optional<std::size_t> Loop::count_unfinished() const {
    if (source_state_ == Pull::end) return unfinished_;
    const auto total = source_.total();
    if (!total) return std::nullopt;
    return unfinished_ + static_cast<std::size_t>(*total - taken_);
}

// Those begun, and those that were not come to as far as they can be read without waiting.
std::vector<Subject> Loop::find_unfinished() {
    std::vector<Subject> subjects;
    const auto add = [&](const InputItem& item) {
        Subject& subject = subjects.emplace_back();
        // Of a block each address has a name of its own.
        const auto* address = std::get_if<AddressTarget>(&item.target);
        subject.input = address != nullptr ? address->address.to_text() : item.input;
        subject.line = item.line;
    };
    for (const Slot& slot : slots_) {
        if (slot.stage == Slot::Stage::runs) add(slot.check.item());
    }
    InputItem item;
    while (subjects.size() < most_held_targets) {
        const Pull pulled = source_.next(item);
        if (pulled == Pull::waiting || pulled == Pull::end) break;
        if (pulled == Pull::ready) add(item);
    }
    return subjects;
}

int Loop::conclude(bool interrupted) {
    progress_.erase();
    for (const Retry& retry : retries_.take_rest()) hand_over(retry.place, retry.reports);
    RunSummary summary{results_.tally(), options_.strict, std::chrono::ceil<milliseconds>(Clock::now() - started_),
                       trouble_,         interrupted,     {}};
    if (interrupted) summary.unfinished = count_unfinished();
    std::vector<Subject> unfinished;
    if (interrupted && results_.lists_unfinished()) {
        unfinished = find_unfinished();
        summary.unfinished = unfinished.size();
    }
    if (interrupted && source_.is_one_target() && !options_.quiet) {
        if (const auto pending = resolver_.longest_pending(); pending && pending->silent) say(pending_text(*pending));
    }
    if (interrupted && options_.format == Format::json && !options_.quiet) say(run_text(summary));
    for (const std::string& failure : results_.finish(summary, unfinished)) {
        complain(failure);
        summary.trouble = failure;
    }
    if (options_.format == Format::nagios) return static_cast<int>(plugin_status(summary));
    ExitStatus status = status_of(results_.tally(), options_.strict);
    if (!summary.trouble.empty()) status = merge(status, ExitStatus::trouble);
    return static_cast<int>(interrupted ? ExitStatus::interrupted : status);
}

}  // namespace fcrdns::cli
