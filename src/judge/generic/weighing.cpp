// SPDX-License-Identifier: MIT
#include "judge/generic/weighing.hpp"

#include <algorithm>
#include <array>

#include "judge/generic/rules.hpp"

namespace fcrdns {
namespace {

bool is_numbering(const Clue& clue) {
    return clue.rule == &rules::serial_number || clue.rule == &rules::number_chain ||
           clue.rule == &rules::coded_label || clue.rule == &rules::hardware_address ||
           clue.rule == &rules::machine_identifier;
}

bool is_server_hint(const Clue& clue) {
    return clue.weight == weight::hint && clue.rule == &rules::rented_server;
}

}  // namespace

Clues without_overlaps(const Clues& clues, const GenericRule* ignored) {
    std::array<const Clue*, most_clues> order{};
    auto end = order.begin();
    for (const Clue& clue : clues) {
        if (clue.rule != ignored) *end++ = &clue;
    }
    std::stable_sort(order.begin(), end, [](const Clue* a, const Clue* b) {
        return a->weight != b->weight ? a->weight > b->weight : a->span.size() < b->span.size();
    });
    Clues kept;
    for (auto at = order.begin(); at != end; ++at) {
        const auto collides = [&](const Clue& clue) { return clue.span.overlaps((*at)->span); };
        if (std::none_of(kept.begin(), kept.end(), collides)) kept.add(**at);
    }
    return kept;
}

Clues with_chain(const Clues& kept, const Clue& chain) {
    int covered = 0;
    Clues rest;
    rest.add(chain);
    for (const Clue& clue : kept) {
        if (clue.span.overlaps(chain.span)) {
            covered += clue.weight;
        } else {
            rest.add(clue);
        }
    }
    return chain.weight > covered ? rest : kept;
}

int sum_of(const Clues& kept) {
    const bool chain =
        std::any_of(kept.begin(), kept.end(), [](const Clue& clue) { return clue.rule == &rules::number_chain; });
    int numbering = 0;
    int sum = 0;
    for (const Clue& clue : kept) {
        if (is_numbering(clue)) {
            numbering = std::max(numbering, clue.weight);
        } else if (!chain || !is_server_hint(clue)) {
            sum += clue.weight;
        }
    }
    return sum + numbering;
}

std::vector<GenericEvidence> evidence_of(const Clues& kept, const std::string& text) {
    constexpr std::size_t most_evidence = 4;
    const int least = kept[0].weight >= weight::sure ? weight::enough : weight::hint;
    std::vector<GenericEvidence> evidence;
    for (const Clue& clue : kept) {
        const auto same_rule = [&](const GenericEvidence& told) { return told.rule == clue.rule; };
        if (clue.weight < least || std::any_of(evidence.begin(), evidence.end(), same_rule)) continue;
        evidence.push_back({text.substr(clue.span.begin, clue.span.size()), clue.rule});
        if (evidence.size() == most_evidence) break;
    }
    return evidence;
}

}  // namespace fcrdns
