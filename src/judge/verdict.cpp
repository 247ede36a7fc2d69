// SPDX-License-Identifier: MIT
#include "fcrdns/verdict.hpp"

#include <algorithm>
#include <tuple>

#include "dns/reverse_trees.hpp"
#include "fcrdns/special_use.hpp"
#include "judge/generic/public_suffix.hpp"
#include "judge/generic/rules.hpp"
#include "judge/reverse_target.hpp"

namespace fcrdns {
namespace {

constexpr std::uint16_t prohibited = 18;  // RFC 8914 4.19: the server does not serve this client

bool has_only_other_family(const PtrName& name) {
    const bool absent =
        name.forward && (name.forward->outcome == Outcome::nodata || name.forward->outcome == Outcome::nxdomain);
    return absent && name.other_family && name.other_family->outcome == Outcome::records;
}

NameReason judge_forward(const PtrName& name, const IpAddress& address) {
    if (!name.host_name) return NameReason::not_a_hostname;
    if (!name.forward) return NameReason::not_asked;
    if (leads_back(name, address)) return NameReason::confirmed;
    switch (name.forward->outcome) {
        case Outcome::records: return NameReason::forward_mismatch;
        case Outcome::nodata: return NameReason::forward_nodata;
        case Outcome::nxdomain:
            // Where the other family has records the name exists, whatever its server says.
            return has_only_other_family(name) ? NameReason::forward_nodata : NameReason::forward_nxdomain;
        default: return NameReason::forward_lookup_failed;
    }
}

std::pair<VerdictKind, Reason> decide(const Evidence& evidence, const std::vector<NameVerdict>& names) {
    const auto any = [&](NameReason reason) {
        return std::any_of(names.begin(), names.end(), [&](const NameVerdict& n) { return n.reason == reason; });
    };
    if (!is_definite(evidence.ptr.outcome)) return {VerdictKind::temperror, Reason::ptr_lookup_failed};
    // RFC 8601 2.7.3: without PTR data the result is permerror, which Reason::no_ptr stands for.
    if (evidence.ptr.outcome != Outcome::records) return {VerdictKind::fail, Reason::no_ptr};
    if (any(NameReason::confirmed)) return {VerdictKind::pass, Reason::forward_confirmed};
    if (any(NameReason::forward_lookup_failed)) return {VerdictKind::temperror, Reason::forward_lookup_failed};
    if (any(NameReason::not_asked)) return {VerdictKind::fail, Reason::too_many_ptr};
    if (any(NameReason::forward_mismatch)) return {VerdictKind::fail, Reason::forward_mismatch};
    if (any(NameReason::forward_nodata)) return {VerdictKind::fail, Reason::forward_nodata};
    if (any(NameReason::forward_nxdomain)) return {VerdictKind::fail, Reason::forward_nxdomain};
    return {VerdictKind::fail, Reason::ptr_not_a_hostname};
}

// A resolver that answers from its own data claims authority and offers recursion at once; a real authoritative
// server does not offer recursion, a cache has no authority.
bool is_own_data(const Answer& answer) {
    return answer.aa && answer.ra && is_definite(answer.outcome) && !answer.source;
}

// What stands in a hosts file is given with a TTL of 0.
bool looks_local(const Answer& answer) {
    if (!is_own_data(answer) || answer.outcome != Outcome::records) return false;
    const auto zero = [](const auto& record) { return record.ttl == 0; };
    return std::all_of(answer.names.begin(), answer.names.end(), zero) &&
           std::all_of(answer.addresses.begin(), answer.addresses.end(), zero) &&
           std::all_of(answer.cname_chain.begin(), answer.cname_chain.end(), zero);
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

bool leads_only_inside(const PtrName& name) {
    if (!name.forward || name.forward->outcome != Outcome::records) return false;
    const auto& records = name.forward->addresses;
    return std::all_of(records.begin(), records.end(), [](const AddressRecord& r) { return is_inside_address(r.ip); });
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
    const SpecialUse* use = special_use(evidence.address);
    const bool seen_by_receivers = use == nullptr || !use->local_scope;
    if (seen_by_receivers) {
        add(private_forward_address, [](const PtrName& n, std::size_t) { return leads_only_inside(n); });
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

void find_in_answers(const Evidence& evidence, Findings& findings) {
    const auto differ = [](const Answer& a) { return a.source && a.source->servers_differ(); };
    if (differ(evidence.ptr) || std::any_of(evidence.names.begin(), evidence.names.end(),
                                            [&](const PtrName& n) { return n.forward && differ(*n.forward); })) {
        findings.add(FindingCode::servers_disagree);
    }
    const bool local =
        looks_local(evidence.ptr) || std::any_of(evidence.names.begin(), evidence.names.end(),
                                                 [](const PtrName& n) { return n.forward && looks_local(*n.forward); });
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
    if (!origin.host_name || evidence.ptr.outcome != Outcome::records) return;
    const bool named = std::any_of(evidence.names.begin(), evidence.names.end(),
                                   [&](const PtrName& n) { return n.name == *origin.host_name; });
    if (!named) findings.add(FindingCode::input_name_not_in_ptr);
}

}  // namespace

Verdict judge(const Evidence& evidence, const Origin& origin) {
    Verdict verdict;
    verdict.names.reserve(evidence.names.size());
    for (const PtrName& name : evidence.names) {
        NameVerdict& opinion = verdict.names.emplace_back();
        opinion.reason = judge_forward(name, evidence.address);
        if (is_reverse_placeholder(name.name)) {
            opinion.generic = {GenericStrength::certain, {{name.name.to_text(), &rules::reverse_name}}};
        } else if (name.host_name) {
            opinion.generic = judge_host_name(name.name, evidence.address);
        }
    }
    std::tie(verdict.kind, verdict.reason) = decide(evidence, verdict.names);
    if (origin.helo) verdict.helo = judge_helo(*origin.helo, evidence);
    Findings findings;
    find_in_names(evidence, verdict, findings);
    find_in_answers(evidence, findings);
    find_in_helo(verdict, findings);
    find_in_input(evidence, origin, findings);
    verdict.findings = findings.take();
    return verdict;
}

Severity usual_severity(FindingCode code) {
    return code < FindingCode::own_zone_answer ? Severity::warning : Severity::info;
}

bool is_own_failure(const Answer& answer) {
    const auto& errors = answer.extended_errors;
    // The zones' own servers were asked: what they do, they do to everybody.
    const bool of_zone = answer.source && !answer.source->unfound && !answer.source->servers.empty();
    if (of_zone) return answer.no_route;
    switch (answer.outcome) {
        case Outcome::unreachable:
        case Outcome::referral:
        case Outcome::filtered: return true;
        case Outcome::refused:
            return answer.server_works == false ||
                   std::any_of(errors.begin(), errors.end(),
                               [](const ExtendedError& e) { return e.code == prohibited; });
        case Outcome::timeout: return answer.server_works == false;
        default: return false;
    }
}

bool is_own_view(const Evidence& evidence, const Verdict& verdict) {
    if (verdict.kind == VerdictKind::temperror) {
        const auto& names = evidence.names;
        return is_own_failure(evidence.ptr) || std::any_of(names.begin(), names.end(), [](const PtrName& n) {
                   return n.forward && !is_definite(n.forward->outcome) && is_own_failure(*n.forward);
               });
    }
    return verdict.kind == VerdictKind::fail &&
           std::any_of(verdict.findings.begin(), verdict.findings.end(),
                       [](const Finding& f) { return f.code == FindingCode::private_forward_address; });
}

bool has_warning(const Verdict& verdict) {
    return std::any_of(verdict.findings.begin(), verdict.findings.end(),
                       [](const Finding& f) { return f.severity == Severity::warning; });
}

bool looks_relative(const DnsName& name) {
    return name.is_under(in_addr_arpa()) || name.is_under(ip6_arpa());
}

std::string_view to_word(VerdictKind kind) {
    switch (kind) {
        case VerdictKind::pass: return "pass";
        case VerdictKind::fail: return "fail";
        case VerdictKind::temperror: return "temperror";
        case VerdictKind::invalid: return "invalid";
    }
    return "";
}

std::string_view to_word(Reason reason) {
    switch (reason) {
        case Reason::forward_confirmed: return "forward_confirmed";
        case Reason::ptr_lookup_failed: return "ptr_lookup_failed";
        case Reason::forward_lookup_failed: return "forward_lookup_failed";
        case Reason::no_ptr: return "no_ptr";
        case Reason::ptr_not_a_hostname: return "ptr_not_a_hostname";
        case Reason::too_many_ptr: return "too_many_ptr";
        case Reason::forward_mismatch: return "forward_mismatch";
        case Reason::forward_nodata: return "forward_nodata";
        case Reason::forward_nxdomain: return "forward_nxdomain";
        case Reason::no_address: return "no_address";
        case Reason::address_lookup_failed: return "address_lookup_failed";
        case Reason::invalid_input: return "invalid_input";
    }
    return "";
}

std::string_view to_word(NameReason reason) {
    switch (reason) {
        case NameReason::confirmed: return "confirmed";
        case NameReason::forward_mismatch: return "forward_mismatch";
        case NameReason::forward_nodata: return "forward_nodata";
        case NameReason::forward_nxdomain: return "forward_nxdomain";
        case NameReason::forward_lookup_failed: return "forward_lookup_failed";
        case NameReason::not_a_hostname: return "not_a_hostname";
        case NameReason::not_asked: return "not_asked";
    }
    return "";
}

std::string_view to_word(FindingCode code) {
    switch (code) {
        case FindingCode::generic_name: return "generic_name";
        case FindingCode::unconfirmed_ptr: return "unconfirmed_ptr";
        case FindingCode::single_label_name: return "single_label_name";
        case FindingCode::unknown_tld: return "unknown_tld";
        case FindingCode::ptr_target_not_absolute: return "ptr_target_not_absolute";
        case FindingCode::local_answer: return "local_answer";
        case FindingCode::private_forward_address: return "private_forward_address";
        case FindingCode::resolver_differs: return "resolver_differs";
        case FindingCode::helo_mismatch: return "helo_mismatch";
        case FindingCode::helo_not_resolving: return "helo_not_resolving";
        case FindingCode::servers_disagree: return "servers_disagree";
        case FindingCode::other_family_only: return "other_family_only";
        case FindingCode::own_zone_answer: return "own_zone_answer";
        case FindingCode::synthesised_address: return "synthesised_address";
        case FindingCode::multiple_ptr: return "multiple_ptr";
        case FindingCode::ptr_alias: return "ptr_alias";
        case FindingCode::forward_alias: return "forward_alias";
        case FindingCode::underscore_in_name: return "underscore_in_name";
        case FindingCode::special_use_address: return "special_use_address";
        case FindingCode::ipv4_mapped: return "ipv4_mapped";
        case FindingCode::input_name_not_in_ptr: return "input_name_not_in_ptr";
    }
    return "";
}

std::string_view to_word(Severity severity) {
    return severity == Severity::warning ? "warning" : "info";
}

std::string_view iprev(const Verdict& verdict) {
    switch (verdict.kind) {
        case VerdictKind::pass: return "pass";
        case VerdictKind::temperror: return "temperror";
        case VerdictKind::fail: return verdict.reason == Reason::no_ptr ? "permerror" : "fail";
        case VerdictKind::invalid: break;
    }
    return {};
}

}  // namespace fcrdns
