// SPDX-License-Identifier: MIT
#include "fcrdns/generic_name.hpp"

namespace fcrdns {

// The rules follow in the commits that bring the recogniser; until then every name counts as chosen.
GenericJudgement judge_name(const DnsName&, const std::optional<IpAddress>&) {
    return {};
}

}  // namespace fcrdns
