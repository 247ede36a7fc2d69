// SPDX-License-Identifier: MIT
// Routes: whether this machine has a way to an address at all. Asks its kernel; sends nothing.
#pragma once

#include <optional>
#include <string>

#include "fcrdns/answer.hpp"
#include "fcrdns/result.hpp"

namespace fcrdns {

/// The operating system's words where this machine has no way to the endpoint's address.
std::optional<std::string> lack_of_route(const Endpoint& endpoint);
/// The address that this machine would send from, or the operating system's words where it has no way there.
Result<IpAddress> source_address(const Endpoint& endpoint);

}  // namespace fcrdns
