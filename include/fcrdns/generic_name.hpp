// SPDX-License-Identifier: MIT
// Generic names: did the provider, or the operator of the host, choose this name?
// A name is generic when it is derived from the address, is a pool, customer or
// instance number, a cloud default, or a placeholder shared by many. The judgement
// carries its evidence: which text of the name, and which rule it met. Names of
// mail clusters are not generic even when they carry numbers or their own address.
// Pure: no I/O, linear in the name's length.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fcrdns/dns_name.hpp"
#include "fcrdns/ip_address.hpp"

namespace fcrdns {

/// One row of the rule table: its stable name in JSON, and what it found in a person's words.
struct GenericRule {
    std::string_view name;   ///< such as "full_address"
    std::string_view words;  ///< completes «TEXT …», such as "spells the whole address"
};

struct GenericEvidence {
    std::string text;                   ///< the part of the name, as it stands there
    const GenericRule* rule = nullptr;  ///< a row of a static table, never null
};

struct GenericJudgement {
    std::vector<GenericEvidence> evidence;  ///< empty where the name looks chosen by the operator

    /// True for a generic name.
    bool match() const { return !evidence.empty(); }
};

/// Judges a host name by itself and, where it is known, by the address it was published for.
GenericJudgement judge_name(const DnsName& name, const std::optional<IpAddress>& address);
/// As judge_name(), without looking again whether `name` is a host name, which it must be.
GenericJudgement judge_host_name(const DnsName& name, const std::optional<IpAddress>& address);

}  // namespace fcrdns
