// SPDX-License-Identifier: MIT
// Output: rendered results on their way to standard output, in input order or as
// they come. Writing never blocks the asking of questions: what a slow reader has
// not taken yet waits here, up to a limit at which asking pauses.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

namespace fcrdns::cli {

class Output {
public:
    /// Results leave in the order of their places, or at once when not `ordered`;
    /// with `hold` nothing is written before release_all().
    Output(int descriptor, bool ordered, bool hold);

    /// The rendered result for a place, counted from 0; may be empty.
    void deliver(std::uint64_t place, std::string_view text);
    /// Puts the text before everything delivered; only while nothing has been written.
    void prepend(std::string_view text);
    /// Appends behind everything delivered, whatever places are still empty.
    void append(std::string_view text);
    /// Gives out every delivered result, leaving out places that stayed empty.
    void release_all();

    /// Writes what can be written without blocking; false once writing has failed.
    bool write_some();
    /// Writes everything, waiting for the reader; false when writing failed.
    bool write_all();
    /// True when so much waits that no more should be asked.
    bool full() const { return !hold_ && waiting_bytes_ + ready_bytes_ >= limit; }
    /// True when something could be written if the reader took it.
    bool wants_to_write() const { return ready_bytes_ != 0 && !failed_ && !hold_; }
    int descriptor() const { return descriptor_; }
    /// The operating system's words for a failed write; empty without one.
    const std::string& error() const { return error_; }

    /// How much may wait before asking pauses; what is in flight by then still comes on top.
    static constexpr std::size_t limit = 48U << 20U;

private:
    void advance();
    void drop_first_block();

    int descriptor_;
    bool ordered_;
    bool hold_;
    bool regular_ = false;  // a file: writing never blocks for long
    bool failed_ = false;
    std::uint64_t next_ = 0;                          // the place that leaves next
    std::deque<std::optional<std::string>> waiting_;  // results for places from next_ on
    std::size_t waiting_bytes_ = 0;
    std::deque<std::string> ready_;  // in blocks, which go as soon as they are written
    std::size_t ready_bytes_ = 0;
    std::size_t written_ = 0;  // of the first block
    std::string error_;
};

}  // namespace fcrdns::cli
