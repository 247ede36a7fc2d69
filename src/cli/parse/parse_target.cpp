// SPDX-License-Identifier: MIT
#include "cli/parse/parse_target.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "cli/parse/near_miss.hpp"
#include "dns/case.hpp"
#include "dns/families.hpp"
#include "text/printable.hpp"

namespace fcrdns {
namespace {

constexpr std::string_view what_is_right =
    "expected an IPv4 or IPv6 address, a host name or a block such as 192.0.2.0/28";

Error refuse(std::string_view text, std::string_view why) {
    return Error{fmt::format("{}: {}", quoted_input(text), why)};
}

std::string_view without_final_dot(std::string_view text) {
    if (text.size() > 1 && text.back() == '.') text.remove_suffix(1);
    return text;
}

// SMTP address literals write IPv6:2001:db8::1 (RFC 5321 4.1.3).
std::string_view without_literal_tag(std::string_view text) {
    constexpr std::string_view tag = "IPv6:";
    if (text.size() > tag.size() && equals_ignoring_case(text.substr(0, tag.size()), tag))
        text.remove_prefix(tag.size());
    return text;
}

std::optional<unsigned> read_number(std::string_view digits, unsigned largest) {
    unsigned value = 0;
    if (digits.empty() || digits.size() > 10 || !std::all_of(digits.begin(), digits.end(), is_digit))
        return std::nullopt;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size() || value > largest) return std::nullopt;
    return value;
}

// Digits and dots only, or a hexadecimal part: meant as an IPv4 address, whatever it is.
bool looks_like_ipv4(std::string_view text) {
    const bool plain = std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c) || c == '.'; });
    if (plain) return true;
    // Several addresses on one line are no form of one.
    if (!std::all_of(text.begin(), text.end(),
                     [](char c) { return is_digit(c) || is_letter(c) || c == '.' || c == '-'; })) {
        return false;
    }
    text = without_final_dot(text);
    const std::string_view last = text.substr(text.rfind('.') == std::string_view::npos ? 0 : text.rfind('.') + 1);
    const bool digits = !last.empty() && std::all_of(last.begin(), last.end(), is_digit);
    return digits || (last.size() > 2 && last[0] == '0' && to_lower(last[1]) == 'x');
}

std::string without_leading_zeros(std::string_view text) {
    std::string cleaned;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool at_start = i == 0 || text[i - 1] == '.' || (cleaned.empty() || cleaned.back() == '.');
        const bool more_digits = i + 1 < text.size() && is_digit(text[i + 1]);
        if (text[i] == '0' && at_start && more_digits) continue;
        cleaned += text[i];
    }
    return cleaned;
}

Error refuse_ipv4(std::string_view text) {
    const auto dots = std::count(text.begin(), text.end(), '.');
    const bool plain = std::all_of(text.begin(), text.end(), [](char c) { return is_digit(c) || c == '.'; });
    if (plain && dots == 3 && text.find("..") == std::string_view::npos && text.front() != '.' && text.back() != '.') {
        const std::string cleaned = without_leading_zeros(text);
        if (IpAddress::parse(cleaned)) {
            return refuse(text, fmt::format("leading zeros are ambiguous (octal or decimal); write {}", cleaned));
        }
        return refuse(text, "each of the four numbers of an IPv4 address is 0 to 255");
    }
    return refuse(text, "an IPv4 address is four decimal numbers such as 192.0.2.1, without short or other forms");
}

AddressTarget target_of(const IpAddress& address) {
    const auto mapped = address.mapped_ipv4();
    return {mapped.value_or(address), mapped.has_value()};
}

Result<Target> parse_address(std::string_view shown, std::string_view text) {
    text = without_literal_tag(without_final_dot(text));
    if (const auto address = IpAddress::parse(text)) {
        return Target(target_of(*address));
    }
    if (const std::size_t zone = text.find('%');
        zone != std::string_view::npos && IpAddress::parse(text.substr(0, zone))) {
        return refuse(shown, fmt::format("a zone has no reverse name; leave out {}", quoted_input(text.substr(zone))));
    }
    if (!text.empty() && looks_like_ipv4(text)) return refuse_ipv4(text);
    return refuse(shown, "not an IPv4 or IPv6 address");
}

