// SPDX-License-Identifier: MIT
#include "cli/complain.hpp"

#include <fmt/format.h>

namespace fcrdns::cli {

void complain(const std::string& sentence) {
    fmt::print(stderr, "fcrdns-check: {}\n", sentence);
}

}  // namespace fcrdns::cli
