// SPDX-License-Identifier: MIT
// Host names in Unicode: their form in ASCII, which is the one that the DNS knows (RFC 5891).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fcrdns {

/// The ASCII form (`xn--...`) of a name in UTF-8; nothing when `text` is ASCII already or is no such name.
std::optional<std::string> ascii_name(std::string_view text);

}  // namespace fcrdns
