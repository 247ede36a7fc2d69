// SPDX-License-Identifier: MIT
#include "cli/parse/choices.hpp"

namespace fcrdns::cli {

const std::vector<Named<Format>>& formats() {
    static const std::vector<Named<Format>> all = {{"text", Format::text},     {"json", Format::json},
                                                   {"junit", Format::junit},   {"nagios", Format::nagios},
                                                   {"github", Format::github}, {"markdown", Format::markdown}};
    return all;
}

const std::vector<Named<Format>>& report_formats() {
    static const std::vector<Named<Format>> all = {
        {"json", Format::json}, {"junit", Format::junit}, {"github", Format::github}, {"markdown", Format::markdown}};
    return all;
}

const std::vector<Named<ColorWhen>>& colors() {
    static const std::vector<Named<ColorWhen>> all = {
        {"auto", ColorWhen::automatic}, {"always", ColorWhen::always}, {"never", ColorWhen::never}};
    return all;
}

std::optional<ReportFile> report_file(const std::string& word) {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos || equals + 1 == word.size()) return std::nullopt;
    const Named<Format>* format = find_named(report_formats(), word.substr(0, equals));
    if (format == nullptr) return std::nullopt;
    return ReportFile{format->value, word.substr(equals + 1)};
}

}  // namespace fcrdns::cli
