// SPDX-License-Identifier: MIT
// ExitStatus: the only numbers this program ends with, and how they combine.
#pragma once

#include "render/tally.hpp"

namespace fcrdns::cli {

enum class ExitStatus : int {
    success = 0,    ///< every address passes
    failure = 1,    ///< at least one address fails (with --strict: or was warned about)
    trouble = 2,    ///< wrong usage, bad or unreadable input, no servers, output not written
    temporary = 3,  ///< nothing failed, but an answer could not be had
    interrupted = 130,
};

/// The worse of two: trouble beats failure beats temporary beats success.
ExitStatus merge(ExitStatus a, ExitStatus b);
/// The status that the results call for.
ExitStatus status_of(const Tally& tally, bool strict);

}  // namespace fcrdns::cli
