// SPDX-License-Identifier: MIT
#include "cli/exit/complain.hpp"

#include <fmt/format.h>

#include <cstdio>

namespace fcrdns::cli {

void complain(const std::string& sentence) {
    write_to_stderr(fmt::format("fcrdns-check: {}\n", sentence));
}

void write_to_stderr(std::string_view text) {
    // Not fmt::print, which throws where standard error is a full disk or a terminal that went away.
    (void)std::fwrite(text.data(), 1, text.size(), stderr);
}

}  // namespace fcrdns::cli
