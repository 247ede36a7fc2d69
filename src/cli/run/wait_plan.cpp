// SPDX-License-Identifier: MIT
#include "cli/run/wait_plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "text/phrases.hpp"

namespace fcrdns::cli {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

bool is_satisfied(const Report& report, bool strict) {
    if (report.verdict.kind == VerdictKind::invalid) return true;
    return report.verdict.kind == VerdictKind::pass && (!strict || is_clean_pass(report.verdict));
}

void lower(std::optional<std::uint32_t>& ttl, std::uint32_t other) {
    ttl = std::min(ttl.value_or(other), other);
}

void lower_by(std::optional<std::uint32_t>& ttl, const Evidence& evidence) {
    if (const auto left = negative_ttl_left(evidence)) lower(ttl, *left);
    for (const PtrName& name : evidence.names) {
        lower(ttl, name.ttl);
        if (!name.forward) continue;
        for (const AddressRecord& record : name.forward->addresses) lower(ttl, record.ttl);
        if (name.forward->soa) lower(ttl, name.forward->soa->negative_ttl());
    }
}

std::uint32_t whole_seconds(milliseconds time) {
    return static_cast<std::uint32_t>(std::chrono::ceil<seconds>(time).count());
}

}  // namespace

bool is_satisfied(std::span<const Report> reports, bool strict) {
    return std::all_of(reports.begin(), reports.end(), [&](const Report& r) { return is_satisfied(r, strict); });
}

std::optional<std::uint32_t> obstacle_ttl(std::span<const Report> reports) {
    std::optional<std::uint32_t> ttl;
    for (const Report& report : reports) {
        const bool from_cache = report.evidence && !report.evidence->ptr.source;
        if (from_cache && !is_clean_pass(report.verdict)) lower_by(ttl, *report.evidence);
    }
    return ttl;
}

std::optional<milliseconds> next_pause(std::optional<std::uint32_t> ttl, milliseconds left) {
    if (left <= milliseconds(0)) return std::nullopt;
    const milliseconds wanted = std::clamp<milliseconds>(seconds(ttl.value_or(0)), seconds(5), seconds(60));
    return std::min(wanted, left);
}

std::string waiting_sentence(std::span<const Report> reports, bool strict, milliseconds pause, milliseconds left) {
    std::vector<std::string> missing;
    for (const Report& report : reports) {
        if (!is_satisfied(report, strict))
            missing.push_back(fmt::format("{}: {}", subject_with_host(report), report.message));
    }
    return fmt::format("{}; checking again in {}, for at most {}", join_some(missing),
                       duration_text(whole_seconds(pause)), duration_text(whole_seconds(left)));
}

}  // namespace fcrdns::cli
