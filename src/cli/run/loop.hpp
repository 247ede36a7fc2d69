// SPDX-License-Identifier: MIT
// Loop: the one loop of a run. It keeps checks in flight, feeds them the resolver's
// answers and hands finished reports to the results. A single address goes through
// it like a million do.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "cli/exit/progress.hpp"
#include "cli/exit/signals.hpp"
#include "cli/exit/terminal.hpp"
#include "cli/run/expiries.hpp"
#include "cli/run/results.hpp"
#include "cli/run/retries.hpp"
#include "cli/run/target_source.hpp"
#include "fcrdns/resolver.hpp"
#include "flow/target_check.hpp"

namespace fcrdns::cli {

/// The format or report whose number of targets is limited, if one is asked for.
std::optional<Format> limited_format(const Options& options);
/// Why a run prints nothing that has more targets than its format can hold.
Error too_many_to_hold(Format format);

class Loop {
public:
    Loop(const Options& options, TargetSource& source, Resolver& resolver, Results& results,
         const TargetCheckOptions& check_options)
        : options_(options), source_(source), resolver_(resolver), results_(results), check_options_(check_options) {}

    /// The number to exit with, or why nothing is printed.
    Result<int> run();

private:
    using Clock = std::chrono::steady_clock;

    struct Slot {
        enum class Stage : std::uint8_t { runs, answered, reported };

        explicit Slot(const TargetCheckOptions& options) : check(options) {}
        TargetCheck check;
        std::uint64_t place = 0;
        std::uint64_t start = 0;    // a place is started again in each round of --wait
        std::size_t questions = 0;  // asked and not yet answered, wanted or not
        Stage stage = Stage::reported;
    };
    void say(const std::string& sentence);
    bool may_start() const { return resolver_.has_room() && !results_.full(); }
    void start_targets();
    void start(InputItem item, std::uint64_t place);
    std::uint32_t free_slot();
    void ask(std::uint32_t index, const std::vector<TargetQuestion>& questions);
    void take(std::uint32_t index, std::uint32_t part, Answer&& answer);
    void finish_answered();
    void finish(std::uint32_t index);
    void retry_due();
    void hand_over(std::uint64_t place, const std::vector<Report>& reports);
    bool runs(const Expiry& expiry) const;
    void expire(Expiries& list);
    std::chrono::milliseconds until_next_event() const;
    void wait();
    void note_trouble(const std::string& sentence);
    bool too_many() const { return limited_format(options_) && taken_ > most_held_targets; }
    void show_progress();
    void note_absence();
    bool write_results();
    std::optional<std::size_t> count_unfinished() const;
    std::vector<Subject> find_unfinished();
    int conclude(bool interrupted);

    const Options& options_;
    TargetSource& source_;
    Resolver& resolver_;
    Results& results_;
    const TargetCheckOptions& check_options_;
    Signals signals_;
    std::deque<Slot> slots_;  // stable while targets come and go
    std::vector<std::uint32_t> free_;
    std::vector<std::uint32_t> answered_;  // slots, whose targets are to be finished
    std::size_t unfinished_ = 0;
    std::uint64_t next_start_ = 0;
    Expiries deadlines_;
    Expiries patience_;  // settled fails that still wait for an explanation
    Clock::time_point now_ = Clock::now();
    const Clock::time_point started_ = now_;
    Retries retries_{options_, now_};
    Pull source_state_ = Pull::ready;
    std::string trouble_;    // the first sentence
    std::string waits_for_;  // the server that has gone away; empty while all is well
    std::uint64_t taken_ = 0;
    std::uint64_t done_ = 0;
    // Of the target that is handed over: kept, so that their memory is used again.
    std::vector<Report> reports_;
    const bool output_is_terminal_ = output_is_terminal();
    // Whoever types the list sees what is typed.
    Progress progress_{options_.quiet || (source_.reads_input() && input_is_terminal()) ? 0 : progress_columns(), now_};
};

}  // namespace fcrdns::cli
