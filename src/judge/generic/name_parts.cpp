// SPDX-License-Identifier: MIT
#include "judge/generic/name_parts.hpp"

#include <algorithm>

#include "judge/generic/public_suffix.hpp"

namespace fcrdns {

NameParts::NameParts(const DnsName& name) {
    read_text(name);
    read_labels();
    read_tokens();
}

void NameParts::read_text(const DnsName& name) {
    const std::string_view wire = name.labels();
    for (std::size_t at = 0; at < wire.size();) {
        const auto length = static_cast<unsigned char>(wire[at++]);
        if (size_ != 0) text_[size_++] = '.';
        for (std::size_t i = 0; i < length; ++i) text_[size_++] = to_lower(wire[at++]);
    }
}

void NameParts::read_labels() {
    const std::string_view domain = registrable_domain(text());
    // A bare public suffix or a single label belongs to nobody: the whole name is the domain.
    domain_begin_ = domain.empty() ? 0 : size_ - domain.size();
    host_end_ = domain_begin_ == 0 ? 0 : domain_begin_ - 1;
    std::size_t begin = 0;
    for (std::size_t count = 0;; ++count) {
        const std::size_t end = std::min(text().find('.', begin), size_);
        labels_[count] = {static_cast<std::uint8_t>(begin), static_cast<std::uint8_t>(end)};
        if (begin == domain_begin_) {
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
