// SPDX-License-Identifier: MIT
// What the codes of RFC 8914 say of a failure.
#pragma once

#include <cstdint>

namespace fcrdns {

/// False of "other" and of "cached error", which stand beside the cause or for one that is not said.
constexpr bool tells_cause(std::uint16_t code) {
    return code != 0 && code != 13;
}

inline constexpr std::uint16_t forged_answer = 4;
/// With REFUSED: the server does not serve this client (RFC 8914 4.19). Beside what reads as an answer it is a policy
/// too: BIND's RPZ gives it where it is told to.
inline constexpr std::uint16_t prohibited = 18;

/// True of those by which a resolver says that the answer is its own will, not what the DNS has (RFC 8914 4.5, 4.16 to
/// 4.18).
constexpr bool is_own_will(std::uint16_t code) {
    return code == forged_answer || (code >= 15 && code <= 17);
}

}  // namespace fcrdns
