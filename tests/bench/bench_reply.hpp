// SPDX-License-Identifier: MIT
// The authoritative reply of the benchmark's world to one DNS message. Pure.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace bench {

using Message = std::array<std::uint8_t, 512>;

/// Writes the reply to `query` and returns its length; nothing where a server stays silent:
/// no readable question, or a reverse zone of the given silent share.
std::optional<std::size_t> write_reply(std::span<const std::uint8_t> query, double silent_share, Message& reply);

}  // namespace bench
