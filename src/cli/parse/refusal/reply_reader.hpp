// SPDX-License-Identifier: MIT
// Reply reader: where a text holds the reply of an SMTP server, from its code on (RFC 5321 4.2, RFC 3463).
#pragma once

#include <cstddef>
#include <string_view>

#include "cli/parse/refusal/address_tokens.hpp"

namespace fcrdns::refusal {

/// The reply that a passage is in, as far as it has been read.
struct ReplyReader {
    unsigned code = 0;       ///< 0 outside a reply, 1 where only an enhanced code was given
    std::size_t begin = 0;   ///< where the code stands
    std::size_t behind = 0;  ///< the end of the run read last
    std::size_t coded = 0;   ///< the end of the code read last
    bool goes_on = false;    ///< that has a hyphen behind it: a further line of the same reply follows

    /// Takes note of `run`, the next of the passage that begins at `passage`; true where another reply begins.
    bool read(std::string_view text, const Run& run, std::size_t passage);
    bool refuses() const { return code == 1 || code >= 400; }
    bool greets() const { return code >= 200 && code < 300; }
};

}  // namespace fcrdns::refusal
