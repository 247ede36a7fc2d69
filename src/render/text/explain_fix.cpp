// SPDX-License-Identifier: MIT
// What to do about a verdict, in words and records that can be pasted into a zone file.
#include <fmt/format.h>

#include <algorithm>

#include "compose/wording.hpp"
#include "fcrdns/provider.hpp"
#include "fcrdns/special_use.hpp"
#include "render/text/explain.hpp"
#include "text/paragraphs.hpp"
#include "text/phrases.hpp"

namespace fcrdns {
namespace {

struct Columns {
    std::size_t owner = 0;
    std::size_t type = 0;
};

Columns columns_of(const std::vector<FixEntry>& fix) {
    Columns widths;
    for (const FixEntry& entry : fix) {
        widths.owner = std::max(widths.owner, entry.owner.to_absolute_text().size());
        widths.type = std::max(widths.type, entry.type.size());
    }
    return widths;
}

std::string aligned(const FixEntry& entry, const Columns& widths) {
    return fmt::format("{:<{}}  IN {:<{}}  {}", entry.owner.to_absolute_text(), widths.owner, entry.type, widths.type,
                       entry.data);
}

const PtrName* ptr_name(const Report& report, const DnsName& name) {
    for (const PtrName& candidate : report.evidence->names) {
        if (candidate.name == name) return &candidate;
    }
    return nullptr;
}

std::string present_state(const Report& report, const DnsName& host) {
    const PtrName* name = ptr_name(report, host);
    if (name == nullptr || !name->forward) return {};
    if (!name->forward->cname_chain.empty()) {
        return fmt::format(" in the place of its CNAME record (now: an alias for {})",
                           name->forward->final_name().to_text());
    }
    if (name->forward->outcome == Outcome::nxdomain) return " (now: the name does not exist)";
    if (name->forward->outcome == Outcome::nodata) {
        return fmt::format(" (now: no {} record)", to_word(name->forward->question.type));
    }
    const auto& records = name->forward->addresses;
    return records.empty() ? std::string() : fmt::format(" (now: {})", addresses_text(records));
}

std::string present_names(const Report& report) {
    std::vector<std::string> names;
    for (const PtrName& name : report.evidence->names) names.push_back(name.name.to_text());
    return join_some(names);
}

// The name that was meant is taken from the PTR record and was not looked up.
bool names_relative_ptr(const Report& report) {
    const auto& names = report.evidence->names;
    return std::any_of(names.begin(), names.end(), [](const PtrName& n) { return looks_relative(n.name); });
}

std::string introduction(const Report& report, const FixEntry& entry, bool alternatives, bool first) {
    const bool forward = entry.who == "forward_zone";
    if (alternatives && forward) {
        return fmt::format("{} {}, publish in the zone of that name{}:", first ? "If this host is" : "If it is",
                           entry.owner.to_text(), present_state(report, entry.owner));
    }
    if (forward && names_relative_ptr(report)) return "See that the zone of your mail host has:";
    if (forward) return fmt::format("In the zone of your mail host, publish{}:", present_state(report, entry.owner));
    if (entry.action == "remove") return first ? "In the reverse zone, remove:" : "If not, remove in the reverse zone:";
    if (entry.action == "add") return "Have this published in the reverse zone:";
    if (alternatives) {
        const std::string change = report.evidence->names.size() == 1
                                       ? "If not, change the PTR record to the host's own name"
                                       : "If none of them, have a single PTR record with the host's own name";
        return fmt::format("{}, which must lead to {}:", change, report.evidence->address.to_text());
    }
    return fmt::format("In the reverse zone, replace the PTR of {} by:", present_names(report));
}

std::string zone_text(const Report& report) {
    constexpr std::string_view belongs =
        "belongs to whoever gave you the address: set it in the provider's control panel (\"reverse DNS\", "
        "\"rDNS\", \"PTR\") or by a ticket, not in your own domain's DNS.";
    if (!report.reverse_zone) return fmt::format("The reverse zone {}", belongs);
    const Soa& zone = *report.reverse_zone;
    const Answer& ptr = report.evidence->ptr;
    std::string parties = "primary server " + zone.mname.to_text();
    if (const std::string contact = contact_address(zone.rname); !contact.empty()) parties += ", contact " + contact;
    if (is_registry_zone(zone)) {
        return fmt::format(
            "The nearest zone is {} ({}): the address block has no reverse zone of its own yet. Whoever "
            "holds the block must have one delegated first.",
            zone.zone.to_text(), parties);
    }
    if (!ptr.cname_chain.empty() && !ptr.question.name.is_under(zone.zone)) {
        return fmt::format(
            "The zone is {} ({}), to which the provider has handed {} (RFC 2317): publish it there if that "
            "zone is yours, else ask its contact.",
            zone.zone.to_text(), parties, ptr.question.name.to_text());
    }
    return fmt::format("The zone is {} ({}). It {}", zone.zone.to_text(), parties, belongs);
}

std::string new_host_name(const Report& report) {
    for (const FixEntry& entry : report.fix) {
        if (entry.who == "reverse_zone" && entry.action != "remove") {
            return DnsName::from_text(entry.data).value_or(DnsName()).to_text();
        }
    }
    return {};
}

void append_zone(std::string& out, const Report& report) {
    const PtrName* name = report.evidence->names.empty() ? nullptr : &report.evidence->names.front();
    const ProviderAdvice* advice = provider_advice(report.reverse_zone, name == nullptr ? nullptr : &name->name);
    append_paragraph(out, zone_text(report), 5);
    if (advice == nullptr) return;
    append_paragraph(out, std::string(advice->sentence), 5);
    const std::string host = new_host_name(report);
    const bool useful = report.evidence->address.is_ipv4() || !advice->command_is_for_ipv4;
    if (!advice->command.empty() && useful && !host.empty()) {
        append_line(out, filled(advice->command, report.evidence->address, host), 7);
    }
}

bool offers_removal(const std::vector<FixEntry>& fix, unsigned step) {
    return std::any_of(fix.begin(), fix.end(),
                       [&](const FixEntry& e) { return e.step == step && e.action == "remove"; });
}

// Dozens of PTR names would bury the advice: after a few, the rest is left to --json.
std::vector<bool> beyond_the_first(const std::vector<FixEntry>& fix) {
    constexpr std::size_t names_shown = 5;
    std::vector<bool> hidden;
    std::size_t removals = 0;
    std::size_t alternatives = 0;
    for (std::size_t i = 0; i < fix.size(); ++i) {
        const bool new_step = i == 0 || fix[i - 1].step != fix[i].step;
        const bool removal = offers_removal(fix, fix[i].step);
        if (new_step) alternatives = 0;
        if (new_step && removal) ++removals;
        if (fix[i].who == "forward_zone") ++alternatives;
        hidden.push_back(removal ? removals > names_shown : fix[i].who == "forward_zone" && alternatives > names_shown);
    }
    return hidden;
}

void append_hidden(std::string& out, const std::vector<FixEntry>& fix, const std::vector<bool>& hidden) {
    std::size_t names = 0;
    for (std::size_t i = 0; i < fix.size(); ++i) {
        if (hidden[i] && (fix[i].action == "remove" || !offers_removal(fix, fix[i].step))) ++names;
    }
    append_paragraph(
        out, fmt::format("Likewise for {}; --json lists the records.", count_text(names, "more name", "more names")),
        5);
}

void append_steps(std::string& out, const Report& report) {
    const Columns widths = columns_of(report.fix);
    const std::vector<bool> hidden = beyond_the_first(report.fix);
    std::size_t last_reverse = report.fix.size();
    std::size_t first_hidden = report.fix.size();
    for (std::size_t i = 0; i < report.fix.size(); ++i) {
        if (hidden[i]) {
            first_hidden = std::min(first_hidden, i);
        } else if (report.fix[i].who == "reverse_zone") {
            last_reverse = i;
        }
    }
    append_line(out, "To fix it", 2);
    for (std::size_t i = 0; i < report.fix.size(); ++i) {
        if (i == first_hidden) append_hidden(out, report.fix, hidden);
        if (hidden[i]) continue;
        const FixEntry& entry = report.fix[i];
        const bool first = i == 0 || report.fix[i - 1].step != entry.step;
        const bool last = i + 1 == report.fix.size() || report.fix[i + 1].step != entry.step;
        const std::string lead = first ? fmt::format("{}. ", entry.step) : std::string(3, ' ');
        append_paragraph(out, introduction(report, entry, !(first && last), first), 2, lead);
        append_line(out, aligned(entry, widths), 7);
        if (i == last_reverse) append_zone(out, report);
    }
}

}  // namespace

void append_fix(std::string& out, const Report& report, const TextOptions& options) {
    append_failure(out, report, options);
    if (report.evidence && has_local_scope(report.evidence->address)) {
        append_paragraph(out,
                         "No receiver outside your network sees this address. Check the one in the brackets of the "
                         "bounce.",
                         2);
        return;
    }
    if (report.verdict.kind == VerdictKind::temperror) return;
    if (!report.evidence) {
        append_paragraph(out, "Publish its address in the DNS, or give the address itself as target.", 2);
        return;
    }
    if (report.fix.empty()) return;
    append_steps(out, report);
    if (const std::string memory = memory_text(report); !memory.empty()) append_paragraph(out, memory, 2);
    if (report.verdict.kind == VerdictKind::fail && !report.evidence->ptr.source) {
        append_line(out, "Already changed it? See whether it is published:", 2);
        append_line(out, "fcrdns-check --direct " + report.evidence->address.to_text(), 4);
    }
    if (report.ipv4_unaffected) {
        append_paragraph(out,
                         "Mail over IPv4 is not affected. Until the PTR record exists, let the mail server send over "
                         "IPv4 only.",
                         2);
    }
}

}  // namespace fcrdns
