// SPDX-License-Identifier: MIT
#include "receivers/stub.hpp"

#include <algorithm>

namespace fcrdns {

StubResult stub_result(const Answer& answer) {
    switch (answer.outcome) {
        case Outcome::records: return StubResult::found;
        case Outcome::nodata:
        case Outcome::nxdomain: return StubResult::absent;
        case Outcome::servfail:
        case Outcome::refused:
        case Outcome::notimp:
        case Outcome::timeout:
        case Outcome::unreachable: return StubResult::temporary;
        // Passed over like a refusal, but only when neither AA nor RA is set.
        case Outcome::referral: return answer.ra || answer.aa ? StubResult::absent : StubResult::temporary;
        case Outcome::formerr:
        case Outcome::malformed:
        case Outcome::other: return StubResult::hopeless;
    }
    return StubResult::hopeless;
}

bool stub_takes(const DnsName& name) {
    const std::string_view labels = name.labels();
    if (labels.size() > 1 && labels[1] == '-') return false;
    const auto labels_of_name = name.split();
    return std::all_of(labels_of_name.begin(), labels_of_name.end(), [](std::string_view label) {
        return std::all_of(label.begin(), label.end(),
                           [](char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '_'; });
    });
}

bool all_numeric(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c) || c == '.'; });
}

std::string raw_text(const DnsName& name) {
    std::string text;
    for (const std::string_view label : name.split()) {
        if (!text.empty()) text += '.';
        text += label;
    }
    return text;
}

}  // namespace fcrdns
