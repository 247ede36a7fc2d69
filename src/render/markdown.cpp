// SPDX-License-Identifier: MIT
#include "render/markdown.hpp"

#include <fmt/format.h>

#include <unordered_set>

#include "render/causes.hpp"

namespace fcrdns {
namespace {

constexpr std::string_view unknown_zone = "";

// Reports are printable ASCII. In a code span of a table's cell only these two are special (GFM 4.10, 6.3).
std::string code_span(std::string_view text) {
    std::string safe = "`";
    for (const char c : text) {
        if (c == '`' || c == '|') {
            safe += fmt::format("\\{:03}", static_cast<unsigned>(c));
        } else {
            safe += c;
        }
    }
    return safe + '`';
}

std::string cause_cell(const Report& report) {
    const std::string words = cause_words(report);
    if (report.message == words) return words;
    // Some messages end with the cause: NAME (generic name). A name cannot, for its blanks are escaped.
    if (report.message.find(words) != std::string::npos) return code_span(report.message);
    return fmt::format("{}: {}", words, code_span(report.message));
}

std::string_view leading_word(FixAction action) {
    switch (action) {
        case FixAction::add: return "";
        case FixAction::replace: return "instead: ";
        case FixAction::remove: return "remove: ";
    }
    return "";
}

// The last option is the one that works whatever the host is called.
std::vector<const FixEntry*> last_option(const Report& report) {
    std::vector<const FixEntry*> entries;
    for (const FixEntry& entry : report.fix) {
        if (entry.option == report.fix.back().option) entries.push_back(&entry);
    }
    return entries;
}

std::string records_cell(const Report& report) {
    std::string cell;
    unsigned option = 1;
    for (const FixEntry& entry : report.fix) {
        if (!cell.empty()) cell += entry.option == option ? "<br>" : "<br>or<br>";
        option = entry.option;
        cell.append(leading_word(entry.action)).append(code_span(entry.record()));
    }
    return cell;
}

std::string contact_of(const Soa& zone) {
    const std::string contact = contact_address(zone.rname);
    const std::string server = code_span(zone.mname.to_text());
    return contact.empty() ? fmt::format("Primary server {}.", server)
                           : fmt::format("Primary server {}, contact {}.", server, code_span(contact));
}

}  // namespace

void MarkdownDocument::add(std::uint64_t place, const Report& report) {
    if (is_clean_pass(report.verdict)) return;
    const unsigned rank = severity_rank(report.verdict);
    rows_.emplace(std::pair(rank, place),
                  fmt::format("| {} | {} | {} | {} |\n", status_word(report.verdict),
                              code_span(subject_with_host(report)), cause_cell(report), records_cell(report)));
    for (const FixEntry* entry : last_option(report)) {
        if (entry->who != FixWho::reverse_zone) continue;
        Zone& zone = zones_[report.reverse_zone ? report.reverse_zone->zone.to_text() : std::string(unknown_zone)];
        if (report.reverse_zone) zone.contact = contact_of(*report.reverse_zone);
        std::string lead;
        if (entry->action == FixAction::remove) lead = "; to be removed:\n; ";
        for (const std::string& gone : entry->replaces) lead += fmt::format("; instead of {}\n", gone);
        zone.records.push_back(lead + entry->record());
    }
}

void MarkdownDocument::append_to(std::string& out, const RunSummary& summary) const {
    out += fmt::format("# Reverse DNS\n\n{}\n", run_text(summary));
    if (!summary.trouble.empty()) out += fmt::format("\nTrouble: {}\n", code_span(summary.trouble));
    if (rows_.empty()) return;
    out += "\n| status | address | cause | records to publish |\n| --- | --- | --- | --- |\n";
    for (const auto& [order, row] : rows_) out += row;
    for (const auto& [name, zone] : zones_) {
        if (name.empty()) {
            out += "\n## Reverse zones that are not known\n\nWhoever gave you the addresses publishes these.\n";
        } else {
            out += fmt::format("\n## Reverse zone {}\n\n{} Wanted there:\n", code_span(name), zone.contact);
        }
        out += "\n```\n";
        // An address that is listed twice has its records once.
        std::unordered_set<std::string_view> told;
        for (const std::string& record : zone.records) {
            if (told.insert(record).second) out += record + '\n';
        }
        out += "```\n";
    }
}

}  // namespace fcrdns
