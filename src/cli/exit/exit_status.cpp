// SPDX-License-Identifier: MIT
#include "cli/exit/exit_status.hpp"

#include <array>

namespace fcrdns::cli {

ExitStatus merge(ExitStatus a, ExitStatus b) {
    constexpr std::array worst_first = {ExitStatus::interrupted, ExitStatus::trouble, ExitStatus::failure,
                                        ExitStatus::temporary};
    for (const ExitStatus status : worst_first) {
        if (a == status || b == status) return status;
    }
    return ExitStatus::success;
}

ExitStatus status_of(const Tally& tally, bool strict) {
    ExitStatus status = ExitStatus::success;
    if (tally.temporary != 0) status = merge(status, ExitStatus::temporary);
    if (tally.fail != 0 || (strict && tally.warn != 0)) status = merge(status, ExitStatus::failure);
    if (tally.invalid != 0) status = merge(status, ExitStatus::trouble);
    return status;
}

}  // namespace fcrdns::cli
