// SPDX-License-Identifier: MIT
#include "cli/parse/refusal/received.hpp"

#include <algorithm>

#include "cli/parse/refusal/letters.hpp"
#include "cli/parse/refusal/plain_text.hpp"

namespace fcrdns::refusal {
namespace {

std::string_view without_final_dots(std::string_view name) {
    while (!name.empty() && name.back() == '.') name.remove_suffix(1);
    return name;
}

// The last two labels: near enough to a domain where two names of one operator are compared.
std::string_view last_labels(std::string_view name) {
    name = without_final_dots(name);
    const std::size_t last = name.rfind('.');
    if (last == std::string_view::npos || last == 0) return {};
    const std::size_t previous = name.rfind('.', last - 1);
    return previous == std::string_view::npos ? name : name.substr(previous + 1);
}

bool in_one_domain(std::string_view a, std::string_view b) {
    a = last_labels(a);
    b = last_labels(b);
    return !a.empty() && equals_ignoring_case(a, b);
}

std::string_view host_word(std::string_view text) {
    std::size_t end = 0;
    while (end < text.size() && (is_alnum(text[end]) || text[end] == '.' || text[end] == '-' || text[end] == '_'))
        ++end;
    return text.substr(0, end);
}

std::size_t find_word(std::string_view text, std::string_view lower) {
    const auto at = std::search(text.begin(), text.end(), lower.begin(), lower.end(),
                                [](char a, char b) { return (is_blank(a) ? ' ' : to_lower(a)) == b; });
    return at == text.end() ? std::string_view::npos : static_cast<std::size_t>(at - text.begin());
}

// In parentheses stands what the server saw, outside what the client said in EHLO.
std::optional<AddressToken> client_address(std::string_view text, std::size_t begin, std::size_t end) {
    std::optional<AddressToken> said;
    int depth = 0;
    std::size_t at = begin;
    while (const auto run = next_run(text.substr(0, end), at)) {
        for (; at < run->begin; ++at) depth += text[at] == '(' ? 1 : text[at] == ')' ? -1 : 0;
        at = run->end;
        const auto found = address_in(text.substr(0, end), *run);
        if (!found) continue;
        const std::size_t near = std::max(begin, run->begin > 7 ? run->begin - 7 : 0);
        if (contains_word(text.substr(near, run->begin - near), "helo") ||
            contains_word(text.substr(near, run->begin - near), "ehlo")) {
            continue;
        }
        if (depth > 0) return found;
        if (!said) said = found;
    }
    return said;
}

}  // namespace

std::optional<Hop> read_received(std::string_view text, std::size_t begin, std::size_t end) {
    const std::string_view line = text.substr(begin, end - begin);
    const std::size_t from = find_word(line, "from ");
    if (from == std::string_view::npos || from > 24) return std::nullopt;
    const std::size_t by = std::min(find_word(line, " by "), line.size());
    if (by < from) return std::nullopt;
    const auto address = client_address(text, begin + from, begin + by);
    if (!address) return std::nullopt;
    const std::string_view receiver = by < line.size() ? host_word(line.substr(by + 4)) : std::string_view{};
    Hop hop;
    hop.from = *address;
    const std::string_view said = host_word(line.substr(from + 5));
    const std::size_t seen = line.find('(', from);
    const std::string_view named = seen < by ? host_word(line.substr(seen + 1)) : std::string_view{};
    hop.within_domain =
        !equals_ignoring_case("unknown", named) && (in_one_domain(said, receiver) || in_one_domain(named, receiver));
    const std::string_view rest = line.substr(by);
    hop.submission =
        contains_word(rest, "esmtpsa") || contains_word(rest, "esmtpa") || contains_word(rest, "with http");
    return hop;
}

}  // namespace fcrdns::refusal
