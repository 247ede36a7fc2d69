// SPDX-License-Identifier: MIT
#include "cli/run/summary_renderer.hpp"

namespace fcrdns::cli {

void SummaryRenderer::records(std::string& out, std::uint64_t place, std::span<const Report> reports) {
    std::vector<OverviewEntry>& entries = waiting_[place];
    for (const Report& report : reports) {
        if (report.verdict.kind != VerdictKind::invalid) entries.push_back(overview_entry(report));
    }
    while (!waiting_.empty() && waiting_.begin()->first == next_) {
        for (const OverviewEntry& entry : waiting_.begin()->second) overview_.add(out, entry);
        waiting_.erase(waiting_.begin());
        ++next_;
    }
}

void SummaryRenderer::finish(std::string& out, const RunSummary& summary) {
    // After an interruption there are gaps.
    for (const auto& [place, entries] : waiting_) {
        for (const OverviewEntry& entry : entries) overview_.add(out, entry);
    }
    overview_.finish(out);
    out += run_text(summary) + '\n';
}

}  // namespace fcrdns::cli
