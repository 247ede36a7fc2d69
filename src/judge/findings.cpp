// SPDX-License-Identifier: MIT
#include "judge/findings.hpp"

#include <algorithm>
#include <tuple>

#include "dns/mail_hosts.hpp"
#include "fcrdns/special_use.hpp"
#include "judge/generic/public_suffix.hpp"
#include "judge/reverse_target.hpp"

namespace fcrdns {
namespace {

bool is_own_data(const Answer& answer) {
    if (!is_definite(answer.outcome)) return false;
    if (!answer.source) return answer.is_of_own_data();
    // Where the zone's servers contradict the resolver, they are others than its own.
    return answer.source->own_zone && !answer.source->resolver_withholds();
}

bool has_underscore(const DnsName& name) {
    return name.labels().find('_') != std::string_view::npos;
}

// An address that no host has in the public DNS: an inside view shows it, or a filter.
bool is_inside_address(const IpAddress& address) {
    const auto mapped = address.mapped_ipv4();
    const SpecialUse* use = special_use(mapped ? *mapped : address);
    return use != nullptr && use->inside;
}

class Findings {
public:
    void add(FindingCode code) { add(code, usual_severity(code)); }
    void add(FindingCode code, Severity severity) { list_.push_back({code, severity, {}}); }

    void add_once(FindingCode code) {
        if (std::none_of(list_.begin(), list_.end(), [&](const Finding& f) { return f.code == code; })) add(code);
    }

    template <class Predicate>
    void add_names(FindingCode code, const Evidence& evidence, Predicate speaks_of) {
        Finding finding{code, usual_severity(code), {}};
        for (std::size_t i = 0; i < evidence.names.size(); ++i) {
            if (speaks_of(evidence.names[i], i)) finding.names.push_back(i);
        }
        if (!finding.names.empty()) list_.push_back(std::move(finding));
    }

