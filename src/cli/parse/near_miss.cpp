// SPDX-License-Identifier: MIT
#include "cli/parse/near_miss.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <vector>

#include "cli/parse/ascii_name.hpp"
#include "dns/reverse_trees.hpp"
#include "fcrdns/ip_address.hpp"
#include "text/printable.hpp"

namespace fcrdns {
namespace {

using Hint = std::optional<std::string>;

bool is_all_digits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

// A number of one octet, as the labels of reverse names and the ends of ranges have it.
std::optional<unsigned> octet(std::string_view digits) {
    unsigned value = 0;
    if (!is_all_digits(digits) || digits.size() > 3) return std::nullopt;
    (void)std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (value > 255) return std::nullopt;
    return value;
}

std::string_view without_brackets(std::string_view text) {
    if (text.size() > 2 && text.front() == '[' && text.back() == ']') return text.substr(1, text.size() - 2);
    return text;
}

bool is_host_name(std::string_view text) {
    const auto name = DnsName::from_text(text);
    return name && text.find('\\') == std::string_view::npos && name->is_host_name();
}

bool is_one_host(std::string_view text) {
    return IpAddress::parse(without_brackets(text)) || is_host_name(text);
}

std::string block_text(const IpAddress& address, unsigned length) {
    return fmt::format("{}/{}", address.with_host_bits(length, false).to_text(), length);
}

// The host in [USER@]HOST[:PORT], as URLs have it.
std::string_view host_of(std::string_view authority) {
    if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) authority.remove_prefix(at + 1);
    const std::size_t colon = authority.rfind(':');
    const bool port = colon != std::string_view::npos &&
                      (colon + 1 == authority.size() || is_all_digits(authority.substr(colon + 1)));
    return without_brackets(port ? authority.substr(0, colon) : authority);
}

Hint url(std::string_view text) {
    constexpr std::string_view separator = "://";
    const std::size_t at = text.find(separator);
    if (at == std::string_view::npos) return std::nullopt;
    const std::string_view rest = text.substr(at + separator.size());
    const std::string_view host = host_of(rest.substr(0, rest.find_first_of("/?#")));
    if (!is_one_host(host)) return "a URL is no target; write the host name in it";
    return fmt::format("a URL is no target; write {}", host);
}

Hint mail_address(std::string_view text) {
    const std::size_t at = text.rfind('@');
    if (at == 0 || at == std::string_view::npos || text.find_first_of(" \t[") != std::string_view::npos)
        return std::nullopt;
    const std::string_view domain = text.substr(at + 1);
    if (!is_host_name(domain)) return std::nullopt;
    return fmt::format("a mail address is no target; write {0}, or --mx {0} for the hosts that take its mail", domain);
}

Hint port(std::string_view text) {
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos || !is_all_digits(text.substr(colon + 1))) return std::nullopt;
    const std::string_view host = text.substr(0, colon);
    const std::size_t open = host.find('[');
    const bool bracketed = open != std::string_view::npos && host.back() == ']';
    const std::string_view meant = bracketed ? host.substr(open + 1, host.size() - open - 2) : host;
    const bool one_host = bracketed ? IpAddress::parse(meant).has_value()
                                    : meant.find(':') == std::string_view::npos && is_one_host(meant);
    if (!one_host) return std::nullopt;
    return fmt::format("a port has no reverse DNS; write {}", meant);
}

Hint two_targets(std::string_view text) {
    const std::size_t blank = text.find_first_of(" \t");
    if (blank == std::string_view::npos) return std::nullopt;
    const std::string_view first = text.substr(0, blank);
    const std::string_view second = without_outer_blanks(text.substr(blank));
    const bool dotted = second.find_first_of(".:") != std::string_view::npos;  // any word could be a host name
    if (!IpAddress::parse(without_brackets(first)) || !dotted || !is_one_host(second)) return std::nullopt;
    return fmt::format("one target at a time; write {} or {}", first, second);
}

Hint range(std::string_view text) {
    const std::size_t dash = text.find('-');
    if (dash == std::string_view::npos) return std::nullopt;
    const auto first = IpAddress::parse(text.substr(0, dash));
    if (!first) return std::nullopt;
    auto last = IpAddress::parse(text.substr(dash + 1));
    if (const auto number = octet(text.substr(dash + 1)); number && first->is_ipv4()) {
        std::array<std::uint8_t, 4> bytes{};
        std::copy_n(first->bytes().begin(), 3, bytes.begin());
        bytes[3] = static_cast<std::uint8_t>(*number);
        last = IpAddress::from_bytes(bytes);
    }
    if (!last || last->family() != first->family() || *last < *first)
        return "a range is no target; write a block such as 192.0.2.0/28";
    unsigned length = first->bits();
    while (!last->in_prefix(first->with_host_bits(length, false), length)) --length;
    const bool whole = first->with_host_bits(length, false) == *first && first->with_host_bits(length, true) == *last;
    if (whole) return fmt::format("a range is no target; write the block {}", block_text(*first, length));
    return fmt::format("a range is no target; write its addresses, or the block around them, {}",
                       block_text(*first, length));
}

// The labels of a reverse name, from the left of the address: "2.0.192.in-addr.arpa" gives 192, 0, 2.
std::vector<std::string_view> labels_of_address(const DnsName& name) {
    std::vector<std::string_view> labels = name.split();
    labels.resize(labels.size() - 2);
    std::reverse(labels.begin(), labels.end());
    return labels;
}

