// SPDX-License-Identifier: MIT
// HELO: the name a mail server says in EHLO, and whether it fits the address.
// Receivers compare it with what the DNS says of the client; a name that does not
// fit is a warning, never a failure of FCrDNS. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fcrdns/evidence.hpp"

namespace fcrdns {

/// What kind of word it is, as Postfix's reject_invalid_helo_hostname and
/// reject_non_fqdn_helo_hostname tell them apart.
enum class HeloForm : std::uint8_t { host_name, not_fqdn, address_literal, invalid };

struct Helo {
    std::string text;
    HeloForm form = HeloForm::invalid;
    std::optional<DnsName> name;       ///< of a host name
    std::optional<IpAddress> literal;  ///< of an address literal (RFC 5321 4.1.3)
};

/// How the word reads; every word has a form.
Helo parse_helo(std::string_view text);

/// How the name fits the address.
struct HeloResult {
    std::string name;
    std::string outcome;  ///< that of the lookup, or the form where none was made
    std::vector<AddressRecord> addresses;
    std::optional<bool> resolves_to_ip;  ///< none where it cannot be told now
    bool equals_ptr = false;             ///< equals a confirmed PTR name
    bool names_other_ptr = false;        ///< PTR names exist and it equals none of them
};

/// Compares the name with the evidence, which holds its forward answer.
HeloResult judge_helo(const Helo& helo, const Evidence& evidence);

/// "host_name", "not_fqdn", "address_literal", "invalid".
std::string_view to_word(HeloForm form);

}  // namespace fcrdns
