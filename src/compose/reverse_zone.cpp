// SPDX-License-Identifier: MIT
// What the SOA record of a reverse zone says: who runs it, and for how long absence is kept.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "dns/reverse_trees.hpp"
#include "fcrdns/report.hpp"

namespace fcrdns {
namespace {

bool registry_contact(const DnsName& name) {
    static const std::array<DnsName, 5> registries = {
        *DnsName::from_text("arin.net"), *DnsName::from_text("ripe.net"), *DnsName::from_text("apnic.net"),
        *DnsName::from_text("lacnic.net"), *DnsName::from_text("afrinic.net")};
    return std::any_of(registries.begin(), registries.end(), [&](const DnsName& r) { return name.is_under(r); });
}

}  // namespace

bool is_registry_zone(const Soa& zone) {
    const std::size_t labels = zone.zone.label_count();
    static const DnsName arpa = *DnsName::from_text("arpa");
    const bool tree_root = zone.zone.is_root() || (labels <= 2 && zone.zone.is_under(arpa));
    const bool whole_slash_8 = labels == 3 && zone.zone.is_under(in_addr_arpa());
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
        return source->resolver.outcome == Outcome::records ? std::nullopt : source->resolver.ttl_left;
    }
    if (answer.outcome == Outcome::records || !answer.soa) return std::nullopt;
    return answer.soa->negative_ttl();
}

std::optional<std::uint32_t> negative_ttl_left(const Evidence& evidence) {
    return absence_left(evidence.ptr);
}

}  // namespace fcrdns
