// SPDX-License-Identifier: MIT
// Plain text: a message or a log as it was meant to be read, without transfer encodings, markup,
// escapes and quotation marks, so that words stand beside each other as their author wrote them.
#pragma once

#include <string>
#include <string_view>

namespace fcrdns::refusal {

/// A line break of the original that is no break of the text: a blank that counts as a line.
constexpr char counted_blank = '\v';
/// A line break of the text that is none of the original.
constexpr char uncounted_break = '\f';

/// True for the blank and both kinds of line marks.
constexpr bool is_blank(char c) {
    return c == ' ' || c == '\n' || c == counted_blank || c == uncounted_break;
}
/// True for what ends a line of the text.
constexpr bool ends_line(char c) {
    return c == '\n' || c == uncounted_break;
}

/// `raw` as printable ASCII, blanks, LF and the two marks above; never longer than `raw` and one octet.
std::string plain_text(std::string_view raw);

}  // namespace fcrdns::refusal
