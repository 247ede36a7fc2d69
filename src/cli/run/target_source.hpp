// SPDX-License-Identifier: MIT
// TargetSource: all targets of a run, one at a time, from operands, files and
// standard input. Blocks are expanded lazily; nothing is read before it is wanted.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/parse/options.hpp"
#include "cli/parse/target.hpp"
#include "cli/run/line_reader.hpp"

namespace fcrdns::cli {

/// One thing to check, or the sentence that says why it is none.
struct SourceItem {
    std::string input;                ///< as written, without outer blanks, cut short when very long
    std::optional<std::size_t> line;  ///< in a list
    std::variant<AddressTarget, HostTarget, Error> target;
};

class TargetSource {
public:
    TargetSource(const Options& options, bool input_open);

    /// The next item, unless there is none yet.
    Pull next(SourceItem& item);
    /// The descriptor to wait for after `waiting`.
    int descriptor() const { return reader_ ? reader_->descriptor() : -1; }
    /// Sentences about input that could not be read, since the last call.
    std::vector<std::string> take_problems() { return std::exchange(problems_, {}); }
    /// How many targets there will be; nothing while a stream or a list is still to be read.
    std::optional<std::uint64_t> total() const { return total_; }

private:
    struct Input {
        std::string text;
        bool is_list;
    };

    bool open_list(const std::string& name);
    Pull next_line(SourceItem& item);
    bool take(SourceItem& item, std::string_view text, std::optional<std::size_t> line);
    void close_list();

    std::vector<Input> inputs_;
    std::size_t next_input_ = 0;
    std::uint64_t limit_;
    bool input_open_;
    std::optional<LineReader> reader_;
    std::string list_name_;
    std::optional<BlockTarget> block_;  // being expanded; `first` is the next address
    std::string block_text_;
    std::optional<std::size_t> block_line_;
    std::vector<std::string> problems_;
    std::optional<std::uint64_t> total_;
};

}  // namespace fcrdns::cli
