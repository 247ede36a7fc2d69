// SPDX-License-Identifier: MIT
// Every answer of the DNS that a report rests on, for those who want to see them all.
#pragma once

#include <vector>

#include "fcrdns/report.hpp"

namespace fcrdns {

/// The answers in the order in which they tell what was found; they live as long as the report.
std::vector<const Answer*> answers_of(const Report& report);

}  // namespace fcrdns
