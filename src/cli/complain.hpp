// SPDX-License-Identifier: MIT
// Complaints: how the program says what is wrong.
#pragma once

#include <string>

namespace fcrdns::cli {

/// Writes the sentence to standard error, after the program's name.
void complain(const std::string& sentence);

}  // namespace fcrdns::cli
