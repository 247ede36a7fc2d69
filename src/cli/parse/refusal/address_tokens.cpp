// SPDX-License-Identifier: MIT
#include "cli/parse/refusal/address_tokens.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "cli/parse/refusal/letters.hpp"
#include "dns/reverse_trees.hpp"

namespace fcrdns::refusal {
namespace {

constexpr std::size_t longest_reverse_name = 80;

bool is_run_char(char c) {
    return is_alnum(c) || c == '.' || c == ':' || c == '-';
}

// Addresses of hosts; `::`, `a::b` in source code, multicast and broadcast are none.
bool is_host_address(const IpAddress& address) {
    const auto bytes = address.bytes();
    if (address.is_ipv4()) return bytes[0] != 0 && bytes[0] < 224;
    const bool global = (bytes[0] & 0xe0U) == 0x20U || (bytes[0] & 0xfeU) == 0xfcU;
    const bool link_local = bytes[0] == 0xfeU && (bytes[1] & 0xc0U) == 0x80U;
    const bool nat64 = bytes[0] == 0 && bytes[1] == 0x64U;
    return global || link_local || nat64 || address.mapped_ipv4().has_value();
}

std::optional<AddressToken> token(std::string_view text, std::size_t begin, std::size_t end) {
    const auto address = IpAddress::parse(text.substr(begin, end - begin));
    if (!address || !is_host_address(*address)) return std::nullopt;
    return AddressToken{address->mapped_ipv4().value_or(*address), begin, end, false};
}

std::optional<AddressToken> reverse_name(std::string_view text, const Run& run) {
    std::size_t begin = run.begin;
    const std::string_view all = text.substr(begin, run.end - begin);
    static const std::array<std::string, 2> trees = {'.' + in_addr_arpa().to_text(), '.' + ip6_arpa().to_text()};
    for (const std::string& tree : trees) {
        const std::size_t found = find_ignoring_case(all, tree);
        if (found == std::string_view::npos) continue;
        const std::size_t end = begin + found + tree.size();
        const std::size_t colon = text.substr(begin, end - begin).rfind(':');
        if (colon != std::string_view::npos) begin += colon + 1;
        const auto name = DnsName::from_text(text.substr(begin, end - begin));
        const auto address = name ? address_of_reverse_name(*name) : std::nullopt;
        if (address && is_host_address(*address)) return AddressToken{*address, begin, end, true};
    }
    return std::nullopt;
}

// An IPv4 address with what loggers put around it: `smtp:192.0.2.1`, `192.0.2.1:25`, `550-192.0.2.1`.
std::optional<AddressToken> ipv4_between_colons(std::string_view all, const Run& run) {
    const std::string_view text = all.substr(0, run.end);
    for (std::size_t begin = run.begin; begin < run.end;) {
        const std::size_t end = std::min(text.find(':', begin), run.end);
        std::size_t last = end;
        while (last > begin && (text[last - 1] == '.' || text[last - 1] == '-')) --last;
        if (last - begin >= 7 && last - begin <= 15) {
            if (const auto found = token(text, begin, last)) return found;
        }
        begin = end + 1;
    }
    return std::nullopt;
}

std::optional<AddressToken> ipv6(std::string_view text, const Run& run) {
    std::size_t begin = run.begin;
    std::size_t end = run.end;
    while (end > begin && (text[end - 1] == '.' || text[end - 1] == '-')) --end;
    // A colon behind the address, unless it is the second of `::`.
    if (end - begin > 2 && text[end - 1] == ':' && text[end - 2] != ':') --end;
    constexpr std::size_t longest = 64;  // with a word such as `client_ip:` before it
    if (end - begin > longest) return std::nullopt;
    while (true) {
        const std::string_view digits = text.substr(begin, end - begin);
        if (std::count(digits.begin(), digits.end(), ':') < 2) return std::nullopt;
        if (const auto found = token(text, begin, end)) return found;
        const std::size_t colon = text.find(':', begin);
        const std::string_view word = text.substr(begin, colon - begin);
        if (word.empty() || std::all_of(word.begin(), word.end(), is_hex_digit)) return std::nullopt;
        begin = colon + 1;
    }
}

}  // namespace

std::optional<Run> next_run(std::string_view text, std::size_t from) {
    while (from < text.size() && !is_alnum(text[from]) && text[from] != ':') ++from;
    if (from == text.size()) return std::nullopt;
    std::size_t end = from;
    while (end < text.size() && is_run_char(text[end])) ++end;
    return Run{from, end};
}

std::optional<AddressToken> address_in(std::string_view text, const Run& run) {
    Run part = run;
    if (part.end - part.begin < 3) return std::nullopt;
    if (part.end < text.size() && text[part.end] == '%') return std::nullopt;  // a zone of this machine
    if (part.end - part.begin > 11 && part.end - part.begin <= longest_reverse_name + 16) {
        if (const auto found = reverse_name(text, part)) return found;
    }
    // A reply's lines but the last have a hyphen behind the code.
    if (part.end - part.begin > 4 && text[part.begin + 3] == '-' && is_digit(text[part.begin]) &&
        is_digit(text[part.begin + 1]) && is_digit(text[part.begin + 2])) {
        part.begin += 4;
    }
    if (const auto found = ipv4_between_colons(text, part)) return found;
    return ipv6(text, part);
}

}  // namespace fcrdns::refusal
