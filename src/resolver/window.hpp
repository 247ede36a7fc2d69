// SPDX-License-Identifier: MIT
// Window: how many questions may be in flight. It starts small and grows by one with each
// answer, slowly once it has been narrowed. What narrows it is a share of the recent
// questions, not a single one: loss at random says nothing about how much is asked, and
// narrowing for each would close the window. Pure: time comes in.
//
// A loss is a question that a later try answers after a silence; one that no try answers
// says nothing about the path, unless most of the recent ones end so. A push-back is one
// that fails at once: SERVFAIL, REFUSED, a refused port, a connection lost. In bunches
// they say "too much", as long as later tries are answered; zones that always fail so
// do not.
//
// Where for a while even the quickest answers take much longer than the quickest of all, what
// is asked stands in a queue, whose end the server drops without a word: that narrows, too,
// unless narrowing does not make them quicker, which is then how long the path has become.
//
// Whether a slow question is lost, as before a server whose buffer is full, or its zone silent shows only after its
// time-out. While many are slow, and of those that it shows of most were lost, the window does not grow, and slow ones
// go on counting for longer. At the beginning all may be lost.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>

namespace fcrdns {

class Window {
public:
    using TimePoint = std::chrono::steady_clock::time_point;
    using Duration = std::chrono::steady_clock::duration;
    /// Questions asked in a row, among which shares are counted.
    using Stretch = std::uint32_t;

    /// A window of at most `ceiling` questions, and beyond `calm` only on a long path: where the replies
    /// come slower the more there are, they stand in a queue, and a longer queue is no gain.
    Window(std::size_t ceiling, std::size_t calm);

    std::size_t size() const { return static_cast<std::size_t>(size_); }
    /// After this time without an answer a question no longer loads the path: a few round trips, and longer while many
    /// are slow that may be lost.
    Duration patience() const;

    /// A question goes out; what becomes of it is told with this stretch.
    Stretch sent();
    /// An answer to a first try came after `round_trip`.
    void answered(Duration round_trip, TimePoint now);
    /// No answer to an attempt of the first round came within patience().
    void slow();
    /// A slow question was not lost: its answer came late, or its zone leaves the next try unanswered, too.
    void not_lost();
    /// An answer came to a later try only, after a silence.
    void lost(Stretch stretch);
    /// No try was answered.
    void unanswered(TimePoint now);
    /// A try failed at once; to be told once a question.
    void pushed_back(Stretch stretch, TimePoint now);
    /// What became of a question that was pushed back.
    void pushed_back_ended(bool answered);

private:
    struct Counts {
        std::uint32_t sent = 0;
        std::uint32_t lost = 0;
        std::uint32_t pushed_back = 0;
    };

    // The last size at which narrowing made answers quicker, and how long they took.
    struct Wider {
        double size;
        double threshold;
        Duration quickest;
        unsigned in_vain = 0;
    };

    Counts* counts_of(Stretch stretch);
    void begin_stretch();
    void grow();
    void narrow(double factor);
    void count_question(bool answered);
    bool is_careful() const;
    bool path_is_long() const;
    void look_for_queue(Duration round_trip, TimePoint now);
    bool is_narrowed_in_vain(Duration quickest);

    double ceiling_;
    double calm_;
    double size_;
    double threshold_;
    Duration smoothed_{0};
    Duration shortest_{Duration::max()};
    std::deque<Counts> stretches_;
    Stretch first_stretch_ = 0;  // the number of the first one that is kept
    Stretch judged_from_ = 0;    // those before it were asked by a wider window
    TimePoint held_until_{};     // no growth until then
    TimePoint last_halved_{};
    Duration quickest_{Duration::max()};  // of the answers that are looked at
    unsigned looked_at_ = 0;
    bool queued_ = false;
    TimePoint next_look_{};
    std::optional<Wider> wider_;
    double silence_ = 0;     // the share of unanswered ones among the recent questions
    double slow_share_ = 0;  // of the recent first tries
    double lost_share_ = 1;  // of the slow ones of which more is known
    double pressure_ = 1;    // the share of answered ones among those pushed back
};

}  // namespace fcrdns
