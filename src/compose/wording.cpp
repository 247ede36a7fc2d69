// SPDX-License-Identifier: MIT
#include "compose/wording.hpp"

#include <fmt/format.h>

#include "text/phrases.hpp"
#include "text/printable.hpp"

namespace fcrdns {

std::string failure_text(const Answer& answer) {
    std::string text;
    switch (answer.outcome) {
        case Outcome::timeout: text = "no answer"; break;
        case Outcome::unreachable: text = "unreachable"; break;
        case Outcome::malformed: text = "malformed answer"; break;
        case Outcome::referral: text = "referral instead of an answer"; break;
        default: text = unfound_text(answer);
    }
    if (text.empty()) text = rcode_text(answer.rcode.value_or(0));
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
