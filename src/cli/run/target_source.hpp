// SPDX-License-Identifier: MIT
// TargetSource: all targets of a run, one at a time, from operands, files and
// standard input. Blocks are expanded lazily; nothing is read before it is wanted.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/parse/options.hpp"
#include "cli/parse/parse_target.hpp"
#include "cli/run/line_reader.hpp"
#include "cli/run/text_targets.hpp"

namespace fcrdns::cli {

class TargetSource {
public:
    TargetSource(const Options& options, bool input_open);

    /// The next item, unless there is none yet.
    Pull next(InputItem& item);
    /// The descriptor to wait for after `waiting`.
    int descriptor() const { return reader_ ? reader_->descriptor() : -1; }
    /// A sentence about what is left out without being trouble; empty where nothing is.
    const std::string& note() const { return note_; }
    /// Sentences about input that could not be read, since the last call.
    std::vector<std::string> take_problems() { return std::exchange(problems_, {}); }
    /// How many targets there will be; nothing while a stream or a list is still to be read.
    std::optional<std::uint64_t> total() const { return total_; }
    /// True when there is one operand and it is no block and no list.
    bool is_one_target() const { return one_target_; }
    /// True when standard input is one of the lists.
    bool reads_input() const;

private:
    struct Input {
        std::string text;
        std::optional<Result<Target>> target;  // none for a list and a text
        std::vector<InputItem> items = {};     // of a text, or of this machine
    };

    static Input operand_input(std::string_view text, std::uint64_t limit);
    void add_bounce(const std::string& file, bool input_open);
    void count_targets();
    bool open_list(const std::string& name);
    Pull next_line(InputItem& item);
    bool take(InputItem& item, std::string_view text, std::optional<std::size_t> line, const Result<Target>& parsed);
    bool take_text(InputItem& item, std::string_view line);
    void close_list();

    std::vector<Input> inputs_;
    std::size_t next_input_ = 0;
    std::uint64_t limit_;
    bool input_open_;
    std::optional<LineReader> reader_;
    std::string list_file_;             // as it was named
    std::string list_name_;             // in sentences
    std::optional<BlockTarget> block_;  // being expanded; `first` is the next address
    std::string block_text_;
    std::optional<std::size_t> block_line_;
    std::deque<InputItem> of_text_;  // what is left of the text read last
    RecentAddresses recent_;         // out of the lines of the list
    std::size_t lines_without_ = 0;  // lines of a log that name no client
    bool list_gave_ = false;         // an item, or a sentence about a line
    std::vector<std::string> problems_;
    std::string note_;
    std::optional<std::uint64_t> total_;
    bool one_target_ = false;
};

}  // namespace fcrdns::cli
