// SPDX-License-Identifier: MIT
#include "compose/fix.hpp"

#include <algorithm>

#include "compose/fix_names.hpp"
#include "dns/families.hpp"
#include "judge/findings.hpp"
#include "judge/reverse_target.hpp"
#include "text/phrases.hpp"

namespace fcrdns {
namespace {

// More PTR names than this are nobody's wish: one is to take their place.
constexpr std::size_t most_names_to_publish = 5;

class Options {
public:
    explicit Options(const Evidence& evidence) : evidence_(evidence) {}

    void next_option() {
        if (entries_.empty()) return;
        option_ = entries_.back().option + 1;
        step_ = 1;
    }

    void next_step() {
        if (!entries_.empty() && entries_.back().option == option_) step_ = entries_.back().step + 1;
    }

    void publish_forward(const DnsName& host) {
        const Answer* forward = forward_answer(evidence_, host);
        // In the spelling that was given, where it is the same name.
        const bool leads_elsewhere = forward != nullptr && publishing_name(*forward) != host;
        const DnsName& owner = leads_elsewhere ? publishing_name(*forward) : host;
        FixEntry& entry = add(FixWho::forward_zone, FixAction::add, owner, forward_type(evidence_.address),
                              evidence_.address.to_text());
        if (forward == nullptr) return;
        // An address record beside a CNAME is illegal (RFC 1034 3.6.2), so it takes its place.
        for (const Alias& link : forward->cname_chain) {
            if (link.owner != owner) continue;
            entry.action = FixAction::replace;
            entry.replaces = {record_text(owner, RecordType::cname, link.target.to_absolute_text())};
        }
    }

    void publish_ptr(const DnsName& target) {
        FixEntry& entry =
            add(FixWho::reverse_zone, FixAction::add, ptr_owner(evidence_), RecordType::ptr, target.to_absolute_text());
        if (evidence_.names.empty()) return;
        entry.action = FixAction::replace;
        for (const PtrName& name : evidence_.names) {
            entry.replaces.push_back(record_text(entry.owner, RecordType::ptr, name.name.to_absolute_text()));
        }
    }

    void remove_ptr(const DnsName& target) {
        add(FixWho::reverse_zone, FixAction::remove, ptr_owner(evidence_), RecordType::ptr, target.to_absolute_text());
    }

    std::vector<FixEntry> take() { return std::move(entries_); }

private:
    FixEntry& add(FixWho who, FixAction action, const DnsName& owner, RecordType type, std::string data) {
        return entries_.emplace_back(FixEntry{option_, step_, who, action, owner, type, std::move(data), {}});
    }

