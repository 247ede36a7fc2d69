// SPDX-License-Identifier: MIT
// Shortage: what this process lacks to send anything at all, which says nothing about any server.
#pragma once

#include <string>

namespace fcrdns {

/// True of the system's errors by which it has no descriptor or no memory for this process.
bool is_shortage(int error);
/// The system's error in words: "this process is out of file descriptors, see ulimit -n", "Connection refused", …
std::string error_text(int error);

}  // namespace fcrdns
