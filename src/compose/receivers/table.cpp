// SPDX-License-Identifier: MIT
// The receivers in text: worst first, those that accept on one line of names, at most 80 columns.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "fcrdns/receivers.hpp"
#include "text/phrases.hpp"

namespace fcrdns {
namespace {

constexpr std::size_t columns = 80;
constexpr std::size_t why_indent = 12;
constexpr std::size_t reply_indent = 4;

// Between words, and inside a word that is wider than the column: a PTR name may be.
void append_wrapped(std::string& out, std::string_view text, std::size_t indent) {
    const std::size_t width = columns - indent;
    while (!text.empty()) {
        std::size_t length = std::min(text.size(), width);
        if (length < text.size()) {
            const std::size_t blank = text.substr(0, length + 1).rfind(' ');
            if (blank != std::string_view::npos && blank > 0) length = blank;
        }
        out.append(indent, ' ').append(text.substr(0, length)).append(1, '\n');
        text.remove_prefix(length);
        while (text.starts_with(' ')) text.remove_prefix(1);
    }
}

void append_row(std::string& out, const ReceiverPrediction& row) {
    const std::string of = row.configuration_of.empty() ? std::string() : fmt::format("{} with ", row.configuration_of);
    out += fmt::format("  {:<8}  {}\n", to_word(row.outcome), row.receiver);
    if (!of.empty()) append_wrapped(out, of + std::string(row.policy), why_indent);
    append_wrapped(out, row.why, why_indent);
    if (row.reply) append_wrapped(out, *row.reply, reply_indent);
}

constexpr std::array<ReceiverOutcome, 3> worst_first = {ReceiverOutcome::reject, ReceiverOutcome::tempfail,
                                                        ReceiverOutcome::depends};

using Rows = std::vector<ReceiverPrediction>;

bool counts(const ReceiverPrediction& row) {
    return row.configuration_of.empty();
}

std::size_t count_of(const Rows& rows, ReceiverOutcome outcome) {
    return static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), [&](const ReceiverPrediction& row) {
        return counts(row) && row.outcome == outcome;
    }));
}

// A receiver, and below it those of its settings and versions that do something else than accept.
void append_receiver(std::string& out, const Rows& rows, const ReceiverPrediction& receiver) {
    if (receiver.outcome != ReceiverOutcome::accept) append_row(out, receiver);
    for (const ReceiverPrediction& row : rows) {
        const bool same_end = row.outcome == receiver.outcome && row.reply == receiver.reply;
        if (row.configuration_of != receiver.receiver || row.outcome == ReceiverOutcome::accept || same_end) continue;
        append_row(out, row);
    }
}

std::string accepting(const Rows& rows) {
    std::string names;
    for (const ReceiverPrediction& row : rows) {
        if (row.outcome != ReceiverOutcome::accept) continue;
        names += names.empty() ? "" : ", ";
        names += row.receiver;
    }
    return names;
}

}  // namespace

std::string receivers_table(const Rows& predictions) {
    std::string out;
    for (const ReceiverOutcome outcome : worst_first) {
        for (const ReceiverPrediction& row : predictions) {
            if (counts(row) && row.outcome == outcome) append_receiver(out, predictions, row);
        }
    }
    for (const ReceiverPrediction& row : predictions) {
        if (counts(row) && row.outcome == ReceiverOutcome::accept) append_receiver(out, predictions, row);
    }
    if (const std::string names = accepting(predictions); !names.empty()) {
        append_wrapped(out, "accept: " + names, 2);
    }
    const auto receivers = static_cast<std::size_t>(std::count_if(predictions.begin(), predictions.end(), counts));
    out += fmt::format("\n  {} of {} receivers would reject, {} would defer",
                       count_of(predictions, ReceiverOutcome::reject), receivers,
                       count_of(predictions, ReceiverOutcome::tempfail));
    if (const std::size_t open = count_of(predictions, ReceiverOutcome::depends); open != 0) {
        out += fmt::format(", for {} it depends", open);
    }
    return out + ".\n";
}

}  // namespace fcrdns