// `::ffff:192.0.2.0/120` holds the addresses of 192.0.2.0/24; a length of up to 32 can only be meant as that of IPv4.
Error refuse_mapped_block(std::string_view text, const IpAddress& address, std::string_view length_text) {
    const auto length = read_number(length_text, 128);
    if (!length || (*length > 32 && *length < 96)) return refuse(text, "the prefix length of an IPv4 block is 0 to 32");
    const unsigned ipv4_length = *length <= 32 ? *length : *length - 96;
    return refuse(text, fmt::format("write the block with IPv4 addresses: {}/{}",
                                    address.with_host_bits(ipv4_length, false).to_text(), ipv4_length));
}

Result<Target> parse_block(std::string_view text, std::size_t slash, std::uint64_t limit) {
    std::string_view prefix = text.substr(0, slash);
    if (prefix.size() > 2 && prefix.front() == '[' && prefix.back() == ']')
        prefix = prefix.substr(1, prefix.size() - 2);
    auto parsed = parse_address(text, prefix);
    if (!parsed) return refuse(text, "expected a block such as 192.0.2.0/28 or 2001:db8::/120");
    const IpAddress address = std::get<AddressTarget>(*parsed).address;
    if (std::get<AddressTarget>(*parsed).ipv4_mapped) {
        return refuse_mapped_block(text, address, text.substr(slash + 1));
    }
    const std::string_view length_text = text.substr(slash + 1);
    const auto length = read_number(length_text, address.bits());
    if (length && length_text.size() > 1 && length_text.front() == '0') {
        return refuse(text,
                      fmt::format("leading zeros are ambiguous (octal or decimal); write {}/{}", prefix, *length));
    }
    if (!length) {
        return refuse(text,
                      fmt::format("the prefix length of an {} block is 0 to {}", family_text(address), address.bits()));
    }
    const IpAddress first = address.with_host_bits(*length, false);
    if (first != address) {
        return Error{fmt::format("{} has host bits set; did you mean {}/{} or {}?", quoted_input(text), first.to_text(),
                                 *length, address.to_text())};
    }
    const unsigned host_bits = address.bits() - *length;
    if (host_bits > largest_limit_bits) {
        return refuse(text, fmt::format("the block has 2^{} addresses, more than any --limit takes; name single "
                                        "addresses or a block of at most 2^{}",
                                        host_bits, largest_limit_bits));
    }
    const std::uint64_t size = std::uint64_t{1} << host_bits;
    if (size > limit) {
        return refuse(text, fmt::format("the block has {} addresses, more than the limit of {}; raise it with --limit",
                                        size, limit));
    }
    return Target(BlockTarget{first, address.with_host_bits(*length, true), *length});
}

}  // namespace

Result<Target> parse_target(std::string_view raw, std::uint64_t limit) {
    const std::string_view text = without_outer_blanks(raw);
    if (text.empty()) return Error{fmt::format("an empty target; {}", what_is_right)};
    if (const auto address = IpAddress::parse(text)) return Target(target_of(*address));  // as most are written
    if (const auto hint = near_miss(text)) return refuse(text, *hint);
    // Behind a name, not behind other words: those may be about anybody.
    if (const std::size_t open = text.find('[');
        open != std::string_view::npos && text.substr(0, open).find_first_of(" \t\n") == std::string_view::npos &&
        text.find('/') == std::string_view::npos) {
        const std::size_t close = text.find(']', open);
        if (close == std::string_view::npos || without_final_dot(text.substr(close)).size() != 1) {
            return refuse(text, "expected NAME[ADDRESS] or [ADDRESS]");
        }
        return parse_address(text, text.substr(open + 1, close - open - 1));
    }
    const auto name = DnsName::from_text(text);
    if (name) {
        if (const auto address = address_of_reverse_name(*name)) return Target(AddressTarget{*address, false});
    }
    if (const std::size_t slash = text.find('/'); slash != std::string_view::npos)
        return parse_block(text, slash, limit);
    if (text.find(':') != std::string_view::npos || text.find('%') != std::string_view::npos ||
        looks_like_ipv4(without_final_dot(text))) {
        return parse_address(text, text);
    }
    if (name && text.find('\\') == std::string_view::npos && name->is_host_name()) return Target(HostTarget{*name});
    return refuse(text, what_is_right);
}

}  // namespace fcrdns
