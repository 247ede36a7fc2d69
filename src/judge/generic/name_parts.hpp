// SPDX-License-Identifier: MIT
// A host name taken apart for judging: lower-case text, where its registrable domain
// begins, and its runs of letters and of digits. Holds no pointers and allocates nothing;
// everything is offsets into the text, which are those of the name's own text too.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "fcrdns/dns_name.hpp"

namespace fcrdns {

/// A list with room for N values; more than that are dropped. What is not filled is not touched:
/// the lists of one name are longer than the name, and made anew for each.
template <typename T, std::size_t N>
class BoundedList {
public:
    void add(const T& value) {
        if (size_ < N) values_[size_++] = value;
    }
    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }
    const T& operator[](std::size_t i) const { return values_[i]; }
    const T* begin() const { return values_.data(); }
    const T* end() const { return values_.data() + size_; }

private:
    std::array<T, N> values_;
    std::size_t size_ = 0;
};

/// Octets `begin` to `end` (exclusive) of the name's text.
struct Span {
    std::uint8_t begin;
    std::uint8_t end;

    std::size_t size() const { return static_cast<std::size_t>(end - begin); }
    bool overlaps(const Span& other) const { return begin < other.end && other.begin < end; }
};

enum class TokenKind : std::uint8_t { letters, digits };

/// A run of letters or of digits inside one label.
struct Token {
    Span span;
    TokenKind kind;
    std::uint8_t label;  ///< counted from the left

    bool is_number() const { return kind == TokenKind::digits; }
};

class NameParts {
public:
    /// `name` must be a host name. Where it ends in a reverse zone, because the final dot is missing in the zone
    /// file, only what stands before that zone is read: the zone's numbers say nothing about who chose the name.
    /// Where nothing stands before it, the reverse name itself is the name.
    explicit NameParts(const DnsName& name);

    std::string_view text() const { return {text_.data(), size_}; }
    std::string_view text(const Span& span) const { return text().substr(span.begin, span.size()); }
    /// The labels left of the registrable domain, without the dot between; empty when there are none.
    std::string_view host() const { return text().substr(0, host_end_); }
    /// The registrable domain; of a name without known suffix the last two labels.
    std::string_view domain() const { return text().substr(domain_begin_); }
    /// How many labels host() has.
    std::size_t host_labels() const { return host_labels_; }
    /// The span of a label of host(), or of the first label of domain() for `i == host_labels()`.
    const Span& label(std::size_t i) const { return labels_[i]; }
    /// host() and the first label of domain(): whatever an address can stand in.
    std::string_view judged() const { return text().substr(0, labels_[host_labels_].end); }
    /// The runs in judged(), from left to right.
    const BoundedList<Token, 253>& tokens() const { return tokens_; }
    bool in_host(const Token& token) const { return token.label < host_labels_; }

private:
    void read_text(const DnsName& name);
    bool drop_reverse_zone(const DnsName& name);
    void read_labels(bool relative);
    void read_tokens();

    std::array<char, 256> text_;
    std::array<Span, 128> labels_;
    BoundedList<Token, 253> tokens_;
    std::size_t size_ = 0;
    std::size_t host_end_ = 0;
    std::size_t domain_begin_ = 0;
    std::size_t host_labels_ = 0;
};

/// Calls `visit(first, end)` with the tokens of every run of letters and digits without separators.
template <typename Visitor>
void for_each_run(const NameParts& name, Visitor visit) {
    const auto& tokens = name.tokens();
    for (std::size_t first = 0; first < tokens.size();) {
        std::size_t end = first + 1;
        while (end < tokens.size() && tokens[end].span.begin == tokens[end - 1].span.end) ++end;
        visit(first, end);
        first = end;
    }
}

/// For lower-case text.
constexpr bool is_hex_digit(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f');
}

}  // namespace fcrdns
