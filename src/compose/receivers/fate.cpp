// SPDX-License-Identifier: MIT
#include "compose/receivers/fate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "compose/wording.hpp"
#include "text/phrases.hpp"

namespace fcrdns {
namespace {

// Worst first: what a sender would least like to meet.
int badness(const Fate& fate) {
    switch (fate.outcome) {
        case ReceiverOutcome::reject: return 2;
        case ReceiverOutcome::tempfail: return 1;
        default: return 0;
    }
}

bool same_end(const Fate& a, const Fate& b) {
    return a.outcome == b.outcome && a.reply == b.reply;
}

std::string certain_cause(const std::vector<Fate>& fates) {
    const Fate& first = fates.front();
    std::string text = first.name.empty() ? first.words : first.name + ' ' + first.words;
    if (fates.size() > 1)
        text += fmt::format(", and {} would end the same way", count_text(fates.size() - 1, "more name", "more names"));
    return text;
}

std::string cases_text(const std::vector<Fate>& fates, const Fate& end) {
    std::vector<std::string> items;
    for (const Fate& fate : fates) {
        if (same_end(fate, end)) items.push_back(fate.name + (fate.open ? ", if it " : ", which ") + fate.words);
    }
    return fmt::format("{} with {}", to_word(end.outcome), join_some(items));
}

std::string open_cause(const std::vector<Fate>& fates) {
    const bool all_open = std::all_of(fates.begin(), fates.end(), [](const Fate& f) { return f.open; });
    std::string text = all_open ? "It follows a name that was not asked about: "
                                : "It looks at one PTR name, and their order changes: ";
    std::vector<Fate> ends;
    for (const Fate& fate : fates) {
        if (std::none_of(ends.begin(), ends.end(), [&](const Fate& e) { return same_end(e, fate); })) {
            ends.push_back(fate);
        }
    }
    for (std::size_t i = 0; i < ends.size(); ++i) text += (i == 0 ? "" : "; ") + cases_text(fates, ends[i]);
    return text;
}

}  // namespace

NameStep forward_step(const PtrName& name, const IpAddress& address) {
    if (!name.forward) return {Step::open, {}};
    const Answer& answer = *name.forward;
    if (leads_back(name, address)) return {Step::leads_back, "leads back to " + address.to_text()};
    switch (answer.outcome) {
        case Outcome::records: {
            std::vector<std::string> found;
            for (const AddressRecord& record : answer.addresses) found.push_back(record.ip.to_text());
            return {Step::leads_elsewhere, "leads to " + join_some(found)};
        }
        case Outcome::nodata:
            return {Step::leads_elsewhere, fmt::format("has no {} record", to_word(answer.question.type))};
        case Outcome::nxdomain: return {Step::leads_elsewhere, "does not exist"};
        default: return {Step::failed, fmt::format("could not be looked up ({})", failure_text(answer))};
    }
}

NameStep refused_name(std::string_view words) {
    return {Step::leads_elsewhere, std::string(words)};
}

void append_fates(std::vector<Fate>& fates, const PtrName& name, NameStep step, const Effects& effects) {
    const std::string text = name.name.to_text();
    const auto add = [&](const Effect& effect, std::string words, bool open) {
        fates.push_back({effect.outcome, effect.reply, text, std::move(words), open});
    };
    switch (step.step) {
        case Step::leads_back: return add({}, std::move(step.words), false);
        case Step::leads_elsewhere: return add(effects.elsewhere, std::move(step.words), false);
        case Step::failed: return add(effects.failed, std::move(step.words), false);
        case Step::open: add(effects.elsewhere, "does not lead back", true); add({}, "leads back", true);
    }
}

std::vector<Fate> one_fate(Effect effect, std::string words) {
    return {Fate{effect.outcome, std::move(effect.reply), {}, std::move(words), false}};
}

std::string ptr_cause(const Answer& ptr) {
    if (ptr.outcome == Outcome::records) return "A PTR record is published";
    if (is_definite(ptr.outcome)) return "No PTR record is published";
    return fmt::format("The PTR lookup failed ({})", failure_text(ptr));
}

ReceiverPrediction settle(std::string_view receiver, std::string_view policy, std::string_view note,
                          const std::vector<Fate>& fates) {
    std::vector<Fate> cases = fates;
    std::stable_sort(cases.begin(), cases.end(), [](const Fate& a, const Fate& b) { return badness(a) > badness(b); });
    const Fate& worst = cases.front();
    const bool certain = std::all_of(cases.begin(), cases.end(), [&](const Fate& f) { return same_end(f, worst); });
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
