// SPDX-License-Identifier: MIT
// Tally and RunSummary: how many results of each kind a run had, and how it went.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>

#include "fcrdns/report.hpp"

namespace fcrdns {

/// How many reports of each kind there were.
struct Tally {
    std::size_t pass = 0;
    std::size_t warn = 0;
    std::size_t fail = 0;
    std::size_t temporary = 0;
    std::size_t invalid = 0;
    std::size_t invalid_lines = 0;  ///< of these, those that stand in a list

    /// Adds a report to its kind.
    void count(const Report& report);
    /// How many reports were counted.
    std::size_t total() const { return pass + warn + fail + temporary + invalid; }
};

/// How a whole run went.
struct RunSummary {
    Tally tally;
    bool strict = false;  ///< warnings count as failures
    std::chrono::milliseconds elapsed{0};
    std::string trouble;                    ///< the first sentence about what could not be read or done; else empty
    bool interrupted = false;               ///< by a signal, before the end of the input
    std::optional<std::size_t> unfinished;  ///< targets without a result; none where it is not known how many there are
};

/// "5 addresses: 1 pass, 1 warn, 2 fail, 1 temporary", "11 of 12 addresses (interrupted): ...",
/// "2 addresses, 1 invalid line: ...".
std::string run_text(const RunSummary& summary);

}  // namespace fcrdns
