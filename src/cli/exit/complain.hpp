// SPDX-License-Identifier: MIT
// Complaints: how the program says what is wrong.
#pragma once

#include <string>
#include <string_view>

namespace fcrdns::cli {

/// Writes the sentence to standard error, after the program's name.
void complain(const std::string& sentence);
/// Writes the text to standard error as it is. One that cannot be written is lost: there is nobody left to tell.
void write_to_stderr(std::string_view text);

}  // namespace fcrdns::cli
