// SPDX-License-Identifier: MIT
// DnsName: an absolute domain name as a closed value, never a std::string.
// It holds labels of 1 to 63 octets, at most 255 octets with their lengths
// (RFC 1035 3.1). Any octet may stand in a label; equality, order and hash
// ignore ASCII case (RFC 4343); the spelling that came is kept. Text made from
// it is printable ASCII whatever the octets were.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fcrdns {

class DnsName {
public:
    /// The root.
    DnsName() = default;

    /// The name in uncompressed wire form, or nothing when `wire` is not exactly one name.
    static std::optional<DnsName> from_wire(std::span<const std::uint8_t> wire);
    /// The name that `text` spells, taken as absolute, with or without the final dot;
    /// `\DDD` and `\X` are read as in zone files (RFC 1035 5.1); nothing when it is no name.
    static std::optional<DnsName> from_text(std::string_view text);

    /// The wire form, the root's zero octet included (1 to 255 octets).
    std::string wire() const;
    /// The labels with their length octets, without the root's: what views point into.
    std::string_view labels() const { return {octets_.data(), size_}; }
    /// True for the root, which has no label.
    bool is_root() const { return size_ == 0; }
    /// How many labels it has, the root's not counted.
    std::size_t label_count() const;
    /// The labels from left to right; the views live as long as this name.
    std::vector<std::string_view> split() const;
    /// This name without its first label; the root stays the root.
    DnsName parent() const;
    /// True when this name is `ancestor` or below it.
    bool is_under(const DnsName& ancestor) const;
    /// This name with every ASCII letter in lower case.
    DnsName lowered() const;

    /// Without the final dot (the root is "."); every octet other than letters, digits,
    /// `-`, `_`, `/`, `*` is written `\DDD`, a dot inside a label too.
    std::string to_text() const;
    /// As to_text(), with the final dot: how a zone file names it absolutely.
    std::string to_absolute_text() const;

    /// True for labels of letters, digits, `-`, `_`, none starting or ending with `-`, at most
    /// 253 octets as text, at least one label, the last not all digits (RFC 1123 2.1, and `_`).
    bool is_host_name() const;

    friend bool operator==(const DnsName& a, const DnsName& b);
    friend std::strong_ordering operator<=>(const DnsName& a, const DnsName& b);

    /// A hash that agrees with ==.
    std::size_t hash() const;

private:
    explicit DnsName(std::string_view labels);

    // Inside the object: names are copied at every step of a check, and so a copy allocates nothing.
    std::array<char, 254> octets_{};  // of which size_ are in use
    std::uint8_t size_ = 0;
};

struct DnsNameHash {
    std::size_t operator()(const DnsName& name) const { return name.hash(); }
};

/// ASCII lower case, whatever the locale.
constexpr char to_lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
/// True for 0 to 9, whatever the locale.
constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
/// True for A to Z and a to z, whatever the locale.
constexpr bool is_letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

}  // namespace fcrdns
