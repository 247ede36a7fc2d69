// SPDX-License-Identifier: MIT
// Markdown: what did not pass as a table for a job's summary or a ticket, and for each reverse zone the PTR
// records that are wanted in it, ready to be sent to whoever runs it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "render/tally.hpp"

namespace fcrdns {

class MarkdownDocument {
public:
    /// Takes the report at `place` of the input; a clean pass leaves no trace.
    void add(std::uint64_t place, const Report& report);
    /// Appends the document; what came from the DNS stands in code spans and blocks, as text.
    void append_to(std::string& out, const RunSummary& summary) const;

private:
    struct Zone {
        std::string contact;
        std::vector<std::string> records;
    };

    std::multimap<std::pair<unsigned, std::uint64_t>, std::string> rows_;  // worst first, then by place
    std::map<std::string, Zone> zones_;
};

}  // namespace fcrdns
