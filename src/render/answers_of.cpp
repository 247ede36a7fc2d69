// SPDX-License-Identifier: MIT
#include "render/answers_of.hpp"

namespace fcrdns {

std::vector<const Answer*> answers_of(const Report& report) {
    std::vector<const Answer*> answers;
    const auto add = [&](const auto& answer) {
        if (answer) answers.push_back(&*answer);
    };
    add(report.subject.origin.mx);
    for (const Answer& lookup : report.address_lookups) answers.push_back(&lookup);
    if (!report.evidence) return answers;
    const Evidence& evidence = *report.evidence;
    answers.push_back(&evidence.ptr);
    for (const PtrName& name : evidence.names) {
        add(name.forward);
        add(name.other_family);
    }
    add(evidence.helo);
    add(evidence.prefix);
    add(evidence.ptr_at_name);
    for (const Answer& other : evidence.other_addresses) answers.push_back(&other);
    for (const Answer& answer : evidence.zone_walk) answers.push_back(&answer);
    return answers;
}

}  // namespace fcrdns
