// SPDX-License-Identifier: MIT
// Exit status: 2 beats 1 beats 3 beats 0, and an interruption beats them all.
#include "cli/exit/exit_status.hpp"

#include <algorithm>
#include <array>

#include "catch.hpp"

using namespace fcrdns;
using namespace fcrdns::cli;

TEST_CASE("the numbers are those of the manual") {
    CHECK(static_cast<int>(ExitStatus::success) == 0);
    CHECK(static_cast<int>(ExitStatus::failure) == 1);
    CHECK(static_cast<int>(ExitStatus::trouble) == 2);
    CHECK(static_cast<int>(ExitStatus::temporary) == 3);
    CHECK(static_cast<int>(ExitStatus::interrupted) == 130);
}

TEST_CASE("of two the worse one counts, whichever comes first") {
    constexpr std::array best_to_worst = {ExitStatus::success, ExitStatus::temporary, ExitStatus::failure,
                                          ExitStatus::trouble, ExitStatus::interrupted};
    for (std::size_t a = 0; a < best_to_worst.size(); ++a) {
        for (std::size_t b = 0; b < best_to_worst.size(); ++b) {
            CAPTURE(a, b);
            CHECK(merge(best_to_worst[a], best_to_worst[b]) == best_to_worst[std::max(a, b)]);
        }
    }
}

TEST_CASE("what the results call for") {
    struct Row {
        Tally tally;  // pass, warn, fail, temporary, invalid
        ExitStatus plain, strict;
    };
    using enum ExitStatus;
    const std::array rows = {
        Row{{0, 0, 0, 0, 0}, success, success},     Row{{5, 0, 0, 0, 0}, success, success},
        Row{{5, 1, 0, 0, 0}, success, failure},     Row{{5, 0, 1, 0, 0}, failure, failure},
        Row{{5, 0, 0, 1, 0}, temporary, temporary}, Row{{5, 1, 0, 1, 0}, temporary, failure},
        Row{{5, 0, 1, 1, 0}, failure, failure},     Row{{5, 0, 0, 0, 1}, trouble, trouble},
        Row{{5, 1, 1, 1, 1}, trouble, trouble},     Row{{0, 0, 0, 1, 1}, trouble, trouble},
    };
    for (const Row& row : rows) {
        CAPTURE(row.tally.warn, row.tally.fail, row.tally.temporary, row.tally.invalid);
        CHECK(status_of(row.tally, false) == row.plain);
        CHECK(status_of(row.tally, true) == row.strict);
    }
}