    std::vector<Finding> take() {
        // Each code is there once, so that no order among equals is to be kept.
        std::sort(list_.begin(), list_.end(), [](const Finding& a, const Finding& b) {
            return std::tie(a.severity, a.code) < std::tie(b.severity, b.code);
        });
        return std::move(list_);
    }

private:
    std::vector<Finding> list_;
};

void find_in_names(const Evidence& evidence, const Verdict& verdict, Findings& findings) {
    using enum FindingCode;
    const auto add = [&](FindingCode code, auto predicate) { findings.add_names(code, evidence, predicate); };
    add(generic_name, [&](const PtrName&, std::size_t i) { return verdict.names[i].generic.match(); });
    if (verdict.kind == VerdictKind::pass) {
        add(unconfirmed_ptr,
            [&](const PtrName&, std::size_t i) { return verdict.names[i].reason != NameReason::confirmed; });
    }
    add(single_label_name, [](const PtrName& n, std::size_t) { return n.host_name && n.name.label_count() == 1; });
    add(unknown_tld, [](const PtrName& n, std::size_t) {
        return n.host_name && n.name.label_count() > 1 && !has_known_tld(n.name);
    });
    add(ptr_target_not_absolute,
        [](const PtrName& n, std::size_t) { return looks_relative(n.name) && !is_reverse_placeholder(n.name); });
    if (!has_local_scope(evidence.address)) {
        // Of a name that the public DNS cannot have, this view is as good as any.
        add(private_forward_address, [](const PtrName& n, std::size_t) {
            return may_be_public(n.name) && n.forward && leads_only_inside(*n.forward);
        });
    }
    // A pass does not wait for the other family, so it must not depend on when that answer comes.
    const bool waits_for_other_family = verdict.kind != VerdictKind::pass;
    add(other_family_only,
        [&](const PtrName& n, std::size_t) { return waits_for_other_family && has_only_other_family(n); });
    if (waits_for_other_family) {
        add(synthesised_address, [](const PtrName& n, std::size_t) { return !n.synthesised.empty(); });
    }
    if (evidence.names.size() > 1) findings.add(multiple_ptr);
    add(forward_alias, [](const PtrName& n, std::size_t) { return n.forward && !n.forward->cname_chain.empty(); });
    add(underscore_in_name, [](const PtrName& n, std::size_t) { return n.host_name && has_underscore(n.name); });
}

void find_in_resolver_view(const Evidence& evidence, Findings& findings) {
    bool differs = false;
    bool withholds = false;
    const auto look = [&](const Answer& answer) {
        if (!answer.source) return;
        differs = differs || answer.source->resolver_differs();
        withholds = withholds || answer.source->resolver_withholds();
    };
    look(evidence.ptr);
    for (const PtrName& name : evidence.names) {
        if (name.forward) look(*name.forward);
    }
    if (!differs && !withholds) return;
    findings.add(FindingCode::resolver_differs, withholds ? Severity::warning : Severity::info);
}

void find_in_answers(const Evidence& evidence, const Verdict& verdict, Findings& findings) {
    const auto differ = [](const Answer& a) { return a.source && a.source->servers_differ(); };
    if (differ(evidence.ptr) || std::any_of(evidence.names.begin(), evidence.names.end(),
                                            [&](const PtrName& n) { return n.forward && differ(*n.forward); })) {
        findings.add(FindingCode::servers_disagree);
    }
    // That a name which the public DNS cannot have does not lead back is no resolver's doing.
    const bool passes = verdict.kind == VerdictKind::pass;
    const bool local =
        looks_local(evidence.ptr) || std::any_of(evidence.names.begin(), evidence.names.end(), [&](const PtrName& n) {
            return n.forward && (passes || may_be_public(n.name)) && looks_local(*n.forward);
        });
    if (local) findings.add(FindingCode::local_answer);
    const auto own = [](const Answer& a) { return is_own_data(a) && !looks_local(a); };
    if (own(evidence.ptr) || std::any_of(evidence.names.begin(), evidence.names.end(),
                                         [&](const PtrName& n) { return n.forward && own(*n.forward); })) {
        findings.add(FindingCode::own_zone_answer);
    }
    find_in_resolver_view(evidence, findings);
    if (!reverse_chain(evidence).empty()) findings.add(FindingCode::ptr_alias);
}

void find_in_helo(const Verdict& verdict, Findings& findings) {
    if (!verdict.helo) return;
    if (verdict.helo->names_other_ptr) findings.add(FindingCode::helo_mismatch);
    if (verdict.helo->resolves_to_ip == false) findings.add(FindingCode::helo_not_resolving);
}

void find_in_input(const Evidence& evidence, const Origin& origin, Findings& findings) {
    if (special_use(evidence.address) != nullptr) findings.add(FindingCode::special_use_address);
    if (origin.ipv4_mapped) findings.add(FindingCode::ipv4_mapped);
    if (!origin.synthesised.empty()) findings.add_once(FindingCode::synthesised_address);
    if (!origin.host_name || !is_definite(evidence.ptr.outcome)) return;
    const bool named = std::any_of(evidence.names.begin(), evidence.names.end(),
                                   [&](const PtrName& n) { return n.name == *origin.host_name; });
    if (named) return;
    if (evidence.ptr.outcome == Outcome::records) findings.add(FindingCode::input_name_not_in_ptr);
    if (names_mail_domain(origin)) findings.add(FindingCode::mail_domain);
}

}  // namespace

std::vector<Finding> findings_of(const Evidence& evidence, const Verdict& verdict, const Origin& origin) {
    Findings findings;
    find_in_names(evidence, verdict, findings);
    find_in_answers(evidence, verdict, findings);
    find_in_helo(verdict, findings);
    find_in_input(evidence, origin, findings);
    return findings.take();
}

// What stands in a hosts file is given with a TTL of 0.
bool looks_local(const Answer& answer) {
    if (!is_own_data(answer) || answer.outcome != Outcome::records || answer.source) return false;
    const auto zero = [](const auto& record) { return record.ttl == 0; };
    return std::all_of(answer.names.begin(), answer.names.end(), zero) &&
           std::all_of(answer.addresses.begin(), answer.addresses.end(), zero) &&
           std::all_of(answer.cname_chain.begin(), answer.cname_chain.end(), zero);
}

bool has_only_other_family(const PtrName& name) {
    const bool absent =
        name.forward && (name.forward->outcome == Outcome::nodata || name.forward->outcome == Outcome::nxdomain);
    return absent && name.other_family && name.other_family->outcome == Outcome::records;
}

bool is_own_view(const Evidence& evidence, const PtrName& name) {
    if (!name.forward) return false;
    if (!is_definite(name.forward->outcome)) return is_own_failure(*name.forward);
    return leads_only_inside(*name.forward) && !has_local_scope(evidence.address);
}

bool leads_only_inside(const Answer& forward) {
    const auto& records = forward.addresses;
    return forward.outcome == Outcome::records &&
           std::all_of(records.begin(), records.end(),
                       [](const AddressRecord& record) { return is_inside_address(record.ip); });
}

bool names_mail_domain(const Origin& origin) {
    return origin.mx && !origin.is_mail_host && takes_mail_elsewhere(*origin.mx);
}

Severity usual_severity(FindingCode code) {
    return code < FindingCode::own_zone_answer ? Severity::warning : Severity::info;
}

}  // namespace fcrdns
