// SPDX-License-Identifier: MIT
// Mail hosts: which hosts take the mail of a domain, as its MX answer says (RFC 5321 section 5.1, RFC 7505).
#pragma once

#include <cstddef>
#include <vector>

#include "fcrdns/answer.hpp"

namespace fcrdns {

/// At most this many MX hosts of a domain are looked at.
inline constexpr std::size_t most_mail_hosts = 32;

struct MailHosts {
    bool takes_none = false;        ///< the null MX: the domain takes no mail (RFC 7505)
    bool implicit = false;          ///< there is no MX record: the domain itself is the host
    std::vector<NameRecord> hosts;  ///< the lowest preference first; those of one preference by name
    std::size_t beyond = 0;         ///< so many more are published
};

/// The hosts that a definite MX answer names; none where the answer is not definite.
MailHosts mail_hosts(const Answer& mx);
/// True when the mail for the name that was asked about goes to other hosts only, or nowhere.
bool takes_mail_elsewhere(const Answer& mx);

}  // namespace fcrdns
