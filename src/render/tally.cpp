// SPDX-License-Identifier: MIT
// How many results of each kind a run had, in words.
#include "render/tally.hpp"

#include <fmt/format.h>

#include "text/phrases.hpp"

namespace fcrdns {

void Tally::count(const Report& report) {
    switch (report.verdict.kind) {
        case VerdictKind::pass: ++(has_warning(report.verdict) ? warn : pass); break;
        case VerdictKind::fail: ++fail; break;
        case VerdictKind::temperror: ++temporary; break;
        case VerdictKind::invalid:
            ++invalid;
            if (report.subject.line) ++invalid_lines;
            break;
    }
}

std::string run_text(const RunSummary& summary) {
    const Tally& tally = summary.tally;
    const std::size_t addresses = tally.total() - tally.invalid;
    std::string text =
        summary.interrupted && summary.unfinished
            ? fmt::format("{} of {}", addresses, count_text(addresses + *summary.unfinished, "address", "addresses"))
            : count_text(addresses, "address", "addresses");
    if (summary.interrupted) text += " (interrupted)";
    if (tally.invalid != 0) {
        text += ", " + (tally.invalid == tally.invalid_lines
                            ? count_text(tally.invalid, "invalid line", "invalid lines")
                            : count_text(tally.invalid, "invalid target", "invalid targets"));
    }
    return text + fmt::format(": {} pass, {} warn, {} fail, {} temporary", tally.pass, tally.warn, tally.fail,
                              tally.temporary);
}

}  // namespace fcrdns
