// SPDX-License-Identifier: MIT
// SummaryRenderer: puts results into the order of the input, whatever order they come in, for an Overview.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "cli/run/renderer.hpp"
#include "render/overview.hpp"

namespace fcrdns::cli {

class SummaryRenderer : public Renderer {
public:
    explicit SummaryRenderer(bool color) : overview_(color) {}

    void records(std::string& out, std::uint64_t place, std::span<const Report> reports) override;
    bool full() const override { return waiting_.size() >= most_waiting; }
    void finish(std::string& out, const RunSummary& summary) override;

private:
    /// Results that wait for an earlier one; a few hundred octets each.
    static constexpr std::size_t most_waiting = 100000;

    Overview overview_;
    std::uint64_t next_ = 0;
    std::map<std::uint64_t, std::vector<OverviewEntry>> waiting_;
};

}  // namespace fcrdns::cli
