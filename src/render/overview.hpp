// SPDX-License-Identifier: MIT
// Overview: a list at a glance. Results come in the order of the input and are gathered by block, /24 or /64;
// a group is printed as soon as the next one begins: its causes with ranges of addresses, and for an IPv4
// block from /28 to /16 a map.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "fcrdns/ip_address.hpp"
#include "fcrdns/report.hpp"

namespace fcrdns {

/// What an overview keeps of a result.
struct OverviewEntry {
    std::optional<IpAddress> address;  ///< none where a host name gave none
    unsigned rank = 0;                 ///< as severity_rank()
    std::string words;                 ///< as cause_words(); of a host name without an address with the name
    IpAddress group;                   ///< the first address of the block, /24 or /64 that it belongs to
    unsigned group_length = 0;
    bool block = false;  ///< the group was given as a block
};

/// The entry of a report that is not of invalid input.
OverviewEntry overview_entry(const Report& report);

class Overview {
public:
    explicit Overview(bool color = false) : color_(color) {}

    /// Takes the next result; appends the group that it ends.
    void add(std::string& out, const OverviewEntry& entry);
    /// Appends the last group, and a blank line where one is missing.
    void finish(std::string& out);

private:
    struct Range {
        IpAddress first;
        IpAddress last;
    };

    bool same_group(const OverviewEntry& entry) const;
    void begin_group(const OverviewEntry& entry);
    void end_group(std::string& out);
    void append_group(std::string& out) const;
    void append_cause(std::string& out, unsigned rank, const std::string& words) const;
    void append_map(std::string& out) const;
    void append_row_of_shares(std::string& out, std::size_t first, std::size_t last) const;

    bool color_;
    bool open_ = false;
    bool below_line_ = false;  // of a host name without an address, which has no blank line behind it
    IpAddress group_;
    unsigned group_length_ = 0;
    bool block_ = false;
    std::map<std::pair<unsigned, std::string>, std::pair<std::size_t, std::vector<Range>>> causes_;
    std::string marks_;  // of a block with a map: a character for each of its addresses
};

}  // namespace fcrdns
