// SPDX-License-Identifier: MIT
// Judging as if a rule did not exist: how a measurement learns what the rule is worth.
#pragma once

#include <optional>

#include "fcrdns/generic_name.hpp"

namespace fcrdns {

/// As judge_name(), without the clues of `rule`; with all of them when it is null.
GenericJudgement judge_name_without(const GenericRule* rule, const DnsName& name,
                                    const std::optional<IpAddress>& address);

}  // namespace fcrdns
