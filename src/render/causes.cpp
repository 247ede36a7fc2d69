// SPDX-License-Identifier: MIT
#include "render/causes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "compose/finding_text.hpp"
#include "compose/wording.hpp"

namespace fcrdns {
namespace {

std::string failed(std::string_view lookup, const Answer* answer) {
    return fmt::format("{} lookup failed: {}", lookup,
                       answer == nullptr ? "no answer" : outcome_words(answer->outcome, answer->rcode));
}

const Answer* failed_forward(const Report& report) {
    for (const PtrName& name : report.evidence->names) {
        if (name.forward && !is_definite(name.forward->outcome)) return &*name.forward;
    }
    return nullptr;
}

const Answer* failed_address_lookup(const Report& report) {
    const auto at = std::find_if(report.address_lookups.begin(), report.address_lookups.end(),
                                 [](const Answer& answer) { return !is_definite(answer.outcome); });
    return at == report.address_lookups.end() ? nullptr : &*at;
}

std::string_view family_record(const Report& report) {
    return report.evidence->address.is_ipv4() ? "A" : "AAAA";
}

}  // namespace

std::string cause_words(const Report& report) {
    switch (report.verdict.reason) {
        case Reason::forward_confirmed: return warning_words(report.verdict);
        case Reason::ptr_lookup_failed: return failed("PTR", &report.evidence->ptr);
        case Reason::forward_lookup_failed: return failed(family_record(report), failed_forward(report));
        case Reason::address_lookup_failed: return failed("address", failed_address_lookup(report));
        case Reason::no_ptr: return "no PTR record";
        case Reason::ptr_not_a_hostname: return "PTR is not a host name";
        case Reason::too_many_ptr: return "too many PTR names";
        case Reason::forward_mismatch: return "PTR name leads elsewhere";
        case Reason::forward_nodata: return fmt::format("PTR name has no {} record", family_record(report));
        case Reason::forward_nxdomain: return "PTR name does not exist";
        case Reason::no_address: return "host name without an address";
        case Reason::invalid_input: break;
    }
    return {};
}

unsigned severity_rank(const Verdict& verdict) {
    switch (verdict.kind) {
        case VerdictKind::fail: return 0;
        case VerdictKind::temperror: return 1;
        case VerdictKind::pass: return has_warning(verdict) ? 2 : 3;
        case VerdictKind::invalid: break;
    }
    return 4;
}

void CauseCounts::count(const Report& report) {
    std::string words = cause_words(report);
    if (!words.empty()) ++counts_[{severity_rank(report.verdict), std::move(words)}];
}

void CauseCounts::append_to(std::string& out) const {
    std::vector<std::pair<std::pair<unsigned, std::string>, std::size_t>> rows(counts_.begin(), counts_.end());
    std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) {
        return a.first.first != b.first.first ? a.first.first < b.first.first : a.second > b.second;
    });
    for (const auto& [cause, count] : rows) out += fmt::format("{:>5} {}\n", count, cause.second);
}

}  // namespace fcrdns
