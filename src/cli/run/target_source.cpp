// SPDX-License-Identifier: MIT
#include "cli/run/target_source.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "cli/parse/target.hpp"
#include "text/printable.hpp"

namespace fcrdns::cli {
namespace {

constexpr std::size_t longest_kept_input = 256;
// So many lines without a target are skipped before others have their turn.
constexpr unsigned lines_a_turn = 1024;

// A `#` at the start of a line or behind a blank begins a comment.
std::string_view without_comment(std::string_view line) {
    for (std::size_t at = line.find('#'); at != std::string_view::npos; at = line.find('#', at + 1)) {
        if (at == 0 || line[at - 1] == ' ' || line[at - 1] == '\t') return line.substr(0, at);
    }
    return line;
}

std::uint64_t size_of(const BlockTarget& block) {
    std::uint64_t size = 0;  // both ends lie in one block of at most 2^32 addresses
    const auto first = block.first.bytes();
    const auto last = block.last.bytes();
    for (std::size_t i = 0; i < first.size(); ++i) size = (size << 8U) + last[i] - first[i];
    return size + 1;
}

}  // namespace

TargetSource::TargetSource(const Options& options, bool input_open) : limit_(options.limit), input_open_(input_open) {
    for (const std::string& operand : options.operands) {
        if (operand == "-") {
            inputs_.push_back({operand, std::nullopt});
        } else {
            const std::string_view text = without_outer_blanks(operand);
            inputs_.push_back({std::string(text), parse_target(text, limit_)});
        }
    }
    if (options.file) inputs_.push_back({*options.file, std::nullopt});
    count_targets();
}

void TargetSource::count_targets() {
    std::uint64_t total = 0;
    for (const Input& input : inputs_) {
        if (!input.target) return;
        const auto* block = *input.target ? std::get_if<BlockTarget>(&**input.target) : nullptr;
        total += block != nullptr ? size_of(*block) : 1;
        one_target_ = block == nullptr && inputs_.size() == 1;
    }
    total_ = total;
}

bool TargetSource::open_list(const std::string& name) {
    list_name_ = name == "-" ? "standard input" : name;
    if (name == "-") {
        if (input_open_) {
            reader_.emplace(STDIN_FILENO, false);
        } else {
            problems_.emplace_back("standard input is closed, so there is no list to read");
        }
        return input_open_;
    }
    // A FIFO without a writer must not hold up the program where no signal is seen.
    const int descriptor = open(name.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0) {
        problems_.push_back(fmt::format("{}: cannot be read: {}", quoted_input(name), std::strerror(errno)));
        return false;
    }
    reader_.emplace(descriptor, true);
    return true;
}

void TargetSource::close_list() {
    if (!reader_->error().empty()) {
        problems_.push_back(fmt::format("{}: cannot be read: {}", quoted_input(list_name_), reader_->error()));
    }
    reader_.reset();
}

bool TargetSource::take(InputItem& item, std::string_view text, std::optional<std::size_t> line,
                        const Result<Target>& parsed) {
    item.input = std::string(text.substr(0, longest_kept_input));
    item.line = line;
    if (!parsed) {
        item.target = parsed.error();
    } else if (const auto* block = std::get_if<BlockTarget>(&*parsed)) {
        block_ = *block;
        block_text_ = item.input;
        block_line_ = line;
        return false;
    } else if (const auto* address = std::get_if<AddressTarget>(&*parsed)) {
        item.target = *address;
    } else {
        item.target = std::get<HostTarget>(*parsed);
    }
    return true;
}

Pull TargetSource::next_line(InputItem& item) {
    std::string_view line;
    for (unsigned lines = 0; lines < lines_a_turn; ++lines) {
        const Pull pulled = reader_->next(line);
        if (pulled != Pull::ready) return pulled;
        const std::string_view beginning = without_comment(line);
        const std::string_view text = without_outer_blanks(beginning);
        if (text.empty() && !reader_->was_cut()) continue;
        const bool taken = take(item, text, reader_->line_number(), parse_target(text, limit_));
        if (reader_->was_cut() && beginning.size() == line.size()) {
            block_.reset();
            item.target = Error{"the line is longer than any target"};
        } else if (!taken) {
            return Pull::ready;
        }
        if (auto* error = std::get_if<Error>(&item.target)) {
            const std::string hint =
                reader_->is_utf16() && item.line == 1 ? " (the list looks like UTF-16; convert it to UTF-8)" : "";
            error->message = fmt::format("{}:{}: {}{}", quoted_input(list_name_), *item.line, error->message, hint);
        }
        return Pull::ready;
    }
    return Pull::busy;
}

Pull TargetSource::next(InputItem& item) {
    while (true) {
        if (block_) {
            item.input = block_text_;
            item.line = block_line_;
            item.target = AddressTarget{block_->first, false};
            const auto following = block_->first.next();
            if (block_->first == block_->last || !following) {
                block_.reset();
            } else {
                block_->first = *following;
            }
            return Pull::ready;
        }
        if (reader_) {
            const Pull pulled = next_line(item);
            if (pulled == Pull::waiting || pulled == Pull::busy) return pulled;
            if (pulled == Pull::end) {
                close_list();
            } else if (!block_) {
                return pulled;
            }
            continue;
        }
        if (next_input_ == inputs_.size()) return Pull::end;
        const Input& input = inputs_[next_input_++];
        if (!input.target) {
            (void)open_list(input.text);
        } else if (take(item, input.text, std::nullopt, *input.target)) {
            return Pull::ready;
        }
    }
}

}  // namespace fcrdns::cli
