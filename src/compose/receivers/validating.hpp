// SPDX-License-Identifier: MIT
// Receivers whose resolver validates (DNSSEC), where the resolver asked here does and fails.
#pragma once

#include <vector>

#include "fcrdns/receivers.hpp"
#include "fcrdns/verdict.hpp"

namespace fcrdns {

/// The predictions on what the zones' own servers publish; where the resolver fails to get it, a receiver that does
/// something else behind such a resolver is one that depends.
std::vector<ReceiverPrediction> predict_with_validation(const Evidence& evidence, const Verdict& verdict,
                                                        const Origin& origin);

}  // namespace fcrdns
