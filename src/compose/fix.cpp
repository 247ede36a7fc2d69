// SPDX-License-Identifier: MIT
#include "compose/fix.hpp"

#include <algorithm>

namespace fcrdns {
namespace {

constexpr std::string_view forward_zone = "forward_zone";
constexpr std::string_view reverse_zone = "reverse_zone";

class Steps {
public:
    explicit Steps(const Evidence& evidence) : evidence_(evidence) {}

    void next() { ++step_; }

    void publish_forward(const DnsName& host) {
        const std::string_view type = evidence_.address.is_ipv4() ? "A" : "AAAA";
        const std::string_view action = is_alias(host) ? "replace" : "add";
        entries_.push_back({step_, forward_zone, action, host, type, evidence_.address.to_text()});
    }

    // A PTR beside a CNAME is illegal (RFC 1034 3.6.2), so it belongs to the end of the chain.
    void publish_ptr(std::string_view action, const DnsName& target) {
        entries_.push_back({step_, reverse_zone, action, evidence_.ptr.final_name(), "PTR", target.to_absolute_text()});
    }

    std::vector<FixEntry> take() { return std::move(entries_); }

private:
    // An address record beside a CNAME is illegal (RFC 1034 3.6.2), so it takes its place.
    bool is_alias(const DnsName& host) const {
        return std::any_of(evidence_.names.begin(), evidence_.names.end(), [&](const PtrName& n) {
            return n.name == host && n.forward && !n.forward->cname_chain.empty();
        });
    }

    const Evidence& evidence_;
    std::vector<FixEntry> entries_;
    unsigned step_ = 1;
};

struct OwnName {
    DnsName name;
    bool leads_here = false;
};

// The host's own name: the one it says in EHLO, else the one given as target, which led to this
// address or the check would not run, else what the PTR record was meant to say.
OwnName own_name(const Evidence& evidence, const Verdict& verdict, const Origin& origin) {
    if (origin.helo && origin.helo->name && origin.helo->name->is_host_name()) {
        return {*origin.helo->name, verdict.helo && verdict.helo->resolves_to_ip.value_or(false)};
    }
    if (origin.host_name) return {*origin.host_name, true};
    for (const PtrName& name : evidence.names) {
        if (!looks_relative(name.name)) continue;
        const auto meant = without_reverse_suffix(name.name);
        if (meant && meant->is_host_name()) return {*meant, false};
    }
    static const DnsName placeholder = *DnsName::from_text(placeholder_host);
    return {placeholder, false};
}

void replace_ptr(Steps& steps, const OwnName& own, std::string_view action) {
    if (!own.leads_here) {
        steps.publish_forward(own.name);
        steps.next();
    }
    steps.publish_ptr(action, own.name);
    steps.next();
}

bool can_be_made_true(NameReason reason) {
    return reason == NameReason::forward_mismatch || reason == NameReason::forward_nodata ||
           reason == NameReason::forward_nxdomain;
}

void make_names_true(Steps& steps, const Evidence& evidence, const Verdict& verdict, const OwnName& own) {
    bool own_is_among_them = false;
    for (std::size_t i = 0; i < evidence.names.size(); ++i) {
        if (!can_be_made_true(verdict.names[i].reason)) continue;
        steps.publish_forward(evidence.names[i].name);
        own_is_among_them = own_is_among_them || evidence.names[i].name == own.name;
    }
    if (!own_is_among_them) steps.publish_ptr("replace", own.name);
}

void settle_unconfirmed(Steps& steps, const Evidence& evidence, const Verdict& verdict) {
    for (std::size_t i = 0; i < evidence.names.size(); ++i) {
        const NameReason reason = verdict.names[i].reason;
        if (reason == NameReason::confirmed || reason == NameReason::forward_lookup_failed) continue;
        if (can_be_made_true(reason)) steps.publish_forward(evidence.names[i].name);
        steps.publish_ptr("remove", evidence.names[i].name);
        steps.next();
    }
}

bool has(const Verdict& verdict, FindingCode code) {
    return std::any_of(verdict.findings.begin(), verdict.findings.end(),
                       [&](const Finding& f) { return f.code == code; });
}

bool wants_another_name(const Verdict& verdict) {
    using enum FindingCode;
    return has(verdict, generic_name) || has(verdict, single_label_name) || has(verdict, unknown_tld) ||
           has(verdict, ptr_target_not_absolute);
}

// One nibble; or an octet, or a part of a block as RFC 2317 names it: 25, 0-63, 0/26. Not the "de" of a domain.
bool is_reverse_label(std::string_view label, bool ipv6) {
    const auto is_hex = [](char c) { return is_digit(c) || (to_lower(c) >= 'a' && to_lower(c) <= 'f'); };
    if (ipv6) return label.size() == 1 && is_hex(label.front());
    return is_digit(label.front()) &&
           std::all_of(label.begin(), label.end(), [](char c) { return is_digit(c) || c == '-' || c == '/'; });
}

void fix_pass(Steps& steps, const Evidence& evidence, const Verdict& verdict, const OwnName& own) {
    if (has(verdict, FindingCode::unconfirmed_ptr)) settle_unconfirmed(steps, evidence, verdict);
    if (wants_another_name(verdict)) replace_ptr(steps, own, "replace");
}

}  // namespace

std::optional<DnsName> without_reverse_suffix(const DnsName& name) {
    std::vector<std::string_view> labels = name.split();
    if (labels.size() < 2) return std::nullopt;
    const bool ipv6 = labels[labels.size() - 2].size() == 3;  // ip6, not in-addr
    labels.resize(labels.size() - 2);
    while (!labels.empty() && is_reverse_label(labels.back(), ipv6)) labels.pop_back();
    if (labels.empty()) return std::nullopt;
    std::string wire;
    for (const std::string_view label : labels) {
        wire += static_cast<char>(label.size());
        wire += label;
    }
    wire += '\0';
    return DnsName::from_wire({reinterpret_cast<const std::uint8_t*>(wire.data()), wire.size()});
}

std::vector<FixEntry> fix_for(const Evidence& evidence, const Verdict& verdict, const Origin& origin) {
    Steps steps(evidence);
    const OwnName own = own_name(evidence, verdict, origin);
    switch (verdict.reason) {
        case Reason::forward_confirmed: fix_pass(steps, evidence, verdict, own); break;
        case Reason::no_ptr: replace_ptr(steps, own, "add"); break;
        case Reason::ptr_not_a_hostname:
        case Reason::too_many_ptr: replace_ptr(steps, own, "replace"); break;
        case Reason::forward_mismatch:
        case Reason::forward_nodata:
        case Reason::forward_nxdomain:
            if (has(verdict, FindingCode::ptr_target_not_absolute)) {
                replace_ptr(steps, own, "replace");
            } else {
                make_names_true(steps, evidence, verdict, own);
            }
            break;
        default: break;
    }
    return steps.take();
}

}  // namespace fcrdns
