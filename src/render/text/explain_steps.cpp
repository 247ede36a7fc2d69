// SPDX-License-Identifier: MIT
// The options of a fix: numbered steps in words, and records that can be pasted into a zone file.
#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "compose/fix.hpp"
#include "compose/fix_names.hpp"
#include "compose/wording.hpp"
#include "fcrdns/provider.hpp"
#include "render/text/explain.hpp"
#include "text/paragraphs.hpp"
#include "text/phrases.hpp"

namespace fcrdns {
namespace {

using Entries = std::span<const FixEntry>;

// Longer owners are those of IPv6 PTR records, behind which nothing could be aligned in 80 columns.
constexpr std::size_t widest_owner = 40;
// Dozens of removals would bury the advice.
constexpr std::size_t removals_shown = 5;

struct Columns {
    std::size_t owner = 0;
    std::size_t type = 0;
};

Columns columns_of(Entries fix) {
    Columns widths;
    for (const FixEntry& entry : fix) {
        const std::size_t owner = entry.owner.to_absolute_text().size();
        if (owner > widest_owner) continue;
        widths.owner = std::max(widths.owner, owner);
        widths.type = std::max(widths.type, to_word(entry.type).size());
    }
    return widths;
}

std::string aligned(const FixEntry& entry, const Columns& widths) {
    const std::string owner = entry.owner.to_absolute_text();
    if (owner.size() > widest_owner) return entry.record();
    return fmt::format("{:<{}}  IN {:<{}}  {}", owner, widths.owner, to_word(entry.type), widths.type, entry.data);
}

// The longest run of entries at the beginning for which `same` holds of the first and the other.
template <class Same>
Entries first_run(Entries entries, Same same) {
    std::size_t size = 1;
    while (size < entries.size() && same(entries[0], entries[size])) ++size;
    return entries.first(size);
}

Entries first_option(Entries entries) {
    return first_run(entries, [](const FixEntry& a, const FixEntry& b) { return a.option == b.option; });
}

bool exists_for_other_family(const Report& report, const DnsName& host) {
    const auto& names = report.evidence->names;
    return std::any_of(names.begin(), names.end(), [&](const PtrName& name) {
        return name.name == host && name.other_family && name.other_family->outcome == Outcome::records;
    });
}

std::string present_state(const Report& report, const DnsName& host) {
    const Answer* forward = forward_answer(*report.evidence, host);
    if (forward == nullptr) return {};
    if (!forward->cname_chain.empty()) {
        return fmt::format(" (now: an alias for {})", forward->cname_chain.front().target.to_text());
    }
    if (forward->outcome == Outcome::nxdomain && !exists_for_other_family(report, host))
        return " (now: the name does not exist)";
    if (is_definite(forward->outcome) && forward->outcome != Outcome::records)
        return fmt::format(" (now: no {} record)", to_word(forward->question.type));
    return forward->addresses.empty() ? std::string() : fmt::format(" (now: {})", addresses_text(*forward));
}

std::string_view fault_words(NameFault fault) {
    switch (fault) {
        case NameFault::not_a_host_name: return ", no host name";
        case NameFault::reverse_placeholder: return ", a provider's placeholder";
        case NameFault::missing_dot: return ", the final dot is missing";
        case NameFault::bare: return ", a name without a domain";
        case NameFault::local: return ", a name that only a local network knows";
        case NameFault::generic: return ", the provider's name";
        case NameFault::underscore: return ", with an underscore, which no host name should have";
        case NameFault::none: break;
    }
    return {};
}

std::string present_names(const Report& report) {
    const auto& names = report.evidence->names;
    const IpAddress& address = report.evidence->address;
    if (names.size() == 1) {
        return fmt::format("record (now: {}{}) by", names[0].name.to_text(),
                           fault_words(fault_of(names[0].name, address)));
    }
    std::vector<std::string> texts;
    for (const PtrName& name : names) texts.push_back(name.name.to_text());
    return fmt::format("records (now: {}) by only", join_some(texts));
}

// Of a name that was not looked up, or in vain, it is not known whether it leads here.
bool may_lead_here(const Report& report, const DnsName& host) {
    const Answer* forward = forward_answer(*report.evidence, host);
    return forward == nullptr || !is_definite(forward->outcome);
}

std::string forward_introduction(const Report& report, Entries group) {
    const DnsName& host = group.front().owner;
    if (group.front().action == FixAction::replace) {
        return group.size() == 1 ? fmt::format("In the zone of {}, replace its CNAME record{} by:", host.to_text(),
                                               present_state(report, host))
                                 : std::string("In the zones of these names, replace their CNAME records by:");
    }
    if (group.size() > 1) return "In the zones of these names, publish:";
    if (host.to_text() == placeholder_host) return "In the zone of your mail host, publish:";
    const DnsName& led_from = host_published(*report.evidence, host);
    if (led_from != host) {
        return fmt::format("In the zone of {}, to which a DNAME record leads {}, publish:", host.to_text(),
                           led_from.to_text());
    }
    if (may_lead_here(report, host)) return fmt::format("See that the zone of {} has:", host.to_text());
    return fmt::format("In the zone of {}, publish{}:", host.to_text(), present_state(report, host));
}

std::string reverse_introduction(const Report& report, Entries group) {
    switch (group.front().action) {
        case FixAction::add: return "Have this published in the reverse zone:";
        case FixAction::replace: return fmt::format("In the reverse zone, replace the PTR {}:", present_names(report));
        case FixAction::remove: break;
    }
    if (group.size() <= removals_shown) return "In the reverse zone, remove:";
    return fmt::format("In the reverse zone, replace the {} PTR records by only:", ptr_count(*report.evidence));
}

// Instead of very many removals: what is left of the PTR records.
std::vector<FixEntry> what_stays(const Report& report, Entries removals) {
    std::vector<FixEntry> left;
    for (const PtrName& name : report.evidence->names) {
        FixEntry entry = removals.front();
        entry.data = name.name.to_absolute_text();
        const bool goes =
            std::any_of(removals.begin(), removals.end(), [&](const FixEntry& r) { return r.data == entry.data; });
        if (!goes) left.push_back(std::move(entry));
    }
    return left;
}

std::string zone_text(const Report& report, FixAction action) {
    const std::string belongs = fmt::format(
        "belongs to whoever gave you the address: {} it in the provider's control panel (\"reverse DNS\", "
        "\"rDNS\", \"PTR\") or by a ticket, not in your own domain's DNS.",
        action == FixAction::remove ? "change" : "set");
    if (!report.reverse_zone) return fmt::format("The reverse zone {}", belongs);
    const Soa& zone = *report.reverse_zone;
    const DnsName& asked = report.evidence->ptr.question.name;
    std::string parties = "primary server " + zone.mname.to_text();
    if (const std::string contact = contact_address(zone.rname); !contact.empty()) parties += ", contact " + contact;
    if (is_registry_zone(zone)) {
        return fmt::format(
            "The nearest zone is {} ({}): the address block has no reverse zone of its own yet. Whoever "
            "holds the block must have one delegated first.",
            zone.zone.to_text(), parties);
    }
    if (!reverse_chain(*report.evidence).empty() && !asked.is_under(zone.zone)) {
        return fmt::format(
            "The zone is {} ({}), to which the provider has handed {} (RFC 2317): {} it there if that "
            "zone is yours, else ask its contact.",
            zone.zone.to_text(), parties, asked.to_text(), action == FixAction::remove ? "change" : "publish");
    }
    return fmt::format("The zone is {} ({}). It {}", zone.zone.to_text(), parties, belongs);
}

std::string new_host_name(const Report& report) {
    for (const FixEntry& entry : report.fix) {
        if (entry.who == FixWho::reverse_zone && entry.action != FixAction::remove) {
            return DnsName::from_text(entry.data).value_or(DnsName()).to_text();
        }
    }
    return {};
}

void append_zone(std::string& out, const Report& report, FixAction action) {
    const PtrName* name = report.evidence->names.empty() ? nullptr : &report.evidence->names.front();
    const ProviderAdvice* advice = provider_advice(report.reverse_zone.get(), name == nullptr ? nullptr : &name->name);
    append_paragraph(out, zone_text(report, action), 5);
    if (advice == nullptr) return;
    append_paragraph(out, std::string(advice->sentence), 5);
    const std::string host = new_host_name(report);
    const bool useful = report.evidence->address.is_ipv4() || !advice->command_is_for_ipv4;
    if (!advice->command.empty() && useful && !host.empty()) {
        append_line(out, filled(advice->command, report.evidence->address, host), 7);
    }
}

std::string condition(const Report& report, Entries option) {
    if (option.front().option == report.fix.back().option) return "If not:";
    std::vector<std::string> hosts;
    for (const FixEntry& entry : option) {
        if (entry.who == FixWho::forward_zone) hosts.push_back(host_published(*report.evidence, entry.owner).to_text());
    }
    return hosts.size() == 1
               ? fmt::format("If this host is {}:", hosts[0])
               : fmt::format("If {} are {} names of this host:", join_some(hosts), hosts.size() == 2 ? "both" : "all");
}

// What the server says in EHLO must be the name that the PTR record is to have.
std::string helo_step(const Report& report, Entries option) {
    const auto host = host_after(report, option.front().option);
    if (!host) return {};
    const auto& helo = report.subject.origin.helo;
    const bool present_name_goes =
        std::any_of(option.begin(), option.end(), [](const FixEntry& e) { return e.action == FixAction::replace; }) &&
        option.back().who == FixWho::reverse_zone;
    const bool says_it = helo && helo->name && *helo->name == *host;
    if (says_it || (!helo && !present_name_goes)) return {};
    return fmt::format("After that change let the server say {} in EHLO.", host->to_text());
}

class Steps {
public:
    Steps(std::string& out, const Report& report) : out_(out), report_(report), widths_(columns_of(report.fix)) {}

