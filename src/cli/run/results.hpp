// SPDX-License-Identifier: MIT
// Results: where the reports of a run go: to standard output, and to a file for each --report. Each has a
// renderer and an Output of its own, and all get the same reports in the same places.
#pragma once

#include <poll.h>

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "cli/exit/output.hpp"
#include "cli/run/renderer.hpp"
#include "fcrdns/result.hpp"

namespace fcrdns::cli {

class Results {
public:
    /// The sinks that the options ask for, their files opened; an Error names the file that cannot be.
    static Result<std::unique_ptr<Results>> open(const Options& options, bool one_target, const TextOptions& text);
    ~Results();
    Results(const Results&) = delete;
    Results& operator=(const Results&) = delete;

    /// A place in the order for the reports of a target.
    std::uint64_t reserve() { return reserved_++; }
    /// The reports of the target at a place.
    void take(std::uint64_t place, std::span<const Report> reports);
    /// The counts of all reports taken.
    const Tally& tally() const { return tally_; }
    /// True when so much waits that no more should be asked.
    bool full() const;
    /// True when standard output has something to be written.
    bool wants_to_write() const;
    /// Adds the descriptors that something waits for to be written to.
    void add_to(std::vector<pollfd>& waited) const;
    /// Writes what can be written without blocking; false once standard output has failed.
    bool write_some();
    /// True when targets without a result are to be named at the end.
    bool lists_unfinished() const;
    /// Writes all that is left; gives a sentence for each sink that could not be written.
    std::vector<std::string> finish(const RunSummary& summary, std::span<const Subject> unfinished);

private:
    struct Sink {
        Sink(std::string shown, int target, Format format, std::unique_ptr<Renderer> makes, bool ordered)
            : name(std::move(shown)),
              descriptor(target),
              renderer(std::move(makes)),
              output(target, ordered, holds_results(format)) {}
        std::string name;
        int descriptor;
        std::unique_ptr<Renderer> renderer;
        Output output;
    };

    Results() = default;

    std::vector<std::unique_ptr<Sink>> sinks_;
    bool prints_ = false;  // the first sink is standard output
    std::uint64_t reserved_ = 0;
    Tally tally_;
    std::string text_;  // kept, so that its memory is used again
};

}  // namespace fcrdns::cli
