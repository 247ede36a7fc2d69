// SPDX-License-Identifier: MIT
// Placeholders: what stands in the reverse zone where nobody named the address. They are
// recognised by single words (unassigned), by phrases made of a small vocabulary
// (no-reverse-yet, cliente-ip-fijo) and by "…ed by" (hosted-by, connected.by).
#pragma once

#include <optional>

#include "judge/generic/name_parts.hpp"

namespace fcrdns {

/// The part of the name that is a placeholder: labels at its beginning, or a phrase in them; nothing where there is
/// none.
std::optional<Span> find_placeholder(const NameParts& name);

}  // namespace fcrdns
