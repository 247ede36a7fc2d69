// SPDX-License-Identifier: MIT
// Near misses: what people have in hand that is no target, and what would be one. Pure text.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fcrdns {

/// What is wrong with a URL, a mail address, HOST:PORT, a range, two targets at once, the reverse name of a block, a
/// name that is not ASCII or a target with characters that nobody sees, and what to write instead; nothing for any
/// other text, targets among them.
std::optional<std::string> near_miss(std::string_view text);

}  // namespace fcrdns
