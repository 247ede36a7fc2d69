// SPDX-License-Identifier: MIT
// A monitoring plugin's status and line (Monitoring Plugins guidelines).
#pragma once

#include <string>
#include <vector>

#include "render/tally.hpp"

namespace fcrdns {

/// What a monitoring core reads from a plugin's exit status (Monitoring Plugins guidelines).
enum class PluginStatus : int { ok = 0, warning = 1, critical = 2, unknown = 3 };

/// What one report calls for; `strict` makes a warning critical.
PluginStatus plugin_status(const Verdict& verdict, bool strict);
/// What the run calls for: critical beats warning beats unknown beats ok; unknown where nothing was checked.
PluginStatus plugin_status(const RunSummary& summary);
/// The place of a status in that order, 0 for the worst.
unsigned plugin_rank(PluginStatus status);
/// The plugin's one line: status, the worst causes, the counts where there are several, and perfdata.
void append_nagios(std::string& out, const RunSummary& summary, const std::vector<std::string>& causes);

}  // namespace fcrdns
