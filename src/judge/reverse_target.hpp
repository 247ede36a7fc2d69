// SPDX-License-Identifier: MIT
// PTR targets that lie in the reverse tree themselves: a forgotten final dot, or a placeholder.
#pragma once

#include <optional>

#include "fcrdns/dns_name.hpp"

namespace fcrdns {

/// The host name meant by a PTR target whose final dot was forgotten; nothing when none is left.
std::optional<DnsName> without_reverse_suffix(const DnsName& name);
/// True for a name of the reverse tree that no host name stands before: a provider's placeholder.
bool is_reverse_placeholder(const DnsName& name);

}  // namespace fcrdns
