// SPDX-License-Identifier: MIT
#include "flow/related_addresses.hpp"

#include <algorithm>
#include <optional>

namespace fcrdns {
namespace {

// Whether the IPv4 addresses all pass; none where that is not known, or there are none.
std::optional<bool> ipv4_passes(const std::vector<Report>& reports) {
    const auto any = [&](VerdictKind kind) {
        return std::any_of(reports.begin(), reports.end(),
                           [&](const Report& r) { return r.subject.family == Family::ipv4 && r.verdict.kind == kind; });
    };
    if (any(VerdictKind::fail)) return false;
    return any(VerdictKind::pass) && !any(VerdictKind::temperror) ? std::optional(true) : std::nullopt;
}

}  // namespace

void relate_addresses(std::vector<Report>& reports) {
    const std::optional<bool> ipv4 = ipv4_passes(reports);
    for (Report& report : reports) {
        if (report.verdict.kind != VerdictKind::fail) continue;
        if (report.subject.family == Family::ipv6) report.ipv4_passes = ipv4;
        const auto right = std::find_if(reports.begin(), reports.end(), [&](const Report& other) {
            return other.subject.family == report.subject.family && is_clean_pass(other.verdict);
        });
        if (right != reports.end()) report.right_address = right->evidence->address;
    }
}

}  // namespace fcrdns
