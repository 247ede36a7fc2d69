// SPDX-License-Identifier: MIT
#include "fcrdns/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "compose/finding_text.hpp"
#include "compose/fix.hpp"
#include "compose/fix_names.hpp"
#include "compose/wording.hpp"
#include "fcrdns/special_use.hpp"
#include "text/phrases.hpp"

namespace fcrdns {
namespace {

const PtrName* first_with(const Evidence& evidence, const Verdict& verdict, NameReason reason) {
    for (std::size_t i = 0; i < verdict.names.size(); ++i) {
        if (verdict.names[i].reason == reason) return &evidence.names[i];
    }
    return nullptr;
}

std::string more_names(const Evidence& evidence) {
    return evidence.names.size() == 1 ? "" : fmt::format(" (and {} more)", evidence.names.size() - 1);
}

std::string mismatch_message(const Evidence& evidence, const PtrName& name) {
    std::vector<std::string> addresses;
    for (const AddressRecord& record : name.forward->addresses) addresses.push_back(record.ip.to_text());
    return fmt::format("{} -> {}{}", name.name.to_text(), join_some(addresses), more_names(evidence));
}

std::string warning_words(const Verdict& verdict) {
    std::vector<std::string> words;
    for (const Finding& finding : verdict.findings) {
        if (severity(finding.code) == Severity::warning) words.emplace_back(short_words(finding.code));
    }
    return fmt::format("{}", fmt::join(words, ", "));
}

std::string pass_message(const Evidence& evidence, const Verdict& verdict) {
    std::string text = first_with(evidence, verdict, NameReason::confirmed)->name.to_text();
    if (has_warning(verdict)) text += "  " + warning_words(verdict);
    return text;
}

std::string failed_forward_message(const Evidence& evidence, const Verdict& verdict) {
    const PtrName& name = *first_with(evidence, verdict, NameReason::forward_lookup_failed);
    return fmt::format("{} lookup of {} failed: {}", to_word(name.forward->question.type), name.name.to_text(),
                       failure_text(*name.forward));
}

std::string message_of(const Evidence& evidence, const Verdict& verdict) {
    const std::string_view family_record = evidence.address.is_ipv4() ? "A" : "AAAA";
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
        case Reason::forward_lookup_failed: return failed_forward_message(evidence, verdict) + deadline;
        case Reason::no_ptr: return "no PTR record";
        case Reason::ptr_not_a_hostname: return with_name(NameReason::not_a_hostname, "is not a host name");
        case Reason::too_many_ptr:
            return fmt::format("{} PTR names, none of the first {} leads back", evidence.names.size(), max_ptr_names);
        case Reason::forward_mismatch:
            return mismatch_message(evidence, *first_with(evidence, verdict, NameReason::forward_mismatch));
        case Reason::forward_nodata:
            return with_name(NameReason::forward_nodata, fmt::format("has no {} record", family_record));
        case Reason::forward_nxdomain: return with_name(NameReason::forward_nxdomain, "does not exist");
        default: return {};
    }
}

bool registry_contact(const DnsName& name) {
    static const std::array<DnsName, 5> registries = {
        *DnsName::from_text("arin.net"), *DnsName::from_text("ripe.net"), *DnsName::from_text("apnic.net"),
        *DnsName::from_text("lacnic.net"), *DnsName::from_text("afrinic.net")};
    return std::any_of(registries.begin(), registries.end(), [&](const DnsName& r) { return name.is_under(r); });
}

bool seen_by_receivers(const IpAddress& address) {
    const SpecialUse* use = special_use(address);
    return use == nullptr || !use->local_scope;
}

// Of the HELO name, which leads to all of these: one whose PTR record names it in turn.
std::optional<IpAddress> right_address(const Evidence& evidence) {
    if (!evidence.helo) return std::nullopt;
    for (const AddressRecord& record : evidence.helo->addresses) {
        const DnsName reverse = record.ip.reverse_name();
        for (const Answer& answer : evidence.other_addresses) {
            if (answer.question.name != reverse) continue;
            const bool named = std::any_of(answer.names.begin(), answer.names.end(),
                                           [&](const NameRecord& n) { return n.name == evidence.helo->question.name; });
            if (named) return record.ip;
        }
    }
    return std::nullopt;
}

std::string no_address_message(const Report& report) {
    if (report.verdict.reason == Reason::no_address) {
        const bool exists = std::any_of(report.address_lookups.begin(), report.address_lookups.end(),
                                        [](const Answer& a) { return a.outcome != Outcome::nxdomain; });
        return exists ? "no address" : "does not exist";
    }
    for (const Answer& lookup : report.address_lookups) {
        if (!is_definite(lookup.outcome)) {
            return fmt::format("{} lookup failed: {}", to_word(lookup.question.type), failure_text(lookup));
        }
    }
    return {};
}

}  // namespace

std::string SmtpReply::line() const {
    return fmt::format("{} {} {}", code, enhanced, text);
}

std::string FixEntry::record() const {
    return joined({owner.to_absolute_text(), " IN ", to_word(type), " ", data});
}

