// SPDX-License-Identifier: MIT
#include "judge/generic/name_parts.hpp"

#include <algorithm>

#include "dns/reverse_trees.hpp"
#include "judge/generic/public_suffix.hpp"

namespace fcrdns {

NameParts::NameParts(const DnsName& name) {
    read_text(name);
    const bool relative = drop_reverse_zone(name);
    read_labels(relative);
    read_tokens();
}

/// True when a name stood before a reverse zone, which is cut off with its numbers (and RFC 2317's ranges).
bool NameParts::drop_reverse_zone(const DnsName& name) {
    const bool ipv4 = name.is_under(in_addr_arpa());
    if (!ipv4 && !name.is_under(ip6_arpa())) return false;
    // The length octets of its labels are as many as the dots of its text, the one before it included.
    const std::size_t tree = (ipv4 ? in_addr_arpa() : ip6_arpa()).labels().size();
    if (size_ < tree) return false;
    const std::size_t whole = size_;
    size_ -= tree;
    const auto is_of_zone = [&](std::string_view label) {
        const bool of_digits = std::all_of(label.begin(), label.end(),
                                           [&](char c) { return ipv4 ? is_digit(c) || c == '-' : is_hex_digit(c); });
        return of_digits && (ipv4 ? std::count(label.begin(), label.end(), '-') <= 1 : label.size() == 1);
    };
    while (size_ != 0) {
        const std::size_t dot = text().rfind('.');
        const std::size_t begin = dot == std::string_view::npos ? 0 : dot + 1;
        if (!is_of_zone(text().substr(begin))) break;
        size_ = begin == 0 ? 0 : dot;
    }
    if (size_ != 0) return true;
    size_ = whole;
    return false;
}

void NameParts::read_text(const DnsName& name) {
    const std::string_view wire = name.labels();
    for (std::size_t at = 0; at < wire.size();) {
        const auto length = static_cast<unsigned char>(wire[at++]);
        if (size_ != 0) text_[size_++] = '.';
        for (std::size_t i = 0; i < length; ++i) text_[size_++] = to_lower(wire[at++]);
    }
}

/// A `relative` name without a top-level domain of its own is all host.
void NameParts::read_labels(bool relative) {
    const std::string_view domain = registrable_domain(text());
    // A bare public suffix or a single label belongs to nobody: the whole name is the domain.
    domain_begin_ = domain.empty() ? 0 : size_ - domain.size();
    host_end_ = domain_begin_ == 0 ? 0 : domain_begin_ - 1;
    const std::string_view last = text().substr(text().rfind('.') + 1);
    const bool no_tld = std::any_of(last.begin(), last.end(), is_digit) && !last.starts_with("xn--");
    if (relative && (domain.empty() || no_tld)) domain_begin_ = host_end_ = size_;
    std::size_t begin = 0;
    for (std::size_t count = 0;; ++count) {
        const std::size_t end = std::min(text().find('.', begin), size_);
        labels_[count] = {static_cast<std::uint8_t>(std::min(begin, size_)), static_cast<std::uint8_t>(end)};
        if (begin >= domain_begin_) {
            host_labels_ = count;
            return;
        }
        begin = end + 1;
    }
}

void NameParts::read_tokens() {
    for (std::size_t label = 0; label <= host_labels_; ++label) {
        for (std::size_t at = labels_[label].begin; at < labels_[label].end;) {
            const std::size_t begin = at;
            const bool number = is_digit(text_[at]);
            const auto belongs = [number](char c) { return number ? is_digit(c) : is_letter(c); };
            while (at < labels_[label].end && belongs(text_[at])) ++at;
            if (at == begin) {
                ++at;
                continue;
            }
            tokens_.add({{static_cast<std::uint8_t>(begin), static_cast<std::uint8_t>(at)},
                         number ? TokenKind::digits : TokenKind::letters,
                         static_cast<std::uint8_t>(label)});
        }
    }
}

}  // namespace fcrdns