    void append_option(Entries option) {
        const bool alternatives = report_.fix.back().option != 1;
        if (alternatives) append_paragraph(out_, condition(report_, option), 2);
        unsigned step = 0;
        for (Entries rest = option; !rest.empty();) {
            const Entries group = first_run(
                rest, [](const FixEntry& a, const FixEntry& b) { return a.step == b.step && a.action == b.action; });
            append_group(group, group.front().step != step);
            step = group.front().step;
            rest = rest.subspan(group.size());
        }
        if (const std::string helo = helo_step(report_, option); !helo.empty()) {
            append_paragraph(out_, helo, 2, fmt::format("{}. ", step + 1));
        }
    }

private:
    void append_group(Entries group, bool first) {
        const bool forward = group.front().who == FixWho::forward_zone;
        const std::string lead = first ? fmt::format("{}. ", group.front().step) : std::string(3, ' ');
        append_paragraph(out_, forward ? forward_introduction(report_, group) : reverse_introduction(report_, group), 2,
                         lead);
        const bool too_many = group.front().action == FixAction::remove && group.size() > removals_shown;
        const std::vector<FixEntry> left = too_many ? what_stays(report_, group) : std::vector<FixEntry>();
        for (const FixEntry& entry : too_many ? Entries(left) : group) append_line(out_, aligned(entry, widths_), 7);
        if (is_last_of_reverse_zone(group)) append_zone(out_, report_, group.front().action);
    }

    bool is_last_of_reverse_zone(Entries group) const {
        const auto last = std::find_if(report_.fix.rbegin(), report_.fix.rend(),
                                       [](const FixEntry& e) { return e.who == FixWho::reverse_zone; });
        return last != report_.fix.rend() && &*last == &group.back();
    }

    std::string& out_;
    const Report& report_;
    Columns widths_;
};

}  // namespace

void append_steps(std::string& out, const Report& report) {
    append_line(out, "To fix it", 2);
    Steps steps(out, report);
    for (Entries rest = report.fix; !rest.empty();) {
        const Entries option = first_option(rest);
        steps.append_option(option);
        rest = rest.subspan(option.size());
    }
}

}  // namespace fcrdns
