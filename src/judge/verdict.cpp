// SPDX-License-Identifier: MIT
#include "fcrdns/verdict.hpp"

#include <algorithm>
#include <tuple>

#include "dns/extended_errors.hpp"
#include "dns/reverse_trees.hpp"
#include "judge/findings.hpp"
#include "judge/generic/rules.hpp"
#include "judge/reverse_target.hpp"

namespace fcrdns {
namespace {

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

}  // namespace

Verdict judge(const Evidence& evidence, const Origin& origin) {
    Verdict verdict;
    verdict.names.reserve(evidence.names.size());
    for (const PtrName& name : evidence.names) {
        NameVerdict& opinion = verdict.names.emplace_back();
        opinion.reason = judge_forward(name, evidence.address);
        if (is_reverse_placeholder(name.name)) {
            opinion.generic = {{{name.name.to_text(), &rules::reverse_name}}};
        } else if (name.host_name) {
            opinion.generic = judge_host_name(name.name, evidence.address);
        }
    }
    std::tie(verdict.kind, verdict.reason) = decide(evidence, verdict.names);
    if (origin.helo) verdict.helo = judge_helo(*origin.helo, evidence);
    verdict.findings = findings_of(evidence, verdict, origin);
    return verdict;
}

namespace {

// Only who looks for the zone's own servers fails by this: the resolver denies the records that name them, or knows
// what it is asked for all the same.
bool hides_servers(const Answer& answer) {
    if (!answer.source || !answer.source->unfound) return false;
    return (answer.outcome == Outcome::other && !answer.rcode) || is_definite(answer.source->resolver.outcome);
}

}  // namespace

bool is_own_failure(const Answer& answer) {
    const auto& errors = answer.extended_errors;
    // The zones' own servers were asked: what they do, they do to everybody.
    const bool of_zone = answer.source && !answer.source->unfound && !answer.source->servers.empty();
    if (of_zone) return answer.no_route || answer.outcome == Outcome::not_sent || answer.source->own_zone;
    // Knot Resolver's policy.DROP says so with SERVFAIL.
    const bool is_prohibited =
        !is_definite(answer.outcome) &&
        std::any_of(errors.begin(), errors.end(), [](const ExtendedError& e) { return e.code == prohibited; });
    if (is_prohibited || hides_servers(answer)) return true;
    switch (answer.outcome) {
        case Outcome::not_sent:
        case Outcome::unreachable:
        case Outcome::referral:
        case Outcome::filtered: return true;
        case Outcome::refused: return answer.server_works == false;
        // It answered, and the way to the rest of it is closed.
        case Outcome::timeout: return answer.server_works == false || !answer.detail.empty();
        default: return false;
    }
}

bool is_own_view(const Evidence& evidence, const Verdict& verdict) {
    if (verdict.kind == VerdictKind::temperror) {
        const auto& names = evidence.names;
        const bool failed = std::any_of(names.begin(), names.end(), [](const PtrName& n) {
            return n.forward && !is_definite(n.forward->outcome) && is_own_failure(*n.forward);
        });
        if (failed || is_own_failure(evidence.ptr)) return true;
    }
    return verdict.kind != VerdictKind::pass &&
           std::any_of(verdict.findings.begin(), verdict.findings.end(), [](const Finding& f) {
               return f.code == FindingCode::private_forward_address || f.code == FindingCode::local_answer;
           });
}

bool has_warning(const Verdict& verdict) {
    return std::any_of(verdict.findings.begin(), verdict.findings.end(),
                       [](const Finding& f) { return f.severity == Severity::warning; });
}

bool looks_relative(const DnsName& name) {
    return is_in_reverse_tree(name);
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
