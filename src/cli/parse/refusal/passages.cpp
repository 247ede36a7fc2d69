// SPDX-License-Identifier: MIT
#include "cli/parse/refusal/passages.hpp"

#include <algorithm>
#include <array>

#include "cli/parse/refusal/letters.hpp"
#include "cli/parse/refusal/plain_text.hpp"

namespace fcrdns::refusal {
namespace {

// Such as `Diagnostic-Code` at the start of `line`; names without a hyphen only where mail uses them, since prose
// has colons too.
std::string_view field_name(std::string_view line) {
    constexpr std::size_t longest = 64;
    std::size_t end = 0;
    while (end < line.size() && end < longest && (is_alnum(line[end]) || line[end] == '-')) ++end;
    if (end == 0 || end == line.size() || line[end] != ':' || line[0] < 'A' || line[0] > 'Z') return {};
    const std::string_view name = line.substr(0, end);
    constexpr std::array<std::string_view, 10> plain = {"received", "from",   "to",      "subject", "date",
                                                        "status",   "action", "noqueue", "sender",  "cc"};
    const bool known =
        name.find('-') != std::string_view::npos ||
        std::any_of(plain.begin(), plain.end(), [&](std::string_view p) { return equals_ignoring_case(p, name); });
    return known ? name : std::string_view{};
}

Field kind_of(std::string_view name) {
    if (name.empty()) return Field::none;
    constexpr std::array<std::string_view, 4> evidence = {"authentication-results", "received-spf",
                                                          "x-forefront-antispam-report", "x-sender-ip"};
    constexpr std::array<std::string_view, 4> read = {"x-supplementary-info", "x-postfix-reason", "x-error",
                                                      "x-bounce-reason"};
    constexpr std::array<std::string_view, 22> ignored = {"reporting-mta",
                                                          "received-from-mta",
                                                          "message-id",
                                                          "references",
                                                          "in-reply-to",
                                                          "dkim-signature",
                                                          "arc-seal",
                                                          "arc-message-signature",
                                                          "return-path",
                                                          "user-agent",
                                                          "mime-version",
                                                          "content-type",
                                                          "list-unsubscribe",
                                                          "original-recipient",
                                                          "final-recipient",
                                                          "arrival-date",
                                                          "arc-authentication-results",
                                                          "delivered-to",
                                                          "original-envelope-id",
                                                          "dsn-gateway",
                                                          "from",
                                                          "to"};
    const auto is_in = [&](const auto& names) {
        return std::any_of(names.begin(), names.end(),
                           [&](std::string_view n) { return equals_ignoring_case(n, name); });
    };
    if (equals_ignoring_case("received", name)) return Field::received;
    if (is_in(evidence)) return Field::evidence;
    if (is_in(read)) return Field::none;
    return is_in(ignored) || starts_with_word(name, "x-") ? Field::ignored : Field::none;
}

// `02:11:09` near the start.
bool has_time(std::string_view line) {
    constexpr std::size_t near = 64;
    line = line.substr(0, near);
    for (std::size_t at = 0; at + 8 <= line.size(); ++at) {
        const std::string_view t = line.substr(at, 8);
        const bool digits =
            is_digit(t[0]) && is_digit(t[1]) && is_digit(t[3]) && is_digit(t[4]) && is_digit(t[6]) && is_digit(t[7]);
        if (digits && t[2] == ':' && t[5] == ':') return true;
    }
    return false;
}

// What the client of a transcript says; its addresses are its own words in EHLO.
bool is_command(std::string_view line) {
    constexpr std::array<std::string_view, 6> marks = {">>> ", "--> ", " -> ", "-> ", " ~> ", "CLIENT -> "};
    return std::any_of(marks.begin(), marks.end(), [&](std::string_view m) { return line.starts_with(m); });
}

struct Beginning {
    bool begins = false;
    Field field = Field::none;
    bool timed = false;
    bool whole = false;  // nothing follows in the same passage
};

Beginning beginning_of(std::string_view line, Field current) {
    const std::string_view shown = line.substr(0, std::min(line.size(), line.find_first_not_of(' ')));
    if (shown.size() == line.size()) return {true, Field::none, false, true};
    if (is_command(line)) return {true, Field::ignored, false, true};
    const bool folded = line.front() == ' ';
    if (folded && current != Field::none) return {};
    if (has_time(line)) return {true, Field::none, true, false};
    if (folded) return {};
    if (line.starts_with("--") && line.size() > 2 && line[2] != '>') return {true, Field::none, false, false};
    const std::string_view name = field_name(line);
    return {!name.empty(), kind_of(name), false, false};
}

std::size_t line_end(std::string_view text, std::size_t at) {
    while (at < text.size() && !ends_line(text[at])) ++at;
    return at;
}

}  // namespace

bool next_passage(std::string_view text, Passage& passage) {
    if (passage.end >= text.size()) return false;
    std::size_t begin = passage.end;
    if (ends_line(text[begin])) ++begin;
    std::size_t end = line_end(text, begin);
    const Beginning first = beginning_of(text.substr(begin, end - begin), Field::none);
    passage = {begin, end, first.field, first.timed};
    while (end < text.size() && !first.whole) {
        const std::size_t next = line_end(text, end + 1);
        if (beginning_of(text.substr(end + 1, next - end - 1), passage.field).begins) break;
        end = passage.end = next;
    }
    return true;
}

}  // namespace fcrdns::refusal
