// SPDX-License-Identifier: MIT
// The status word as a terminal shows it.
#pragma once

#include <string>
#include <string_view>

namespace fcrdns {

/// Appends PASS, WARN, FAIL or TEMP, in its colour where `color` says so.
void append_status_word(std::string& out, std::string_view word, bool color);

}  // namespace fcrdns
