// SPDX-License-Identifier: MIT
#include "render/overview.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "render/causes.hpp"
#include "render/status_word.hpp"
#include "text/paragraphs.hpp"
#include "text/phrases.hpp"

namespace fcrdns {
namespace {

constexpr std::array<std::string_view, 4> words_of_rank = {"FAIL", "TEMP", "WARN", "PASS"};
constexpr std::array<char, 4> mark_of_rank = {'F', 'T', 'w', '.'};
constexpr char no_mark = ' ';
constexpr std::size_t row_length = 64;
constexpr std::size_t most_addresses_by_character = 1024;
constexpr std::size_t most_ranges = 60;  // several lines of them; a reader of more wants the list itself

std::size_t offset_in(const IpAddress& address, unsigned length) {
    std::size_t offset = 0;
    for (const std::uint8_t octet : address.bytes()) offset = offset << 8U | octet;
    return offset & ((std::size_t{1} << (32 - length)) - 1);
}

bool has_map(const OverviewEntry& entry) {
    return entry.block && entry.group.is_ipv4() && entry.group_length >= 16 && entry.group_length <= 28;
}

// ".7" in a /24, ".3.7" in a larger block, "::7" in a /64.
std::string short_address(const IpAddress& address, unsigned group_length) {
    if (address.is_ipv4()) {
        const std::string text = address.to_text();
        const unsigned octets = (32 - group_length + 7) / 8;
        std::size_t at = text.size();
        for (unsigned i = 0; i < std::max(octets, 1U); ++i) {
            const std::size_t dot = text.rfind('.', at - 1);
            if (dot == std::string::npos) return text;
            at = dot;
        }
        return text.substr(at);
    }
    std::array<std::uint8_t, 16> octets{};
    const auto given = address.bytes();
    std::copy(given.begin() + 8, given.end(), octets.begin() + 8);
    return IpAddress::from_bytes(octets)->to_text();
}

}  // namespace

OverviewEntry overview_entry(const Report& report) {
    OverviewEntry entry;
    entry.rank = severity_rank(report.verdict);
    entry.words = cause_words(report);
    if (!report.evidence) {
        entry.words = subject_text(report) + ": " + entry.words;
        return entry;
    }
    const IpAddress& address = report.evidence->address;
    entry.address = address;
    const auto& length = report.subject.block_length;
    entry.block = length.has_value();
    entry.group_length = length.value_or(address.is_ipv4() ? 24 : 64);
    if (address.is_ipv4()) entry.group_length = std::max(entry.group_length, 16U);
    entry.group = address.with_host_bits(entry.group_length, false);
    return entry;
}

bool Overview::same_group(const OverviewEntry& entry) const {
    return open_ && entry.address && entry.group == group_ && entry.group_length == group_length_ &&
           entry.block == block_;
}

void Overview::begin_group(const OverviewEntry& entry) {
    open_ = true;
    group_ = entry.group;
    group_length_ = entry.group_length;
    block_ = entry.block;
    causes_.clear();
    marks_.assign(has_map(entry) ? std::size_t{1} << (32 - group_length_) : 0, no_mark);
}

void Overview::add(std::string& out, const OverviewEntry& entry) {
    if (!same_group(entry)) end_group(out);
    if (!entry.address) {
        append_status_word(out, words_of_rank[entry.rank], color_);
        out += fmt::format("  {}\n", entry.words);
        below_line_ = true;
        return;
    }
    if (!open_) begin_group(entry);
    auto& [count, ranges] = causes_[{entry.rank, entry.words}];
    ++count;
    if (!ranges.empty() && ranges.back().last.next() == entry.address) {
        ranges.back().last = *entry.address;
    } else {
        ranges.push_back({*entry.address, *entry.address});
    }
    if (!marks_.empty()) marks_[offset_in(*entry.address, group_length_)] = mark_of_rank[entry.rank];
}

void Overview::finish(std::string& out) {
    end_group(out);
    if (std::exchange(below_line_, false)) out += '\n';
}

void Overview::end_group(std::string& out) {
    if (!std::exchange(open_, false)) return;
    if (std::exchange(below_line_, false)) out += '\n';
    append_group(out);
}

void Overview::append_group(std::string& out) const {
    std::size_t total = 0;
    for (const auto& [cause, found] : causes_) total += found.first;
    out += fmt::format("{}/{}  {}\n", group_.to_text(), group_length_, count_text(total, "address", "addresses"));
    std::vector<std::pair<std::size_t, std::pair<unsigned, std::string>>> order;
    for (const auto& [cause, found] : causes_) order.push_back({found.first, cause});
    std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) {
        return a.second.first != b.second.first ? a.second.first < b.second.first : a.first > b.first;
    });
    for (const auto& [count, cause] : order) append_cause(out, cause.first, cause.second);
    if (!marks_.empty()) append_map(out);
    out += '\n';
}

