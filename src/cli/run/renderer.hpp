// SPDX-License-Identifier: MIT
// Renderer: how a run's reports become bytes. records() sees the reports of one
// target at a time, in any order, with the target's place in the input; what it
// appends stands at that place. begin() and finish() see the whole run, at its end.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "cli/parse/options.hpp"
#include "fcrdns/render.hpp"
#include "render/tally.hpp"

namespace fcrdns::cli {

class Renderer {
public:
    virtual ~Renderer() = default;
    /// Appends the results of the target at `place`.
    virtual void records(std::string& out, std::uint64_t place, std::span<const Report> reports) = 0;
    /// True when so much is kept that no more targets should be begun.
    virtual bool full() const { return false; }
    /// What stands before all records.
    virtual void begin(std::string&, const RunSummary&) {}
    /// True when it has something to say of targets without a result.
    virtual bool lists_unfinished() const { return false; }
    /// A target that an interrupted run did not come to.
    virtual void unfinished(std::string&, const Subject&) {}
    /// What stands behind them.
    virtual void finish(std::string& out, const RunSummary& summary) = 0;
};

/// How many targets a document may have whose head has the counts, or whose rows are sorted, so that all is held.
inline constexpr std::uint64_t most_held_targets = 100000;

/// True when nothing may be written in this format before begin(), which is known at the end.
bool holds_results(Format format);
/// True when the number of targets is limited in this format, since all of them are held.
bool is_limited(Format format);
/// The word for the format on the command line.
std::string_view to_word(Format format);
/// The renderer of a format; `one_target` prints text in full.
std::unique_ptr<Renderer> make_renderer(Format format, const Options& options, bool one_target,
                                        const TextOptions& text);

}  // namespace fcrdns::cli
