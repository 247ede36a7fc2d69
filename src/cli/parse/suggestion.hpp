// SPDX-License-Identifier: MIT
// Suggestions: the known word that a mistyped one was probably meant to be. Pure text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace fcrdns::cli {

/// How many edits lie between two words: a letter left out, added, replaced, or swapped with its neighbour.
std::size_t edit_distance(std::string_view a, std::string_view b);
/// The one of `names` that `given` abbreviates or was probably meant to be; empty where none is near.
std::string nearest_name(std::string_view given, const std::vector<std::string>& names);

}  // namespace fcrdns::cli
