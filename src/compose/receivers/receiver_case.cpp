// SPDX-License-Identifier: MIT
#include "compose/receivers/receiver_case.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "compose/wording.hpp"
#include "text/phrases.hpp"

namespace fcrdns {
namespace {

// Worst first: what a sender would least like to meet.
int severity(const ReceiverCase& one) {
    switch (one.outcome) {
        case ReceiverOutcome::reject: return 2;
        case ReceiverOutcome::tempfail: return 1;
        default: return 0;
    }
}

bool same_end(const ReceiverCase& a, const ReceiverCase& b) {
    return a.outcome == b.outcome && a.reply == b.reply;
}

std::string certain_cause(const std::vector<ReceiverCase>& cases) {
    const ReceiverCase& first = cases.front();
    std::string text = first.name.empty() ? first.words : first.name + ' ' + first.words;
    if (cases.size() > 1)
        text += fmt::format(", and {} would end the same way", count_text(cases.size() - 1, "more name", "more names"));
    return text;
}

std::string cases_text(const std::vector<ReceiverCase>& cases, const ReceiverCase& end) {
    std::vector<std::string> items;
    for (const ReceiverCase& one : cases) {
        if (same_end(one, end)) items.push_back(one.name + (one.open ? ", if it " : ", which ") + one.words);
    }
    return fmt::format("{} with {}", to_word(end.outcome), join_some(items));
}

std::string open_cause(const std::vector<ReceiverCase>& cases) {
    const bool all_open = std::all_of(cases.begin(), cases.end(), [](const ReceiverCase& f) { return f.open; });
    std::string text = all_open ? "It follows a name that was not asked about: "
                                : "It looks at one PTR name, and their order changes: ";
    std::vector<ReceiverCase> ends;
    for (const ReceiverCase& one : cases) {
        if (std::none_of(ends.begin(), ends.end(), [&](const ReceiverCase& e) { return same_end(e, one); })) {
            ends.push_back(one);
        }
    }
    for (std::size_t i = 0; i < ends.size(); ++i) text += (i == 0 ? "" : "; ") + cases_text(cases, ends[i]);
    return text;
}

}  // namespace

NameCase forward_case(const PtrName& name, const IpAddress& address) {
    if (!name.forward) return {NameEnd::open, {}};
    const Answer& answer = *name.forward;
    if (leads_back(name, address)) return {NameEnd::leads_back, "leads back to " + address.to_text()};
    switch (answer.outcome) {
        case Outcome::records: return {NameEnd::leads_elsewhere, "leads to " + addresses_text(answer)};
        case Outcome::nodata:
            return {NameEnd::leads_elsewhere, fmt::format("has no {} record", to_word(answer.question.type))};
        case Outcome::nxdomain: return {NameEnd::leads_elsewhere, "does not exist"};
        default: return {NameEnd::failed, fmt::format("could not be looked up ({})", failure_text(answer))};
    }
}

NameCase refused_name(std::string_view words) {
    return {NameEnd::leads_elsewhere, std::string(words)};
}

void append_cases(std::vector<ReceiverCase>& cases, const PtrName& name, NameCase found, const Responses& responses) {
    const std::string text = name.name.to_text();
    const auto add = [&](const Response& response, std::string words, bool open) {
        cases.push_back({response.outcome, response.reply, text, std::move(words), open});
    };
    switch (found.end) {
        case NameEnd::leads_back: return add({}, std::move(found.words), false);
        case NameEnd::leads_elsewhere: return add(responses.elsewhere, std::move(found.words), false);
        case NameEnd::failed: return add(responses.failed, std::move(found.words), false);
        case NameEnd::open: add(responses.elsewhere, "does not lead back", true); add({}, "leads back", true);
    }
}

std::vector<ReceiverCase> one_case(Response response, std::string words) {
    return {ReceiverCase{response.outcome, std::move(response.reply), {}, std::move(words), false}};
}

std::string ptr_cause(const Answer& ptr) {
    if (ptr.outcome == Outcome::records) return "A PTR record is published";
    if (is_definite(ptr.outcome)) return "No PTR record is published";
    return fmt::format("The PTR lookup failed ({})", failure_text(ptr));
}

ReceiverPrediction combine_cases(std::string_view receiver, std::string_view policy, std::string_view note,
                                 std::vector<ReceiverCase> cases) {
    std::stable_sort(cases.begin(), cases.end(),
                     [](const ReceiverCase& a, const ReceiverCase& b) { return severity(a) > severity(b); });
    const ReceiverCase& worst = cases.front();
    const bool certain =
        std::all_of(cases.begin(), cases.end(), [&](const ReceiverCase& f) { return same_end(f, worst); });
    ReceiverPrediction row;
    row.receiver = receiver;
    row.policy = policy;
    row.outcome = certain ? worst.outcome : ReceiverOutcome::depends;
    row.reply = worst.reply;
    row.why = certain ? certain_cause(cases) : open_cause(cases);
    if (!note.empty() && row.outcome != ReceiverOutcome::accept) row.why += fmt::format("; {}", note);
    row.why += '.';
    return row;
}

}  // namespace fcrdns
