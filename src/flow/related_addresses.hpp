// SPDX-License-Identifier: MIT
// What one address of a host or of a machine means for its others.
#pragma once

#include <vector>

#include "fcrdns/report.hpp"

namespace fcrdns {

/// Notes in each failing report which address of the same family passes cleanly, and, where the failing address is
/// IPv6, whether the IPv4 addresses pass.
void relate_addresses(std::vector<Report>& reports);

}  // namespace fcrdns