void Overview::append_cause(std::string& out, unsigned rank, const std::string& words) const {
    const auto& [count, ranges] = causes_.at({rank, words});
    std::string text = words.empty() ? std::string() : words + ' ';
    for (std::size_t i = 0; i < std::min(ranges.size(), most_ranges); ++i) {
        const std::string first = short_address(ranges[i].first, group_length_);
        const bool one = ranges[i].first == ranges[i].last;
        text += ' ' + (one ? first : first + '-' + short_address(ranges[i].last, group_length_));
    }
    if (ranges.size() > most_ranges) text += fmt::format(" and {} more", ranges.size() - most_ranges);
    const std::string number = fmt::format("{:>6} ", count);
    const std::size_t at = out.size() + number.size();
    append_paragraph(out, text, 0, fmt::format("{}{} ", number, words_of_rank[rank]));
    std::string word;
    append_status_word(word, words_of_rank[rank], color_);
    out.replace(at, words_of_rank[rank].size(), word);
}

// One character for each address, or for a larger block one row for each /24, equal neighbours as one.
void Overview::append_map(std::string& out) const {
    out += '\n';
    if (marks_.size() <= most_addresses_by_character) {
        for (std::size_t at = 0; at < marks_.size(); at += row_length) {
            const std::size_t address = offset_in(group_, 16) + at;
            const std::string label = marks_.size() > 256 ? fmt::format(".{}.{}", address >> 8U, address & 0xffU)
                                                          : fmt::format(".{}", address & 0xffU);
            out += fmt::format("  {:>8}  {}\n", label, marks_.substr(at, row_length));
        }
        out += "            . pass  w warn  F fail  T temporary\n";
        return;
    }
    std::size_t first = 0;
    const auto row = [&](std::size_t number) { return std::string_view(marks_).substr(number * 256, 256); };
    const auto shares = [&](std::size_t number) {
        std::array<std::ptrdiff_t, 4> counts{};
        for (std::size_t rank = 0; rank < 4; ++rank)
            counts[rank] = std::count(row(number).begin(), row(number).end(), mark_of_rank[rank]);
        return counts;
    };
    for (std::size_t number = 1; number <= marks_.size() / 256; ++number) {
        if (number < marks_.size() / 256 && shares(number) == shares(first)) continue;
        append_row_of_shares(out, first, number - 1);
        first = number;
    }
}

void Overview::append_row_of_shares(std::string& out, std::size_t first, std::size_t last) const {
    constexpr std::size_t bar = 24;  // the row has 77 columns
    const std::string_view row = std::string_view(marks_).substr(first * 256, 256);
    std::string text, drawn;
    for (std::size_t rank = 4; rank-- > 0;) {
        const auto count = static_cast<std::size_t>(std::count(row.begin(), row.end(), mark_of_rank[rank]));
        text += fmt::format("  {} {:>3}", words_of_rank[rank], count);
        // What there is at all is seen.
        if (count != 0) drawn.append(std::max<std::size_t>(1, count * bar / 256), mark_of_rank[rank]);
    }
    const std::size_t third = offset_in(group_, 16) >> 8U;
    std::string label = fmt::format(".{}", third + first);
    if (last != first) label += fmt::format("-.{}", third + last);
    out += fmt::format("  {:>9}{}  {}\n", label, text, drawn.substr(0, bar));
}

}  // namespace fcrdns
