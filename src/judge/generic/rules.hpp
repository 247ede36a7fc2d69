// SPDX-License-Identifier: MIT
// The rules by which a name is generic: the stable name in JSON, and the words that
// complete «TEXT …» for a person.
#pragma once

#include <array>

#include "fcrdns/generic_name.hpp"

namespace fcrdns::rules {

inline constexpr GenericRule full_address{"full_address", "spells the whole address"};
inline constexpr GenericRule hex_address{"hex_address", "spells the address in hexadecimal"};
inline constexpr GenericRule reversed_hex_address{"reversed_hex_address",
                                                  "spells the address in hexadecimal, backwards"};
inline constexpr GenericRule decimal_address{"decimal_address", "is the address as one number"};
inline constexpr GenericRule octal_address{"octal_address", "spells the address in octal"};
inline constexpr GenericRule packed_address{"packed_address", "spells the address without separators"};
inline constexpr GenericRule base36_address{"base36_address", "is the address's end in base 36"};
inline constexpr GenericRule base64_address{"base64_address", "is the address in base 64"};
inline constexpr GenericRule lettered_address{"lettered_address", "spells the address with letters for digits"};
inline constexpr GenericRule three_octets{"three_octets", "spells three of the address's four numbers"};
inline constexpr GenericRule two_octets{"two_octets", "spells two of the address's four numbers"};
inline constexpr GenericRule last_octet{"last_octet", "is the address's last number"};
inline constexpr GenericRule hex_part{"hex_part", "is the address's end in hexadecimal"};
inline constexpr GenericRule address_shape{"address_shape", "is written like an address"};

inline constexpr GenericRule ipv6_prefix{"ipv6_prefix", "spells the network half of the address"};
inline constexpr GenericRule ipv6_interface{"ipv6_interface", "spells the host half of the address"};
inline constexpr GenericRule ipv6_part{"ipv6_part", "spells a part of the address"};

inline constexpr GenericRule dynamic_pool{"dynamic_pool", "marks a dynamic customer pool"};
inline constexpr GenericRule access_line{"access_line", "marks a customer's access line"};
inline constexpr GenericRule dial_port{"dial_port", "marks a port of a dial-in server"};
inline constexpr GenericRule customer{"customer", "marks a customer of the provider"};
inline constexpr GenericRule static_address{"static_address", "marks a static address of the provider"};
inline constexpr GenericRule rented_server{"rented_server", "marks a rented server"};
inline constexpr GenericRule address_name{"address_name", "says only that this is an address"};
inline constexpr GenericRule placeholder{"placeholder", "is a placeholder for many addresses"};
inline constexpr GenericRule reverse_name{"reverse_name", "is a reverse name, a placeholder"};
inline constexpr GenericRule cloud_default{"cloud_default", "is where a cloud names its servers by default"};
inline constexpr GenericRule provider_domain{"provider_domain", "is a domain for customers' addresses"};

inline constexpr GenericRule provider_name{"provider_name", "begins like the provider's domain"};

inline constexpr GenericRule serial_number{"serial_number", "is a customer, line or server number"};
inline constexpr GenericRule number_chain{"number_chain", "is a chain of numbers for a place in a network"};
inline constexpr GenericRule coded_label{"coded_label", "is a code for a line or a server"};
inline constexpr GenericRule hardware_address{"hardware_address", "is a hardware address"};
inline constexpr GenericRule machine_identifier{"machine_identifier", "is an identifier made by a machine"};

/// Every rule, in the order of this file.
inline constexpr std::array all = {
    &full_address,     &hex_address,        &reversed_hex_address, &decimal_address,
    &octal_address,    &packed_address,     &base36_address,       &base64_address,
    &lettered_address, &three_octets,       &two_octets,           &last_octet,
    &hex_part,         &address_shape,      &ipv6_prefix,          &ipv6_interface,
    &ipv6_part,        &dynamic_pool,       &access_line,          &dial_port,
    &customer,         &static_address,     &rented_server,        &address_name,
    &placeholder,      &reverse_name,       &cloud_default,        &provider_domain,
    &provider_name,    &serial_number,      &number_chain,         &coded_label,
    &hardware_address, &machine_identifier,
};

}  // namespace fcrdns::rules
