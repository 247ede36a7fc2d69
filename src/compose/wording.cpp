// SPDX-License-Identifier: MIT
#include "compose/wording.hpp"

#include <fmt/format.h>

#include "text/phrases.hpp"
#include "text/printable.hpp"

namespace fcrdns {

std::string outcome_words(const Answer& answer) {
    switch (answer.outcome) {
        case Outcome::timeout: return "no answer";
        case Outcome::unreachable: return "unreachable";
        case Outcome::malformed: return "malformed answer";
        case Outcome::referral: return "referral instead of an answer";
        default: return rcode_text(answer.rcode.value_or(0));
    }
}

std::string failure_text(const Answer& answer) {
    std::string text = unfound_text(answer);
    if (text.empty()) text = outcome_words(answer);
    if (!answer.detail.empty()) text += " (" + printable(answer.detail) + ')';
    if (!answer.extended_errors.empty()) text += " (" + extended_error_text(answer.extended_errors.front().code) + ')';
    return text;
}

std::string unfound_text(const Answer& answer) {
    if (answer.outcome != Outcome::other || !answer.source || !answer.source->unfound) return {};
    const auto& [name, type] = *answer.source->unfound;
    return type == RecordType::ns ? fmt::format("the servers of {} were not found (no NS record)", name.to_text())
                                  : fmt::format("the zone of {} was not found (no SOA record)", name.to_text());
}

std::string addresses_text(const std::vector<AddressRecord>& records) {
    std::vector<std::string> addresses;
    addresses.reserve(records.size());
    for (const AddressRecord& record : records) addresses.push_back(record.ip.to_text());
    return join_some(addresses);
}

}  // namespace fcrdns
