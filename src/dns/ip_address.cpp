// SPDX-License-Identifier: MIT
#include "fcrdns/ip_address.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <cstring>
#include <vector>

namespace fcrdns {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";
constexpr std::array<std::uint8_t, 12> mapped_prefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

std::optional<std::uint8_t> octet_of_label(std::string_view label) {
    if (label.empty() || label.size() > 3 || (label.size() > 1 && label[0] == '0')) return std::nullopt;
    unsigned value = 0;
    for (const char c : label) {
        if (!is_digit(c)) return std::nullopt;
        value = value * 10 + static_cast<unsigned>(c - '0');
    }
    if (value > 255) return std::nullopt;
    return static_cast<std::uint8_t>(value);
}

std::optional<IpAddress> ipv4_of_labels(const std::vector<std::string_view>& labels) {
    std::array<std::uint8_t, 4> octets{};
    for (std::size_t i = 0; i < octets.size(); ++i) {
        const auto octet = octet_of_label(labels[3 - i]);
        if (!octet) return std::nullopt;
        octets[i] = *octet;
    }
    return IpAddress::from_bytes(octets);
}

std::optional<IpAddress> ipv6_of_labels(const std::vector<std::string_view>& labels) {
    std::array<std::uint8_t, 16> octets{};
    for (std::size_t i = 0; i < 32; ++i) {
        const std::string_view label = labels[31 - i];
        const auto digit = label.size() == 1 ? hex_digits.find(to_lower(label[0])) : std::string_view::npos;
        if (digit == std::string_view::npos) return std::nullopt;
        octets[i / 2] = static_cast<std::uint8_t>(octets[i / 2] * std::size_t{16} + digit);
    }
    return IpAddress::from_bytes(octets);
}

}  // namespace

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
    std::array<char, INET6_ADDRSTRLEN> buffer{};
    if (text.size() >= buffer.size() || text.find('\0') != std::string_view::npos) return std::nullopt;
    std::copy(text.begin(), text.end(), buffer.begin());
    IpAddress address;
    if (inet_pton(AF_INET, buffer.data(), address.bytes_.data()) == 1) return address;
    if (inet_pton(AF_INET6, buffer.data(), address.bytes_.data()) != 1) return std::nullopt;
    address.family_ = Family::ipv6;
    return address;
}

std::optional<IpAddress> IpAddress::from_bytes(std::span<const std::uint8_t> bytes) {
    if (bytes.size() != 4 && bytes.size() != 16) return std::nullopt;
    IpAddress address;
    address.family_ = bytes.size() == 4 ? Family::ipv4 : Family::ipv6;
    std::copy(bytes.begin(), bytes.end(), address.bytes_.begin());
    return address;
}

namespace {

void append_octet(std::string& text, std::uint8_t octet) {
    if (octet >= 100) text += static_cast<char>('0' + octet / 100);
    if (octet >= 10) text += static_cast<char>('0' + octet / 10 % 10);
    text += static_cast<char>('0' + octet % 10);
}

void append_group(std::string& text, unsigned group) {
    int shift = 12;
    while (shift > 0 && (group >> shift) == 0) shift -= 4;
    for (; shift >= 0; shift -= 4) text += hex_digits[group >> shift & 15U];
}

// The longest run of two or more zero groups, the first of equals (RFC 5952 4.2.3).
std::pair<std::size_t, std::size_t> run_to_shorten(std::span<const unsigned, 8> groups) {
    std::size_t best = 8;
    std::size_t best_length = 1;
    for (std::size_t i = 0; i < 8; ++i) {
        std::size_t length = 0;
        while (i + length < 8 && groups[i + length] == 0) ++length;
        if (length > best_length) {
            best = i;
            best_length = length;
        }
        i += length;
    }
    return {best, best == 8 ? 0 : best_length};
}

}  // namespace

