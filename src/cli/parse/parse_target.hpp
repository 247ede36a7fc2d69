// SPDX-License-Identifier: MIT
// Targets: what an operand or a line of a list means. Pure text, no lookups.
// People paste addresses from logs, bounces and zone files; every spelling that can
// mean only one address is taken, every other one is refused with one sentence that
// names the input and says what would be right.
#pragma once

#include <cstdint>
#include <string_view>
#include <variant>

#include "flow/target.hpp"

namespace fcrdns {

/// A block of addresses, from the first to the last.
struct BlockTarget {
    IpAddress first;
    IpAddress last;
    unsigned length;  ///< of its prefix
};

using Target = std::variant<AddressTarget, HostTarget, BlockTarget>;

/// Blocks of more than 2^32 addresses are refused whatever the limit.
inline constexpr unsigned largest_limit_bits = 32;

/// What `text` means; blocks of more than `limit` addresses are refused.
Result<Target> parse_target(std::string_view text, std::uint64_t limit);

}  // namespace fcrdns
