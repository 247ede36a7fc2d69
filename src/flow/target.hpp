// SPDX-License-Identifier: MIT
// What is to be checked: an address, or a host name with all its addresses, and how it was written.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "fcrdns/dns_name.hpp"
#include "fcrdns/ip_address.hpp"
#include "fcrdns/report.hpp"
#include "fcrdns/result.hpp"

namespace fcrdns {

/// One address; an IPv4-mapped IPv6 address is already its IPv4 address.
struct AddressTarget {
    IpAddress address;
    bool ipv4_mapped = false;
    std::optional<unsigned> block_length = {};  ///< of the prefix of the block that it was given in
};

/// A host name: all its addresses are meant, or, of a mail domain, those of its MX hosts.
struct HostTarget {
    DnsName name;
};

/// The addresses that this machine sends from.
struct OwnAddressesTarget {
    std::vector<IpAddress> addresses;
};

/// One item of the input, or the sentence that says why it is no target.
struct InputItem {
    std::string input;                ///< as written, without outer blanks, cut short when very long
    std::optional<std::size_t> line;  ///< in a list
    std::optional<TakenFrom> taken_from;
    std::variant<AddressTarget, HostTarget, OwnAddressesTarget, Error> target;
};

}  // namespace fcrdns
