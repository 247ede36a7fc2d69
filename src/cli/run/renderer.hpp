// SPDX-License-Identifier: MIT
// Renderer: how a run's reports become bytes. records() sees the reports of one
// target at a time, in any order, with the target's place in the input; what it
// appends stands at that place. begin() and finish() see the whole run, at its end.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "cli/parse/options.hpp"
#include "fcrdns/render.hpp"

namespace fcrdns::cli {

class Renderer {
public:
    virtual ~Renderer() = default;
    virtual void records(std::string& out, std::uint64_t place, std::span<const Report> reports) = 0;
    /// What stands before all records.
    virtual void begin(std::string&, const RunSummary&) {}
    /// What stands behind them.
    virtual void finish(std::string& out, const RunSummary& summary) = 0;
};

/// How many targets a document may have whose head has the counts, so that all of it is held.
inline constexpr std::uint64_t most_held_targets = 100000;

/// True when nothing may be written before begin(), which is known at the end.
bool holds_results(const Options& options);
/// The renderer that the options ask for; `one_target` prints text in full.
std::unique_ptr<Renderer> make_renderer(const Options& options, bool one_target, const TextOptions& text);

}  // namespace fcrdns::cli
