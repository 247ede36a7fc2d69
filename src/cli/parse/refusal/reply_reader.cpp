// SPDX-License-Identifier: MIT
#include "cli/parse/refusal/reply_reader.hpp"

#include <algorithm>
#include <array>

#include "cli/parse/refusal/letters.hpp"
#include "cli/parse/refusal/plain_text.hpp"

namespace fcrdns::refusal {
namespace {

// `5.7.25`: the length of the enhanced status code at the start of `text`, or 0.
std::size_t enhanced_code(std::string_view text) {
    if (text.size() < 5 || (text[0] != '4' && text[0] != '5') || text[1] != '.') return 0;
    std::size_t at = 2;
    for (unsigned part = 0; part < 2; ++part) {
        const std::size_t begin = at;
        while (at < text.size() && at - begin < 3 && is_digit(text[at])) ++at;
        if (at == begin) return 0;
        if (part == 0 && (at == text.size() || text[at++] != '.')) return 0;
    }
    return at < text.size() && (is_alnum(text[at]) || text[at] == '.') ? 0 : at;
}

unsigned basic_code(std::string_view text) {
    if (text.size() < 3 || text[0] < '2' || text[0] > '5' || text[0] == '3' || text[1] > '7') return 0;
    if (!is_digit(text[1]) || !is_digit(text[2])) return 0;
    if (text.size() > 3 && text[3] != '-' && text[3] != ':') return 0;
    return static_cast<unsigned>((text[0] - '0') * 100 + (text[1] - '0') * 10 + text[2] - '0');
}

// Before a code stands the start of a line, a sign, or a word for speaking.
bool may_precede_code(std::string_view text, std::size_t at, std::size_t begin) {
    while (at > begin && (text[at - 1] == ' ' || text[at - 1] == '"' || text[at - 1] == '\'')) --at;
    if (at == begin || is_blank(text[at - 1])) return true;
    constexpr std::string_view signs = ":;=>-<*#([{|,";
    if (signs.find(text[at - 1]) != std::string_view::npos) return true;
    std::size_t word = at;
    while (word > begin && is_letter(text[word - 1])) --word;
    constexpr std::array<std::string_view, 12> words = {"said",    "returned", "error",  "code", "response", "reply",
                                                        "replied", "with",     "failed", "b",    "status",   "smtp"};
    return std::any_of(words.begin(), words.end(),
                       [&](std::string_view w) { return equals_ignoring_case(w, text.substr(word, at - word)); });
}

std::size_t skip_to_text(std::string_view text, std::size_t at) {
    while (at < text.size() && (is_blank(text[at]) || text[at] == '-' || text[at] == ',' || text[at] == '#')) ++at;
    return at;
}

}  // namespace

bool ReplyReader::read(std::string_view text, const Run& run, std::size_t passage) {
    const std::string_view all = text.substr(run.begin, run.end - run.begin);
    // The next member of a JSON object.
    const std::string_view between = text.substr(behind, run.begin - behind);
    if (behind > passage && (between.starts_with("\",") || between.starts_with("\"}"))) code = 0;
    behind = run.end;
    // What Postfix appends to a reply, and to its own line about one.
    if (equals_ignoring_case("in", all) && run.begin > passage && text[run.begin - 1] == '(' &&
        starts_with_word(text.substr(run.begin), "in reply to")) {
        code = 0;
    }
    if (equals_ignoring_case("from", all) && text.substr(run.end).starts_with("=<")) code = 0;
    unsigned found = basic_code(all);
    if (found != 0) {
        const bool enhanced = enhanced_code(text.substr(skip_to_text(text, run.begin + 3))) != 0;
        if (found != code && !enhanced && !may_precede_code(text, run.begin, passage)) return false;
    } else if (enhanced_code(all) != 0 && code == 0) {
        const char before = run.begin > passage ? text[run.begin - 1] : ' ';
        constexpr std::string_view signs = " #'\"(\n\v\f";
        if (signs.find(before) == std::string_view::npos) return false;
        found = 1;
    }
    if (found == 0) return false;
    // The same code on a further line is another reply, unless the last one said that it goes on.
    const std::string_view since = text.substr(coded, run.begin - coded);
    const bool same = found == code && (goes_on || std::none_of(since.begin(), since.end(), ends_line));
    coded = run.end;
    goes_on = found > 1 && text.substr(run.begin + 3).starts_with('-');
    if (same) return false;
    code = found;
    begin = run.begin;
    return true;
}

}  // namespace fcrdns::refusal
