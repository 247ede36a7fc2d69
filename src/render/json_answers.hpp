// SPDX-License-Identifier: MIT
// The members of a JSON record that say what the DNS said.
#pragma once

#include "fcrdns/report.hpp"
#include "render/json_writer.hpp"

namespace fcrdns {

/// `failure`: the lookup that left the verdict open; null for any other verdict.
void write_failure(JsonWriter& json, const Report& report);
/// `authoritative`: what the zones' own servers said; null where they were not asked.
void write_authoritative(JsonWriter& json, const Report& report);
/// `queries`: every answer of the DNS; null where they are not wanted.
void write_queries(JsonWriter& json, const Report& report, bool wanted);

}  // namespace fcrdns
