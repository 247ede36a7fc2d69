// SPDX-License-Identifier: MIT
// The receivers as a text table: worst first, two blanks in front, at most 100 columns.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "fcrdns/receivers.hpp"

namespace fcrdns {
namespace {

constexpr std::size_t columns = 100;
constexpr std::size_t reply_indent = 12;
constexpr std::size_t why_indent = 29;

// Between words, and inside a word that is wider than the column: a PTR name may be.
void append_wrapped(std::string& out, std::string_view text, std::size_t indent) {
    const std::size_t width = columns - indent;
    bool first = true;
    while (!text.empty()) {
        std::size_t length = std::min(text.size(), width);
        if (length < text.size()) {
            const std::size_t blank = text.substr(0, length + 1).rfind(' ');
            if (blank != std::string_view::npos && blank > 0) length = blank;
        }
        if (!first) out.append(indent, ' ');
        out.append(text.substr(0, length)).append(1, '\n');
        text.remove_prefix(length);
        while (text.starts_with(' ')) text.remove_prefix(1);
        first = false;
    }
}

void append_row(std::string& out, const ReceiverPrediction& row) {
    out += fmt::format("  {:<8}  {:<15}  ", to_word(row.outcome), row.receiver);
    append_wrapped(out, row.why, why_indent);
    if (!row.reply) return;
    out.append(reply_indent, ' ');
    append_wrapped(out, *row.reply, reply_indent);
}

}  // namespace

std::string receivers_table(const std::vector<ReceiverPrediction>& predictions) {
    constexpr std::array<ReceiverOutcome, 4> worst_first = {ReceiverOutcome::reject, ReceiverOutcome::tempfail,
                                                            ReceiverOutcome::depends, ReceiverOutcome::accept};
    std::array<std::size_t, 4> counts{};
    std::string out;
    for (const ReceiverOutcome outcome : worst_first) {
        for (const ReceiverPrediction& row : predictions) {
            if (row.outcome != outcome) continue;
            ++counts[static_cast<std::size_t>(outcome)];
            append_row(out, row);
        }
    }
    const auto count = [&](ReceiverOutcome outcome) { return counts[static_cast<std::size_t>(outcome)]; };
    out += fmt::format("\n  {} of {} would reject, {} would defer", count(ReceiverOutcome::reject), predictions.size(),
                       count(ReceiverOutcome::tempfail));
    if (count(ReceiverOutcome::depends) != 0)
        out += fmt::format(", for {} it depends", count(ReceiverOutcome::depends));
    return out + ".\n";
}

}  // namespace fcrdns
