// SPDX-License-Identifier: MIT
#include "fcrdns/dns_name.hpp"

#include <algorithm>

namespace fcrdns {
namespace {

constexpr std::size_t max_wire_octets = 255;  // RFC 1035 2.3.4
constexpr std::size_t max_label_octets = 63;
constexpr std::size_t max_host_name_text = 253;

bool stands_for_itself(char c) {
    return is_letter(c) || is_digit(c) || c == '-' || c == '_' || c == '/' || c == '*';
}

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

std::optional<DnsName> DnsName::from_wire(std::span<const std::uint8_t> wire) {
    if (wire.size() > max_wire_octets) return std::nullopt;
    std::size_t at = 0;
    while (at < wire.size() && wire[at] != 0) {
        if (wire[at] > max_label_octets) return std::nullopt;
        at += wire[at] + 1U;
    }
    if (at + 1 != wire.size()) return std::nullopt;
    DnsName name;
    name.labels_.assign(wire.begin(), wire.end() - 1);
    return name;
}

std::optional<DnsName> DnsName::from_text(std::string_view text) {
    DnsName name;
    if (text == ".") return name;
    if (text.empty()) return std::nullopt;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t length_at = name.labels_.size();
        name.labels_ += '\0';
        while (at < text.size() && text[at] != '.') {
            const auto octet = read_octet(text, at);
            if (!octet) return std::nullopt;
            name.labels_ += *octet;
            if (name.labels_.size() >= max_wire_octets) return std::nullopt;
        }
        const std::size_t length = name.labels_.size() - length_at - 1;
        if (length == 0 || length > max_label_octets) return std::nullopt;
        name.labels_[length_at] = static_cast<char>(length);
        ++at;  // the dot
    }
    return name;
}

std::string DnsName::wire() const {
    std::string wire = labels_;
    wire += '\0';
    return wire;
}

std::size_t DnsName::label_count() const {
    std::size_t count = 0;
    for (std::size_t at = 0; at < labels_.size(); at += label_length(labels_, at) + 1) ++count;
    return count;
}

std::vector<std::string_view> DnsName::split() const {
    std::vector<std::string_view> parts;
    for (std::size_t at = 0; at < labels_.size(); at += label_length(labels_, at) + 1) {
        parts.push_back(std::string_view(labels_).substr(at + 1, label_length(labels_, at)));
    }
    return parts;
}

DnsName DnsName::parent() const {
    DnsName name;
    if (!is_root()) name.labels_ = labels_.substr(label_length(labels_, 0) + 1);
    return name;
}

bool DnsName::is_under(const DnsName& ancestor) const {
    std::size_t at = 0;
    while (labels_.size() - at > ancestor.labels_.size()) at += label_length(labels_, at) + 1;
    const std::string_view tail = std::string_view(labels_).substr(at);
    return std::equal(tail.begin(), tail.end(), ancestor.labels_.begin(), ancestor.labels_.end(),
                      [](char a, char b) { return to_lower(a) == to_lower(b); });
}

DnsName DnsName::lowered() const {
    DnsName name = *this;  // a length octet is at most 63 and so never a letter
    std::transform(name.labels_.begin(), name.labels_.end(), name.labels_.begin(), to_lower);
    return name;
}

std::string DnsName::to_text() const {
    if (is_root()) return ".";
    std::string text;
    text.reserve(labels_.size());
    for (std::size_t at = 0; at < labels_.size();) {
        if (at != 0) text += '.';
        const std::size_t end = at + label_length(labels_, at) + 1;
        for (++at; at < end; ++at) append_octet(text, labels_[at]);
    }
    return text;
}

std::string DnsName::to_absolute_text() const {
    return is_root() ? "." : to_text() + '.';
}

bool DnsName::is_host_name() const {
    if (is_root() || labels_.size() - 1 > max_host_name_text) return false;
    std::string_view last;
    for (std::size_t at = 0; at < labels_.size(); at += label_length(labels_, at) + 1) {
        last = std::string_view(labels_).substr(at + 1, label_length(labels_, at));
        if (!is_host_label(last)) return false;
    }
    return !std::all_of(last.begin(), last.end(), is_digit);
}

bool operator==(const DnsName& a, const DnsName& b) {
    return std::equal(a.labels_.begin(), a.labels_.end(), b.labels_.begin(), b.labels_.end(),
                      [](char x, char y) { return to_lower(x) == to_lower(y); });
}

std::strong_ordering operator<=>(const DnsName& a, const DnsName& b) {
    return std::lexicographical_compare_three_way(
        a.labels_.begin(), a.labels_.end(), b.labels_.begin(), b.labels_.end(), [](char x, char y) {
            return static_cast<unsigned char>(to_lower(x)) <=> static_cast<unsigned char>(to_lower(y));
        });
}

std::size_t DnsName::hash() const {
    std::uint64_t hash = 14695981039346656037ULL;  // FNV-1a, 64 bits
    for (const char c : labels_) hash = (hash ^ static_cast<unsigned char>(to_lower(c))) * 1099511628211ULL;
    return static_cast<std::size_t>(hash);
}

}  // namespace fcrdns
