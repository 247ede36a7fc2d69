// SPDX-License-Identifier: MIT
#include "cli/run/target_source.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "cli/parse/parse_target.hpp"
#include "cli/run/own_addresses.hpp"
#include "text/phrases.hpp"
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
            inputs_.push_back(operand_input(without_outer_blanks(operand), limit_));
        }
    }
    if (options.me) inputs_.push_back({"--me", std::nullopt, {own_addresses(options, note_)}});
    if (options.bounce) add_bounce(*options.bounce, input_open);
    if (options.file) inputs_.push_back({*options.file, std::nullopt});
    count_targets();
}

TargetSource::Input TargetSource::operand_input(std::string_view text, std::uint64_t limit) {
    Input input{std::string(text), parse_target(text, limit)};
    if (!may_be_text(text)) return input;
    const TextFindings findings = read_refusals(text);
    if (findings.refused.empty()) {
        if (findings.receivers.empty()) return input;
        input.target = Error{fmt::format("{}: {}", quoted_input(text), nothing_refused(findings))};
        return input;
    }
    input.target.reset();
    input.items = items_of(findings, std::nullopt);
    for (InputItem& item : input.items) item.input = std::string(text.substr(0, longest_kept_input));
    return input;
}

void TargetSource::add_bounce(const std::string& file, bool input_open) {
    if (file == "-" && !input_open) {
        problems_.emplace_back("standard input is closed, so there is no text to read");
        return;
    }
    const auto text = read_text(file);
    if (!text) {
        problems_.push_back(text.error().message);
        return;
    }
    const TextFindings findings = read_refusals(*text);
    const std::string name = file == "-" ? "standard input" : quoted_input(file);
    if (findings.refused.empty()) {
        inputs_.push_back({file, Error{fmt::format("{}: {}", name, nothing_refused(findings))}});
    } else {
        inputs_.push_back({file, std::nullopt, items_of(findings, file)});
    }
}

void TargetSource::count_targets() {
    std::uint64_t total = 0;
    for (const Input& input : inputs_) {
        if (!input.items.empty()) {
            total += input.items.size();
            one_target_ = input.items.size() == 1 && inputs_.size() == 1;
            continue;
        }
        if (!input.target) return;
        const auto* block = *input.target ? std::get_if<BlockTarget>(&**input.target) : nullptr;
        total += block != nullptr ? size_of(*block) : 1;
        one_target_ = block == nullptr && inputs_.size() == 1;
    }
    total_ = total;
}

bool TargetSource::reads_input() const {
    return std::any_of(inputs_.begin(), inputs_.end(),
                       [](const Input& input) { return !input.target && input.items.empty() && input.text == "-"; });
}

bool TargetSource::open_list(const std::string& name) {
    list_file_ = name;
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
    if (lines_without_ != 0 && !list_gave_) {
        problems_.push_back(fmt::format("{}: {}, and none names a client", quoted_input(list_name_),
                                        count_text(lines_without_, "line of a log", "lines of a log")));
    }
    lines_without_ = 0;
    list_gave_ = false;
    reader_.reset();
}

// A line with blanks that is no target: what it says of a client. False where it is a line of a log that names
// none, or none that was not taken before.
bool TargetSource::take_text(InputItem& item, std::string_view line) {
    const TextFindings findings = read_refusals(line);
    if (findings.of_headers) {
        // Alone it does not tell whose hop it is.
        item.target =
            Error{fmt::format("{}: a line of a message; give the whole message with --bounce", quoted_input(line))};
        return true;
    }
    for (InputItem& found : items_of(findings, list_file_)) {
        if (!recent_.insert(std::get<AddressTarget>(found.target).address)) continue;
        found.input = item.input;
        found.line = found.taken_from->line = *item.line;
        of_text_.push_back(std::move(found));
    }
    if (findings.refused.empty()) {
        if (!findings.log_line) {
            if (!findings.receivers.empty()) item.target = Error{nothing_refused(findings)};
            return true;
        }
        ++lines_without_;
    }
    if (of_text_.empty()) return false;
    item = std::move(of_text_.front());
    of_text_.pop_front();
    return true;
}

bool TargetSource::take(InputItem& item, std::string_view text, std::optional<std::size_t> line,
                        const Result<Target>& parsed) {
    item.input = std::string(text.substr(0, longest_kept_input));
    item.line = line;
    item.taken_from.reset();
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
        if (taken && std::holds_alternative<Error>(item.target) && may_be_text(line) && !take_text(item, line))
            continue;
        list_gave_ = true;
        if (item.taken_from) return Pull::ready;
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
        if (!of_text_.empty()) {
            item = std::move(of_text_.front());
            of_text_.pop_front();
            return Pull::ready;
        }
        if (block_) {
            item.input = block_text_;
            item.line = block_line_;
            item.target = AddressTarget{block_->first, false, block_->length};
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
        Input& input = inputs_[next_input_++];
        if (!input.items.empty()) {
            of_text_.assign(std::move_iterator(input.items.begin()), std::move_iterator(input.items.end()));
            input.items = {};
        } else if (!input.target) {
            (void)open_list(input.text);
        } else if (take(item, input.text, std::nullopt, *input.target)) {
            return Pull::ready;
        }
    }
}

}  // namespace fcrdns::cli
