// SPDX-License-Identifier: MIT
// How long caches keep the old state: an absent record, an old address, an old PTR record.
#include <fmt/format.h>

#include <algorithm>

#include "dns/families.hpp"
#include "render/text/explain.hpp"
#include "text/phrases.hpp"

namespace fcrdns {
namespace {

// In an option a PTR name gets its address record.
bool publishes_ptr_name(const Report& report) {
    const auto& names = report.evidence->names;
    return std::any_of(report.fix.begin(), report.fix.end(), [&](const FixEntry& e) {
        return std::any_of(names.begin(), names.end(),
                           [&](const PtrName& n) { return e.who == FixWho::forward_zone && n.name == e.owner; });
    });
}

// In an option the PTR record is to be another one, or one less.
bool replaces_ptr(const Report& report) {
    return std::any_of(report.fix.begin(), report.fix.end(),
                       [](const FixEntry& e) { return e.who == FixWho::reverse_zone && e.action != FixAction::add; });
}

// Where the resolver's data is its own, waiting changes nothing.
std::string old_ptr_text(const Evidence& evidence) {
    std::uint32_t ttl = 0;
    for (const PtrName& name : evidence.names) ttl = std::max(ttl, name.ttl);
    if (ttl == 0 || evidence.ptr.is_of_own_data()) return {};
    return fmt::format("The old PTR record may be remembered for at least another {}.", duration_text(ttl));
}

std::string absence_text(std::string_view type, const Answer& answer) {
    const auto left = absence_left(answer);
    if (!left || !answer.soa || answer.soa->minimum == 0 || answer.is_of_own_data()) return {};
    if (*left == 0) {
        return fmt::format("Receivers' resolvers remember the missing {}record for up to {} after they last asked.",
                           type, duration_text(answer.soa->minimum));
    }
    return fmt::format(
        "Your resolver remembers the missing {}record for another {}; receivers' resolvers for up to {} "
        "after they last asked.",
        type, duration_text(*left), duration_text(answer.soa->minimum));
}

// Of the first name that does not lead back.
std::string forward_text(const Report& report) {
    const Evidence& evidence = *report.evidence;
    for (std::size_t i = 0; i < evidence.names.size(); ++i) {
        const auto& forward = evidence.names[i].forward;
        const NameReason reason = report.verdict.names[i].reason;
        if (reason == NameReason::forward_mismatch) {
            std::uint32_t ttl = 0;
            for (const AddressRecord& record : forward->addresses) ttl = std::max(ttl, record.ttl);
            if (ttl == 0 || forward->is_of_own_data()) return {};
            return fmt::format("The old address may be remembered for at least another {}.", duration_text(ttl));
        }
        const bool absent = reason == NameReason::forward_nodata || reason == NameReason::forward_nxdomain;
        if (absent) return absence_text(fmt::format("{} ", to_word(forward_type(evidence.address))), *forward);
    }
    return {};
}

}  // namespace

std::string caching_text(const Report& report) {
    const Evidence& evidence = *report.evidence;
    if (evidence.ptr.outcome != Outcome::records) return absence_text("", evidence.ptr);
    const std::string forward = publishes_ptr_name(report) ? forward_text(report) : std::string();
    const std::string ptr = replaces_ptr(report) ? old_ptr_text(evidence) : std::string();
    return forward.empty() || ptr.empty() ? forward + ptr : forward + ' ' + ptr;
}

}  // namespace fcrdns
