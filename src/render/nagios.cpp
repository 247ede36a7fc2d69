// SPDX-License-Identifier: MIT
// A monitoring plugin's line: status word, cause, perfdata (Monitoring Plugins guidelines).
#include "render/nagios.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace fcrdns {
namespace {

constexpr std::array worst_first = {PluginStatus::critical, PluginStatus::warning, PluginStatus::unknown,
                                    PluginStatus::ok};

std::string_view plugin_word(PluginStatus status) {
    switch (status) {
        case PluginStatus::ok: return "OK";
        case PluginStatus::warning: return "WARNING";
        case PluginStatus::critical: return "CRITICAL";
        case PluginStatus::unknown: return "UNKNOWN";
    }
    return "";
}

// Perfdata begins at the first bar, so none may stand in the text; escaped as in names.
std::string without_bars(std::string_view text) {
    std::string safe;
    for (const char c : text) {
        c == '|' ? safe += "\\124" : safe += c;
    }
    return safe;
}

std::string text_of(const RunSummary& summary, const std::vector<std::string>& causes) {
    std::vector<std::string> parts;
    if (!summary.trouble.empty()) parts.push_back(summary.trouble);
    parts.insert(parts.end(), causes.begin(), causes.end());
    if (summary.tally.total() > 1 || summary.interrupted) parts.push_back(run_text(summary));
    if (parts.empty()) parts.emplace_back("nothing to check");
    return fmt::format("{}", fmt::join(parts, "; "));
}

}  // namespace

unsigned plugin_rank(PluginStatus status) {
    return static_cast<unsigned>(std::find(worst_first.begin(), worst_first.end(), status) - worst_first.begin());
}

PluginStatus plugin_status(const Verdict& verdict, bool strict) {
    switch (verdict.kind) {
        case VerdictKind::pass: break;
        case VerdictKind::fail: return PluginStatus::critical;
        case VerdictKind::temperror: return PluginStatus::warning;
        case VerdictKind::invalid: return PluginStatus::unknown;
    }
    if (!has_warning(verdict)) return PluginStatus::ok;
    return strict ? PluginStatus::critical : PluginStatus::warning;
}

PluginStatus plugin_status(const RunSummary& summary) {
    const Tally& tally = summary.tally;
    if (tally.fail != 0 || (summary.strict && tally.warn != 0)) return PluginStatus::critical;
    if (tally.warn != 0 || tally.temporary != 0) return PluginStatus::warning;
    const bool all_known = tally.invalid == 0 && summary.trouble.empty() && !summary.interrupted && tally.pass != 0;
    return all_known ? PluginStatus::ok : PluginStatus::unknown;
}

void append_nagios(std::string& out, const RunSummary& summary, const std::vector<std::string>& causes) {
    const Tally& tally = summary.tally;
    const auto elapsed = summary.elapsed.count();
    out += fmt::format("FCRDNS {} - {} | pass={};;;0 warn={};;;0 fail={};;;0 temp={};;;0 time={}.{:03}s\n",
                       plugin_word(plugin_status(summary)), without_bars(text_of(summary, causes)), tally.pass,
                       tally.warn, tally.fail, tally.temporary, elapsed / 1000, elapsed % 1000);
}

}  // namespace fcrdns
