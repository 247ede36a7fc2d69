// SPDX-License-Identifier: MIT
// GitHub workflow commands: a report as an annotation of a CI run.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fcrdns/report.hpp"

namespace fcrdns {

/// What a report is to a CI system.
enum class Annotation : std::uint8_t { none, warning, error };

/// At most this many annotations of a kind are shown by GitHub for a step.
inline constexpr std::size_t most_annotations = 10;

Annotation github_annotation(const Verdict& verdict, bool strict);
/// A workflow command of the kind, its data the cause and the records that would fix it; ends with a line feed.
std::string github_command(const Report& report, Annotation annotation);
/// An error without a report, such as of a list that cannot be read.
std::string github_error(std::string_view sentence);
/// The commands, at most `most_annotations` of them; where `total` is more, the last says how many more.
void append_github(std::string& out, Annotation annotation, const std::vector<std::string>& commands,
                   std::size_t total);

}  // namespace fcrdns
