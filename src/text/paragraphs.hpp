// SPDX-License-Identifier: MIT
// Paragraphs of at most 78 columns; records and replies are never wrapped.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace fcrdns {

/// Appends `text` wrapped between words, every line indented, the first one behind `lead`
/// (such as "1. "), the others by as many more blanks.
void append_paragraph(std::string& out, std::string_view text, std::size_t indent, std::string_view lead = {});
/// Appends one line as it is, indented.
void append_line(std::string& out, std::string_view text, std::size_t indent);

}  // namespace fcrdns