std::string IpAddress::to_text() const {
    std::string text;
    if (is_ipv4()) {
        for (std::size_t i = 0; i < 4; ++i) {
            if (i != 0) text += '.';
            append_octet(text, bytes_[i]);
        }
        return text;
    }
    if (const auto mapped = mapped_ipv4()) return "::ffff:" + mapped->to_text();  // RFC 5952 section 5
    std::array<unsigned, 8> groups{};
    for (std::size_t i = 0; i < 8; ++i) groups[i] = bytes_[2 * i] * 256U + bytes_[2 * i + 1];
    const auto [start, length] = run_to_shorten(groups);
    for (std::size_t i = 0; i < 8; ++i) {
        if (i == start) {
            text += "::";
            i += length - 1;
            continue;
        }
        if (!text.empty() && text.back() != ':') text += ':';
        append_group(text, groups[i]);
    }
    return text;
}

DnsName IpAddress::reverse_name() const {
    std::array<std::uint8_t, 74> wire;
    std::uint8_t* at = wire.data();
    const auto append = [&](std::string_view labels) { at = std::copy(labels.begin(), labels.end(), at); };
    if (is_ipv4()) {
        for (std::size_t i = 4; i-- > 0;) {
            const unsigned octet = bytes_[i];
            *at++ = octet >= 100 ? 3 : octet >= 10 ? 2 : 1;
            if (octet >= 100) *at++ = static_cast<std::uint8_t>('0' + octet / 100);
            if (octet >= 10) *at++ = static_cast<std::uint8_t>('0' + octet / 10 % 10);
            *at++ = static_cast<std::uint8_t>('0' + octet % 10);
        }
        append("\7in-addr");
    } else {
        for (std::size_t i = 16; i-- > 0;) {
            for (const unsigned nibble : {bytes_[i] & 0xfU, static_cast<unsigned>(bytes_[i]) >> 4U}) {
                *at++ = 1;
                *at++ = static_cast<std::uint8_t>(hex_digits[nibble]);
            }
        }
        append("\3ip6");
    }
    append("\4arpa");
    *at++ = 0;
    return *DnsName::from_wire({wire.data(), at});
}

std::optional<IpAddress> IpAddress::mapped_ipv4() const {
    if (is_ipv4() || !std::equal(mapped_prefix.begin(), mapped_prefix.end(), bytes_.begin())) return std::nullopt;
    return from_bytes({bytes_.data() + 12, 4});
}

IpAddress IpAddress::with_host_bits(unsigned length, bool ones) const {
    IpAddress changed = *this;
    for (unsigned bit = length; bit < bits(); ++bit) {
        const auto mask = static_cast<std::uint8_t>(0x80U >> bit % 8);
        auto& octet = changed.bytes_[bit / 8];
        octet = static_cast<std::uint8_t>(ones ? octet | mask : octet & ~mask);
    }
    return changed;
}

bool IpAddress::in_prefix(const IpAddress& prefix, unsigned length) const {
    if (family_ != prefix.family_) return false;
    const unsigned whole = length / 8;
    if (!std::equal(bytes_.begin(), bytes_.begin() + whole, prefix.bytes_.begin())) return false;
    const unsigned rest = length % 8;
    return rest == 0 || ((bytes_[whole] ^ prefix.bytes_[whole]) >> (8 - rest)) == 0;
}

std::optional<IpAddress> IpAddress::next() const {
    IpAddress following = *this;
    for (std::size_t i = bits() / 8; i-- > 0;) {
        if (++following.bytes_[i] != 0) return following;
    }
    return std::nullopt;
}

const DnsName& in_addr_arpa() {
    static const DnsName name = *DnsName::from_text("in-addr.arpa");
    return name;
}

const DnsName& ip6_arpa() {
    static const DnsName name = *DnsName::from_text("ip6.arpa");
    return name;
}

bool is_in_reverse_tree(const DnsName& name) {
    return name.is_under(in_addr_arpa()) || name.is_under(ip6_arpa());
}

std::optional<IpAddress> address_of_reverse_name(const DnsName& name) {
    const auto labels = name.split();
    if (labels.size() == 6 && name.is_under(in_addr_arpa())) return ipv4_of_labels(labels);
    if (labels.size() == 34 && name.is_under(ip6_arpa())) return ipv6_of_labels(labels);
    return std::nullopt;
}

std::string_view to_word(Family family) {
    switch (family) {
        case Family::ipv4: return "ipv4";
        case Family::ipv6: return "ipv6";
    }
    return "";
}

}  // namespace fcrdns
