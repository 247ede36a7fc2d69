// SPDX-License-Identifier: MIT
// Fix: which records to publish, replace or remove so that the address passes.
// Records only, no words: the sentences around them are the renderer's.
#pragma once

#include <vector>

#include "fcrdns/report.hpp"

namespace fcrdns {

/// The host name that stands in for one that is not known.
inline constexpr const char* placeholder_host = "your.mail.host.name";

/// The steps for a result that is not a clean pass; none for a temporary failure.
std::vector<FixEntry> fix_for(const Evidence& evidence, const Verdict& verdict, const Origin& origin);
/// The host name meant by a PTR target whose final dot was forgotten; nothing when none is left.
std::optional<DnsName> without_reverse_suffix(const DnsName& name);

}  // namespace fcrdns
