// SPDX-License-Identifier: MIT
// The reply of Postfix to a client without reverse DNS, in the words that operators search for.
#pragma once

#include <cstdint>

#include "fcrdns/report.hpp"

namespace fcrdns {

/// What Postfix did not find: a name that leads back, or any PTR name.
enum class UnknownName : std::uint8_t { hostname, reverse_hostname };

/// The reply with one of the codes 450 and 550.
SmtpReply postfix_reply(const IpAddress& address, int code, UnknownName unknown);

}  // namespace fcrdns