// How long a block the label of a part of a /24 names: `0-127` and `0/25` are both 25 (RFC 2317).
std::optional<unsigned> part_length(std::string_view label) {
    const std::size_t middle = label.find_first_of("-/");
    if (middle == std::string_view::npos) return std::nullopt;
    const auto first = octet(label.substr(0, middle));
    const auto second = octet(label.substr(middle + 1));
    if (!first || !second) return std::nullopt;
    for (unsigned length = 25; length <= 32; ++length) {
        const unsigned size = 256U >> (length - 24);
        const bool aligned = *first % size == 0;
        if (aligned && *second == (label[middle] == '/' ? length : *first + size - 1)) return length;
    }
    return std::nullopt;
}

constexpr const char* no_reverse_name = "not the reverse name of an address; write the address or the block itself";

std::string ipv4_reverse_name(const DnsName& name) {
    const std::vector<std::string_view> labels = labels_of_address(name);
    std::array<std::uint8_t, 4> bytes{};
    std::size_t numbers = 0;
    for (; numbers < std::min<std::size_t>(labels.size(), 4); ++numbers) {
        const auto number = octet(labels[numbers]);
        if (!number) break;
        bytes[numbers] = static_cast<std::uint8_t>(*number);
    }
    if (numbers == labels.size() && numbers > 0 && numbers < 4) {
        return fmt::format("the reverse name of a block; write {}",
                           block_text(*IpAddress::from_bytes(bytes), static_cast<unsigned>(numbers) * 8));
    }
    if (numbers == 3 && labels.size() == 5 && octet(labels[4])) {
        bytes[3] = static_cast<std::uint8_t>(*octet(labels[4]));
        return fmt::format("where the reverse name of an address points (RFC 2317); write {}",
                           IpAddress::from_bytes(bytes)->to_text());
    }
    if (numbers == 3 && labels.size() == 4) {
        if (const auto length = part_length(labels[3])) {
            bytes[3] = static_cast<std::uint8_t>(*octet(labels[3].substr(0, labels[3].find_first_of("-/"))));
            return fmt::format("the reverse zone of a part of a block (RFC 2317); write {}",
                               block_text(*IpAddress::from_bytes(bytes), *length));
        }
    }
    return no_reverse_name;
}

std::string ipv6_reverse_name(const DnsName& name) {
    const std::vector<std::string_view> labels = labels_of_address(name);
    std::array<std::uint8_t, 16> bytes{};
    if (labels.empty() || labels.size() >= 32) return no_reverse_name;
    for (std::size_t i = 0; i < labels.size(); ++i) {
        unsigned nibble = 0;
        const auto [end, error] = std::from_chars(labels[i].data(), labels[i].data() + labels[i].size(), nibble, 16);
        if (error != std::errc() || labels[i].size() != 1) return no_reverse_name;
        bytes[i / 2] = static_cast<std::uint8_t>(bytes[i / 2] | (i % 2 == 0 ? nibble << 4U : nibble));
    }
    return fmt::format("the reverse name of a block; write {}",
                       block_text(*IpAddress::from_bytes(bytes), static_cast<unsigned>(labels.size()) * 4));
}

Hint reverse_name(std::string_view text) {
    const auto name = DnsName::from_text(text);
    if (!name || address_of_reverse_name(*name)) return std::nullopt;
    if (name->is_under(in_addr_arpa())) return ipv4_reverse_name(*name);
    if (name->is_under(ip6_arpa())) return ipv6_reverse_name(*name);
    return std::nullopt;
}

Hint unicode(std::string_view text) {
    const auto ascii = ascii_name(text);
    if (!ascii || !is_one_host(*ascii)) return std::nullopt;
    return fmt::format("only ASCII is looked up; write {}", *ascii);
}

// Spaces that do not break, soft hyphens and signs without width, as text copied from pages and documents has them.
std::size_t invisible_size(std::string_view text) {
    constexpr std::string_view signs[] = {"\u00a0", "\u00ad", "\ufeff"};
    for (const std::string_view sign : signs) {
        if (text.starts_with(sign)) return sign.size();
    }
    const auto is_between = [&](std::string_view first, std::string_view last) {
        const std::string_view begin = text.substr(0, first.size());
        return begin >= first && begin <= last;
    };
    const bool width_or_direction =
        is_between("\u200b", "\u200f") || is_between("\u202a", "\u202f") || is_between("\u2060", "\u206f");
    return width_or_direction ? 3 : 0;
}

Hint invisible(std::string_view text) {
    std::string visible;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t skipped = invisible_size(text.substr(at));
        if (skipped == 0) visible += text[at];
        at += std::max<std::size_t>(skipped, 1);
    }
    if (visible.size() == text.size() || !is_one_host(visible)) return std::nullopt;
    return fmt::format("invisible characters are in it; write {}", visible);
}

}  // namespace

std::optional<std::string> near_miss(std::string_view text) {
    for (const auto find : {url, mail_address, invisible, two_targets, unicode, port, range, reverse_name}) {
        if (Hint hint = find(text)) return hint;
    }
    return std::nullopt;
}

}  // namespace fcrdns
