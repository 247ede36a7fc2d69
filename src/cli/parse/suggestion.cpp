// SPDX-License-Identifier: MIT
#include "cli/parse/suggestion.hpp"

#include <algorithm>

namespace fcrdns::cli {

std::size_t edit_distance(std::string_view a, std::string_view b) {
    // Optimal string alignment; the rows are those of a's last two prefixes and of the present one.
    std::vector<std::size_t> before_last(b.size() + 1);
    std::vector<std::size_t> last(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j < row.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        before_last.swap(last);
        last.swap(row);
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({replaced, last[j] + 1, row[j - 1] + 1});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) row[j] = std::min(row[j], before_last[j - 2] + 1);
        }
    }
    return row.back();
}

std::string nearest_name(std::string_view given, const std::vector<std::string>& names) {
    constexpr std::size_t shortest = 4;  // as "--me": shorter words are near to everything
    if (given.size() < shortest) return {};
    std::string nearest;
    std::size_t best = std::min<std::size_t>(4, given.size() - 2);  // further away it is another word, not a slip
    for (const std::string& name : names) {
        const std::size_t edits = name.starts_with(given) ? 0 : edit_distance(given, name);
        if (edits >= best) continue;
        best = edits;
        nearest = name;
    }
    return nearest;
}

}  // namespace fcrdns::cli
