// SPDX-License-Identifier: MIT
#include "fcrdns/dns_name.hpp"

#include <algorithm>
#include <array>
#include <functional>

#include "dns/case.hpp"

namespace fcrdns {
namespace {

constexpr std::size_t max_wire_octets = 255;  // RFC 1035 2.3.4
constexpr std::size_t max_label_octets = 63;
constexpr std::size_t max_host_name_text = 253;

constexpr std::array<bool, 256> plain_octets = [] {
    std::array<bool, 256> plain{};
    for (unsigned octet = 0; octet < 128; ++octet) {
        const char c = static_cast<char>(octet);
        plain[octet] = is_letter(c) || is_digit(c) || c == '-' || c == '_' || c == '/' || c == '*';
    }
    return plain;
}();

constexpr auto stands_for_itself = [](char c) { return plain_octets[static_cast<unsigned char>(c)]; };

void append_octet(std::string& text, char c) {
    if (stands_for_itself(c)) {
        text += c;
        return;
    }
    const auto octet = static_cast<unsigned char>(c);
    text += '\\';
    text += static_cast<char>('0' + octet / 100);
    text += static_cast<char>('0' + octet / 10 % 10);
    text += static_cast<char>('0' + octet % 10);
}

std::size_t label_length(std::string_view labels, std::size_t at) {
    return static_cast<unsigned char>(labels[at]);
}

// Reads one octet of a label from zone-file text, `\DDD` and `\X` resolved.
std::optional<char> read_octet(std::string_view text, std::size_t& at) {
    if (text[at] != '\\') return text[at++];
    ++at;
    if (at >= text.size()) return std::nullopt;
    if (!is_digit(text[at])) return text[at++];
    if (text.size() - at < 3 || !is_digit(text[at + 1]) || !is_digit(text[at + 2])) return std::nullopt;
    const int value = (text[at] - '0') * 100 + (text[at + 1] - '0') * 10 + (text[at + 2] - '0');
    if (value > 255) return std::nullopt;
    at += 3;
    return static_cast<char>(value);
}

bool is_host_label(std::string_view label) {
    if (label.front() == '-' || label.back() == '-') return false;
    return std::all_of(label.begin(), label.end(),
                       [](char c) { return is_letter(c) || is_digit(c) || c == '-' || c == '_'; });
}

}  // namespace

DnsName::DnsName(std::string_view labels) : size_(static_cast<std::uint8_t>(labels.size())) {
    std::copy(labels.begin(), labels.end(), octets_.begin());
}

std::optional<DnsName> DnsName::from_wire(std::span<const std::uint8_t> wire) {
    if (wire.size() > max_wire_octets) return std::nullopt;
    std::size_t at = 0;
    while (at < wire.size() && wire[at] != 0) {
        if (wire[at] > max_label_octets) return std::nullopt;
        at += wire[at] + 1U;
    }
    if (at + 1 != wire.size()) return std::nullopt;
    return DnsName(std::string_view(reinterpret_cast<const char*>(wire.data()), at));
}

std::optional<DnsName> DnsName::from_text(std::string_view text) {
    if (text == ".") return DnsName();
    if (text.empty()) return std::nullopt;
    std::array<char, max_wire_octets> labels{};
    std::size_t size = 0;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t length_at = size++;
        while (at < text.size() && text[at] != '.') {
            if (size + 1 >= max_wire_octets) return std::nullopt;  // the last is the root's
            const auto octet = read_octet(text, at);
            if (!octet) return std::nullopt;
            labels[size++] = *octet;
        }
        const std::size_t length = size - length_at - 1;
        if (length == 0 || length > max_label_octets) return std::nullopt;
        labels[length_at] = static_cast<char>(length);
        ++at;  // the dot
    }
    return DnsName(std::string_view(labels.data(), size));
}

std::string DnsName::wire() const {
    std::string wire(labels());
    wire += '\0';
    return wire;
}

std::size_t DnsName::label_count() const {
    std::size_t count = 0;
    for (std::size_t at = 0; at < size_; at += label_length(labels(), at) + 1) ++count;
    return count;
}

std::vector<std::string_view> DnsName::split() const {
    std::vector<std::string_view> parts;
    for (std::size_t at = 0; at < size_; at += label_length(labels(), at) + 1) {
        parts.push_back(labels().substr(at + 1, label_length(labels(), at)));
    }
    return parts;
}

DnsName DnsName::parent() const {
    return is_root() ? DnsName() : DnsName(labels().substr(label_length(labels(), 0) + 1));
}

bool DnsName::is_under(const DnsName& ancestor) const {
    std::size_t at = 0;
    while (labels().size() - at > ancestor.labels().size()) at += label_length(labels(), at) + 1;
    return equals_ignoring_case(labels().substr(at), ancestor.labels());
}

DnsName DnsName::lowered() const {
    DnsName name = *this;  // a length octet is at most 63 and so never a letter
    std::transform(labels().begin(), labels().end(), name.octets_.begin(), to_lower);
    return name;
}

std::string DnsName::to_text() const {
    if (is_root()) return ".";
    std::string text;
    text.reserve(size_);
    for (std::size_t at = 0; at < size_;) {
        if (at != 0) text += '.';
        const std::string_view label = labels().substr(at + 1, label_length(labels(), at));
        at += label.size() + 1;
        if (std::all_of(label.begin(), label.end(), stands_for_itself)) {
            text += label;
        } else {
            for (const char c : label) append_octet(text, c);
        }
    }
    return text;
}

std::string DnsName::to_absolute_text() const {
    return is_root() ? "." : to_text() + '.';
}

bool DnsName::is_host_name() const {
    if (is_root() || labels().size() - 1 > max_host_name_text) return false;
    std::string_view last;
    for (std::size_t at = 0; at < size_; at += label_length(labels(), at) + 1) {
        last = labels().substr(at + 1, label_length(labels(), at));
        if (!is_host_label(last)) return false;
    }
    return !std::all_of(last.begin(), last.end(), is_digit);
}

bool operator==(const DnsName& a, const DnsName& b) {
    return equals_ignoring_case(a.labels(), b.labels());
}

std::strong_ordering operator<=>(const DnsName& a, const DnsName& b) {
    const std::string_view x_labels = a.labels();
    const std::string_view y_labels = b.labels();
    return std::lexicographical_compare_three_way(
        x_labels.begin(), x_labels.end(), y_labels.begin(), y_labels.end(), [](char x, char y) {
            return static_cast<unsigned char>(to_lower(x)) <=> static_cast<unsigned char>(to_lower(y));
        });
}

std::size_t DnsName::hash() const {
    return std::hash<std::string_view>()(lowered().labels());
}

}  // namespace fcrdns
