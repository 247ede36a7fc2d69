// SPDX-License-Identifier: MIT
#include "compose/cause_message.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "compose/finding_text.hpp"
#include "compose/fix_names.hpp"
#include "compose/mail_domain.hpp"
#include "compose/wording.hpp"
#include "dns/families.hpp"

namespace fcrdns {
namespace {

const PtrName* first_with(const Evidence& evidence, const Verdict& verdict, NameReason reason) {
    for (std::size_t i = 0; i < verdict.names.size(); ++i) {
        if (verdict.names[i].reason == reason) return &evidence.names[i];
    }
    return nullptr;
}

std::string more_names(const Evidence& evidence) {
    return evidence.names.size() == 1 ? "" : fmt::format(" (and {} more)", ptr_count(evidence) - 1);
}

std::string mismatch_message(const Evidence& evidence, const PtrName& name) {
    return fmt::format("{} -> {}{}", name.name.to_text(), addresses_text(*name.forward), more_names(evidence));
}

std::string pass_message(const Evidence& evidence, const Verdict& verdict) {
    std::string text = first_with(evidence, verdict, NameReason::confirmed)->name.to_text();
    if (has_warning(verdict)) text += " (" + warning_words(verdict) + ')';
    return text;
}

std::string own_view_words(const Evidence& evidence, const Verdict& verdict) {
    if (!is_own_view(evidence, verdict)) return {};
    const bool inside = std::any_of(verdict.findings.begin(), verdict.findings.end(),
                                    [](const Finding& f) { return f.code == FindingCode::private_forward_address; });
    return fmt::format(" ({})", short_words(inside ? FindingCode::private_forward_address : FindingCode::local_answer));
}

std::string failed_forward_message(const Evidence& evidence) {
    const PtrName& name = *failed_name(evidence);
    return fmt::format("{} lookup of {} failed: {}", to_word(name.forward->question.type), name.name.to_text(),
                       failure_text(*name.forward));
}

}  // namespace

std::string cause_message(const Evidence& evidence, const Verdict& verdict) {
    const std::string_view family_record = to_word(forward_type(evidence.address));
    const auto with_name = [&](NameReason reason, std::string_view words) {
        const PtrName& name = *first_with(evidence, verdict, reason);
        const bool alias = name.forward && !name.forward->cname_chain.empty();
        const std::string end = alias ? " -> " + name.forward->final_name().to_text() : std::string();
        return fmt::format("{}{} {}{}", name.name.to_text(), end, words, more_names(evidence));
    };
    const std::string deadline = evidence.deadline_reached ? " (deadline reached)" : "";
    switch (verdict.reason) {
        case Reason::forward_confirmed: return pass_message(evidence, verdict);
        case Reason::ptr_lookup_failed: return "PTR lookup failed: " + failure_text(evidence.ptr) + deadline;
        case Reason::forward_lookup_failed: return failed_forward_message(evidence) + deadline;
        case Reason::no_ptr: return "no PTR record";
        case Reason::ptr_not_a_hostname: return with_name(NameReason::not_a_hostname, "is not a host name");
        case Reason::too_many_ptr:
            return fmt::format("{} PTR names, none of the first {} leads back", ptr_count(evidence), max_ptr_names);
        case Reason::forward_mismatch:
            return mismatch_message(evidence, *first_with(evidence, verdict, NameReason::forward_mismatch)) +
                   own_view_words(evidence, verdict);
        case Reason::forward_nodata:
            return with_name(NameReason::forward_nodata, fmt::format("has no {} record", family_record));
        case Reason::forward_nxdomain: return with_name(NameReason::forward_nxdomain, "does not exist");
        default: return {};
    }
}

std::string no_address_message(const Verdict& verdict, const std::vector<Answer>& lookups, const Origin& origin) {
    if (origin.is_mail_host && !is_definite(origin.mx->outcome)) return "MX lookup failed: " + failure_text(*origin.mx);
    if (verdict.reason == Reason::no_address) {
        if (is_null_mx(origin)) return "takes no mail (null MX)";
        if (lookups.empty() && !origin.host_name->is_host_name()) return "is no host name";
        const bool exists =
            std::any_of(lookups.begin(), lookups.end(), [](const Answer& a) { return a.outcome != Outcome::nxdomain; });
        return exists ? "no address" : "does not exist";
    }
    for (const Answer& lookup : lookups) {
        if (!is_definite(lookup.outcome)) {
            return fmt::format("{} lookup failed: {}", to_word(lookup.question.type), failure_text(lookup));
        }
    }
    return {};
}

}  // namespace fcrdns
