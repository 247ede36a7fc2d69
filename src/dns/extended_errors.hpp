// SPDX-License-Identifier: MIT
// What the codes of RFC 8914 say of a failure.
#pragma once

#include <cstdint>

namespace fcrdns {

/// False of "other" and of "cached error", which stand beside the cause or for one that is not said.
constexpr bool tells_cause(std::uint16_t code) {
    return code != 0 && code != 13;
}

}  // namespace fcrdns
