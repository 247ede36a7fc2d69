// SPDX-License-Identifier: MIT
#include "render/causes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "compose/finding_text.hpp"
#include "compose/mail_domain.hpp"
#include "compose/wording.hpp"
#include "dns/families.hpp"

namespace fcrdns {
namespace {

std::string failed(std::string_view lookup, const Answer* answer) {
    return fmt::format("{} lookup failed: {}", lookup,
                       answer == nullptr ? "no answer" : outcome_words(answer->outcome, answer->rcode));
}

std::string failed_host(const Report& report) {
    const Answer* answer = failed_lookup(report);
    return failed(answer != nullptr && answer->question.type == RecordType::mx ? "MX" : "address", answer);
}

std::string_view family_record(const Report& report) {
    return to_word(forward_type(report.evidence->address));
}

}  // namespace

std::string cause_words(const Report& report) {
    switch (report.verdict.reason) {
        case Reason::forward_confirmed: return warning_words(report.verdict);
        case Reason::ptr_lookup_failed: return failed("PTR", &report.evidence->ptr);
        case Reason::forward_lookup_failed: return failed(family_record(report), failed_lookup(report));
        case Reason::address_lookup_failed: return failed_host(report);
        case Reason::no_ptr: return "no PTR record";
        case Reason::ptr_not_a_hostname: return "PTR is not a host name";
        case Reason::too_many_ptr: return "too many PTR names";
        case Reason::forward_mismatch: return "PTR name leads elsewhere";
        case Reason::forward_nodata: return fmt::format("PTR name has no {} record", family_record(report));
        case Reason::forward_nxdomain: return "PTR name does not exist";
        case Reason::no_address:
            return is_null_mx(report.subject.origin) ? "domain that takes no mail" : "host name without an address";
        case Reason::invalid_input: break;
    }
    return {};
}

std::string cause_text(const Report& report) {
    // The sentence about an invalid input names it.
    if (report.verdict.kind == VerdictKind::invalid) return report.message;
    return fmt::format("{}: {}", subject_with_host(report), report.message);
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