    const Evidence& evidence_;
    std::vector<FixEntry> entries_;
    unsigned option_ = 1;
    unsigned step_ = 1;
};

struct OwnName {
    DnsName name;
    bool leads_here = false;
    bool said = false;             // in EHLO: what the host calls itself is then not in doubt
    bool leads_elsewhere = false;  // unless it leads to another host
};

OwnName placeholder() {
    static const DnsName name = *DnsName::from_text(placeholder_host);
    return {name};
}

bool is_ptr_name(const Evidence& evidence, const DnsName& host) {
    return std::any_of(evidence.names.begin(), evidence.names.end(), [&](const PtrName& n) { return n.name == host; });
}

// The host's own name: the one it says in EHLO, else the one given as target, which led to this
// address or the check would not run, else what the PTR record was meant to say. What is said by habit,
// such as the mail domain, leads to another host: then the target that leads here is the better one.
OwnName own_name(const Evidence& evidence, const Verdict& verdict, const Origin& origin) {
    const auto fits = [&](const DnsName& name) { return fault_of(name, evidence.address) == NameFault::none; };
    const bool target_fits = origin.host_name && fits(*origin.host_name);
    if (origin.helo && origin.helo->name && fits(*origin.helo->name)) {
        const DnsName& said = *origin.helo->name;
        const bool leads_here = verdict.helo && verdict.helo->resolves_to_ip.value_or(false);
        const bool elsewhere = verdict.helo && !leads_here && !verdict.helo->addresses.empty();
        const bool target_is_better = target_fits && !origin.address_disputed && *origin.host_name != said;
        if (!elsewhere || !target_is_better || is_ptr_name(evidence, said)) return {said, leads_here, true, elsewhere};
    }
    if (target_fits) return {*origin.host_name, !origin.address_disputed};
    for (const PtrName& name : evidence.names) {
        if (!looks_relative(name.name)) continue;
        const auto meant = without_reverse_suffix(name.name);
        if (meant && fits(*meant)) return {*meant};
    }
    return placeholder();
}

bool can_be_made_true(NameReason reason) {
    return reason == NameReason::forward_mismatch || reason == NameReason::forward_nodata ||
           reason == NameReason::forward_nxdomain;
}

// What may become of each PTR name.
enum class Future : std::uint8_t { keep, publish, unknown, remove };

std::vector<Future> futures_of(const Evidence& evidence, const Verdict& verdict) {
    std::vector<Future> futures;
    for (std::size_t i = 0; i < evidence.names.size(); ++i) {
        const NameFault fault = fault_of(evidence.names[i].name, evidence.address);
        const NameReason reason = verdict.names[i].reason;
        if (is_beyond_repair(fault)) {
            futures.push_back(Future::remove);
        } else if (reason == NameReason::forward_lookup_failed || is_own_view(evidence, evidence.names[i])) {
            futures.push_back(Future::unknown);
        } else if (reason == NameReason::confirmed && may_stay(fault)) {
            futures.push_back(Future::keep);
        } else {
            const bool fits = fault == NameFault::none && can_be_made_true(reason);
            futures.push_back(fits ? Future::publish : Future::remove);
        }
    }
    return futures;
}

void publish_host(Options& options, const OwnName& own) {
    if (!own.leads_here) options.publish_forward(own.name);
    options.next_step();
}

void name_host(Options& options, const OwnName& own) {
    publish_host(options, own);
    options.publish_ptr(own.name);
    if (!own.leads_elsewhere) return;
    options.next_option();
    name_host(options, placeholder());
}

template <class Predicate>
void remove_names(Options& options, const Evidence& evidence, Predicate goes) {
    options.next_step();
    for (std::size_t i = 0; i < evidence.names.size(); ++i) {
        if (goes(i)) options.remove_ptr(evidence.names[i].name);
    }
}

// The names that fit become true, the others go.
void publish_names(Options& options, const Evidence& evidence, const std::vector<Future>& futures) {
    for (std::size_t i = 0; i < evidence.names.size(); ++i) {
        if (futures[i] == Future::publish) options.publish_forward(evidence.names[i].name);
    }
    remove_names(options, evidence, [&](std::size_t i) { return futures[i] != Future::publish; });
    options.next_option();
}

void fix_names(Options& options, const Evidence& evidence, const Verdict& verdict, const Origin& origin) {
    const std::vector<Future> futures = futures_of(evidence, verdict);
    const auto count = [&](Future future) {
        return static_cast<std::size_t>(std::count(futures.begin(), futures.end(), future));
    };
    if (count(Future::keep) != 0) {
        // A name that cannot be looked up now may well be right: it goes only with others that do not.
        if (count(Future::keep) + count(Future::unknown) == futures.size()) return;
        return remove_names(options, evidence, [&](std::size_t i) { return futures[i] != Future::keep; });
    }
    const OwnName own = own_name(evidence, verdict, origin);
    if (own.said && is_ptr_name(evidence, own.name)) {
        publish_host(options, own);
        return remove_names(options, evidence, [&](std::size_t i) { return evidence.names[i].name != own.name; });
    }
    const std::size_t candidates = count(Future::publish);
    if (!own.said && candidates != 0 && candidates <= most_names_to_publish && count(Future::unknown) == 0) {
        publish_names(options, evidence, futures);
    }
    name_host(options, own);
}

// A name that could still lead back must not be replaced for a server's silence.
bool may_still_confirm(const Evidence& evidence, const Verdict& verdict) {
    const std::vector<Future> futures = futures_of(evidence, verdict);
    return std::find(futures.begin(), futures.end(), Future::unknown) != futures.end();
}

}  // namespace

std::string record_text(const DnsName& owner, RecordType type, std::string_view data) {
    return joined({owner.to_absolute_text(), " IN ", to_word(type), " ", data});
}

std::vector<FixEntry> fix_for(const Evidence& evidence, const Verdict& verdict, const Origin& origin) {
    Options options(evidence);
    switch (verdict.reason) {
        case Reason::no_ptr: name_host(options, own_name(evidence, verdict, origin)); break;
        case Reason::forward_lookup_failed:
            if (is_settled_failure(evidence, verdict)) fix_names(options, evidence, verdict, origin);
            break;
        case Reason::forward_confirmed:
        case Reason::ptr_not_a_hostname:
        case Reason::too_many_ptr:
        case Reason::forward_mismatch:
        case Reason::forward_nodata:
        case Reason::forward_nxdomain: fix_names(options, evidence, verdict, origin); break;
        default: break;
    }
    return options.take();
}

bool is_settled_failure(const Evidence& evidence, const Verdict& verdict) {
    return verdict.reason == Reason::forward_lookup_failed && !may_still_confirm(evidence, verdict);
}

const PtrName* kept_name(const Evidence& evidence) {
    for (const PtrName& name : evidence.names) {
        if (leads_back(name, evidence.address) && may_stay(fault_of(name.name, evidence.address))) return &name;
    }
    return nullptr;
}

std::optional<IpAddress> right_address(const Evidence& evidence) {
    if (!evidence.helo) return std::nullopt;
    const DnsName& host = evidence.helo->question.name;
    for (const AddressRecord& record : evidence.helo->addresses) {
        const DnsName reverse = record.ip.reverse_name();
        for (const Answer& answer : evidence.other_addresses) {
            const bool named = std::any_of(answer.names.begin(), answer.names.end(),
                                           [&](const NameRecord& n) { return n.name == host; });
            if (named && answer.question.name == reverse) return record.ip;
        }
    }
    return std::nullopt;
}

std::optional<DnsName> host_after(const Report& report, unsigned option) {
    const FixEntry* published = nullptr;
    for (const FixEntry& entry : report.fix) {
        if (entry.option != option || entry.action == FixAction::remove) continue;
        if (entry.who == FixWho::reverse_zone) return DnsName::from_text(entry.data);
        if (published == nullptr) published = &entry;
    }
    if (published != nullptr) return host_published(*report.evidence, published->owner);
    const PtrName* kept = report.evidence ? kept_name(*report.evidence) : nullptr;
    return kept == nullptr ? std::nullopt : std::optional(kept->name);
}

}  // namespace fcrdns
