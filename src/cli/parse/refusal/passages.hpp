// SPDX-License-Identifier: MIT
// Passages: a text in the pieces that are about one thing: a folded header field, a line of a log, a block of
// prose or a reply with its continuation lines.
#pragma once

#include <cstddef>
#include <string_view>

namespace fcrdns::refusal {

/// What the name of a header field says about its addresses.
enum class Field : unsigned char {
    none,      ///< no header field, or one that is read as any text
    received,  ///< a Received line
    evidence,  ///< the receiver's words about the client that brought the message
    ignored,   ///< its addresses are no client that was refused
};

/// A part of a text.
struct Passage {
    std::size_t begin = 0;
    std::size_t end = 0;
    Field field = Field::none;
    bool timed = false;  ///< it begins with a time, as a line of a log does
};

/// Moves `passage`, at first an empty one, to the next of `text`; false at its end.
bool next_passage(std::string_view text, Passage& passage);

}  // namespace fcrdns::refusal