std::string_view to_word(FixWho who) {
    switch (who) {
        case FixWho::forward_zone: return "forward_zone";
        case FixWho::reverse_zone: return "reverse_zone";
    }
    return {};
}

std::string_view to_word(FixAction action) {
    switch (action) {
        case FixAction::add: return "add";
        case FixAction::replace: return "replace";
        case FixAction::remove: return "remove";
    }
    return {};
}

Report compose(Subject subject, Evidence evidence, Verdict verdict, const ComposeOptions& options) {
    Report report;
    report.subject = std::move(subject);
    report.evidence = std::move(evidence);
    report.verdict = std::move(verdict);
    complete(report, options);
    return report;
}

void complete(Report& report, const ComposeOptions& options) {
    const Subject& subject = report.subject;
    const Evidence& evidence = *report.evidence;
    const Verdict& verdict = report.verdict;
    report.message = message_of(evidence, verdict);
    if (options.advice) report.findings = finding_texts(evidence, verdict, subject.origin);
    if (options.advice && verdict.kind != VerdictKind::pass && seen_by_receivers(evidence.address)) {
        report.smtp = refusal(evidence.address, verdict.kind == VerdictKind::temperror);
    }
    const bool can_be_set = seen_by_receivers(evidence.address) && transition_mechanism(evidence.address).empty();
    if (!is_clean_pass(verdict) && can_be_set) {
        report.reverse_zone = evidence.reverse_zone;
        if (options.advice) report.fix = fix_for(evidence, verdict, subject.origin);
    }
    if (verdict.kind == VerdictKind::fail) report.right_address = right_address(evidence);
    if (options.receivers) report.receivers = predict_receivers(evidence, verdict);
}

Report compose_without_address(Subject subject, std::vector<Answer> lookups) {
    Report report;
    const bool definite =
        std::all_of(lookups.begin(), lookups.end(), [](const Answer& a) { return is_definite(a.outcome); });
    report.verdict.kind = definite ? VerdictKind::fail : VerdictKind::temperror;
    report.verdict.reason = definite ? Reason::no_address : Reason::address_lookup_failed;
    report.subject = std::move(subject);
    report.address_lookups = std::move(lookups);
    report.message = no_address_message(report);
    return report;
}

Report compose_invalid(Subject subject, std::string why) {
    Report report;
    report.subject = std::move(subject);
    report.message = std::move(why);
    return report;
}

bool is_clean_pass(const Verdict& verdict) {
    return verdict.kind == VerdictKind::pass && !has_warning(verdict);
}

std::string_view status_word(const Verdict& verdict) {
    switch (verdict.kind) {
        case VerdictKind::pass: return has_warning(verdict) ? "WARN" : "PASS";
        case VerdictKind::fail: return "FAIL";
        case VerdictKind::temperror: return "TEMP";
        case VerdictKind::invalid: break;
    }
    return {};
}

SmtpReply generic_name_reply() {
    return {550, "5.7.25", "Reverse DNS validation failed"};
}

SmtpReply refusal(const IpAddress& address, bool temporary) {
    // RFC 7372 3.3 registers X.7.25; the words are Postfix's reject_unknown_client_hostname.
    std::string text = joined({"Client host rejected: cannot find your hostname, [", address.to_text(), "]"});
    return temporary ? SmtpReply{450, "4.7.25", std::move(text)} : SmtpReply{550, "5.7.25", std::move(text)};
}

bool is_registry_zone(const Soa& zone) {
    const std::size_t labels = zone.zone.label_count();
    static const DnsName in_addr = *DnsName::from_text("in-addr.arpa");
    static const DnsName arpa = *DnsName::from_text("arpa");
    const bool tree_root = zone.zone.is_root() || (labels <= 2 && zone.zone.is_under(arpa));
    const bool whole_slash_8 = labels == 3 && zone.zone.is_under(in_addr);
    return tree_root || whole_slash_8 || registry_contact(zone.mname) || registry_contact(zone.rname);
}

std::string contact_address(const DnsName& rname) {
    if (rname.is_root() || rname.label_count() == 1) return rname.is_root() ? "" : rname.to_text();
    const std::string_view mailbox = rname.split().front();
    std::string local;
    for (const char c : mailbox) {
        const bool plain = is_letter(c) || is_digit(c) || c == '-' || c == '_' || c == '.' || c == '+';
        local += plain ? std::string(1, c) : fmt::format("\\{:03}", static_cast<unsigned char>(c));
    }
    return local + '@' + rname.parent().to_text();
}

std::optional<std::uint32_t> absence_left(const Answer& answer) {
    if (const auto& source = answer.source) {
        return source->resolver_outcome == Outcome::records ? std::nullopt : source->resolver_memory_left;
    }
    if (answer.outcome == Outcome::records || !answer.soa) return std::nullopt;
    return std::min(answer.soa->ttl, answer.soa->minimum);
}

std::optional<std::uint32_t> negative_ttl_left(const Evidence& evidence) {
    return absence_left(evidence.ptr);
}

}  // namespace fcrdns
