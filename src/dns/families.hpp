// SPDX-License-Identifier: MIT
// What differs between the two families of addresses.
#pragma once

#include <string_view>

#include "fcrdns/answer.hpp"

namespace fcrdns {

/// The type of the records that hold such an address.
inline RecordType forward_type(const IpAddress& address) {
    return address.is_ipv4() ? RecordType::a : RecordType::aaaa;
}
/// "IPv4" or "IPv6".
inline std::string_view family_text(const IpAddress& address) {
    return address.is_ipv4() ? "IPv4" : "IPv6";
}

}  // namespace fcrdns
