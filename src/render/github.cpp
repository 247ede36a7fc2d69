// SPDX-License-Identifier: MIT
// GitHub workflow commands: what an Actions runner turns into annotations. It undoes
// %25, %0D and %0A in data, and %3A and %2C too in properties, so those are escaped.
#include "render/github.hpp"

#include <fmt/format.h>

#include "render/causes.hpp"

namespace fcrdns {
namespace {

std::string escaped(std::string_view text, std::string_view special) {
    std::string safe;
    for (const char c : text) {
        if (special.find(c) == std::string_view::npos) {
            safe += c;
        } else {
            safe += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        }
    }
    return safe;
}

std::string escaped_data(std::string_view text) {
    return escaped(text, "%\r\n");
}

std::string escaped_property(std::string_view text) {
    return escaped(text, "%\r\n:,");
}

std::string command(Annotation annotation, std::string_view title, std::string_view data) {
    const std::string_view kind = annotation == Annotation::error ? "error" : "warning";
    return fmt::format("::{} title={}::{}\n", kind, escaped_property(title), escaped_data(data));
}

std::string fix_text(const std::vector<FixEntry>& fix) {
    std::string text;
    unsigned option = 1;
    for (const FixEntry& entry : fix) {
        if (entry.option != option) text += "\nor";
        option = entry.option;
        text += fmt::format("\n{}. {} {}", entry.step, to_word(entry.action), entry.record());
    }
    return text;
}

}  // namespace

Annotation github_annotation(const Verdict& verdict, bool strict) {
    switch (verdict.kind) {
        case VerdictKind::fail:
        case VerdictKind::invalid: return Annotation::error;
        case VerdictKind::temperror: return Annotation::warning;
        case VerdictKind::pass: break;
    }
    if (!has_warning(verdict)) return Annotation::none;
    return strict ? Annotation::error : Annotation::warning;
}

std::string github_command(const Report& report, Annotation annotation) {
    const std::string title = fmt::format("FCrDNS {} {}", status_word(report.verdict), subject_with_host(report));
    return command(annotation, title, cause_text(report) + fix_text(report.fix));
}

std::string github_error(std::string_view sentence) {
    return command(Annotation::error, "FCrDNS", sentence);
}

void append_github(std::string& out, Annotation annotation, const std::vector<std::string>& commands,
                   std::size_t total) {
    const std::size_t shown = total <= most_annotations ? commands.size() : most_annotations - 1;
    for (std::size_t i = 0; i < shown; ++i) out += commands[i];
    if (total <= shown) return;
    out += command(annotation, "FCrDNS", fmt::format("and {} more, see the log of this step", total - shown));
}

}  // namespace fcrdns
