// SPDX-License-Identifier: MIT
// How many results of each kind a run had, in words.
#include <fmt/format.h>

#include "fcrdns/render.hpp"
#include "text/phrases.hpp"

namespace fcrdns {

void Tally::count(const Verdict& verdict) {
    switch (verdict.kind) {
        case VerdictKind::pass: ++(has_warning(verdict) ? warn : pass); break;
        case VerdictKind::fail: ++fail; break;
        case VerdictKind::temperror: ++temporary; break;
        case VerdictKind::invalid: ++invalid; break;
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
    if (tally.invalid != 0) text += ", " + count_text(tally.invalid, "invalid line", "invalid lines");
    return text + fmt::format(": {} pass, {} warn, {} fail, {} temporary", tally.pass, tally.warn, tally.fail,
                              tally.temporary);
}

}  // namespace fcrdns
