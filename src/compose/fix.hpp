// SPDX-License-Identifier: MIT
// Fix: which records to publish, replace or remove so that the address passes without a warning.
// Records only, no words: the sentences around them are the renderer's.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "fcrdns/report.hpp"

namespace fcrdns {

/// The options of a result that is not a clean pass, each complete in itself; none where no record helps.
std::vector<FixEntry> fix_for(const Evidence& evidence, const Verdict& verdict, const Origin& origin);
/// A record as FixEntry::record() writes it.
std::string record_text(const DnsName& owner, RecordType type, std::string_view data);
/// True of a verdict that waits for a lookup which cannot matter: no receiver finds a host of such a PTR name.
bool is_settled_failure(const Evidence& evidence, const Verdict& verdict);
/// The host name that the PTR record has after the option, which the server is to say; none without such an option.
std::optional<DnsName> host_after(const Report& report, unsigned option);
/// Of the addresses that the HELO name leads to, one whose PTR record names it in turn; none where not known.
std::optional<IpAddress> right_address(const Evidence& evidence);
/// The first PTR name that leads back and may stay; null where there is none.
const PtrName* kept_name(const Evidence& evidence);

}  // namespace fcrdns
