// SPDX-License-Identifier: MIT
// How much a word of a provider's weighs, and where in a name it counts: beside a number,
// at the beginning of a label, below a place.
#pragma once

#include <cstdint>

#include "judge/generic/clue.hpp"
#include "judge/generic/name_parts.hpp"
#include "judge/generic/words.hpp"

namespace fcrdns {

/// Where a number must stand for a word to count in the first label.
enum class NumberPlace : std::uint8_t {
    anywhere,
    beside,  ///< directly before or behind it
    behind,  ///< directly behind it: ptr-2042, vm12, but not 2042-ptr and 12vm
};

/// How much a provider's word weighs: in the first label, and further right, over a first label with a number.
struct WordWeight {
    const GenericRule* rule;
    int in_first_label;
    int further_right;
    NumberPlace number;  ///< in the first label
};

/// The weights of a kind; no rule for the kinds that operators choose.
WordWeight weight_of(WordKind kind);
/// True when token `i` stands directly beside a number, or with one separator between.
bool is_beside_number(const NameParts& name, std::size_t i);
/// True where token `i` has a number in that place.
bool has_number(const NameParts& name, std::size_t i, NumberPlace place);
/// True for the p of p4-s3, but not for a letter within a label, which is one of several parts of a host (clb03-v110).
bool begins_label(const NameParts& name, const Token& token);
/// True for sdsl01 directly under a domain, for fiber2.lab and img2.static: who has few lines, pools or hosts of fixed
/// contents names them so. Providers count further, or below a place.
bool is_own_line(const NameParts& name, const Token& word, WordKind kind);
/// True where a number follows the token in its label, at most a separator between them.
bool precedes_number(const NameParts& name, std::size_t i);
/// True where a number of two digits or more does, not counting zeros before it.
bool precedes_large_number(const NameParts& name, std::size_t i);
/// True when four digits or more follow directly that are no year, which is how far only providers count.
bool precedes_serial(const NameParts& name, std::size_t i);
/// True for the as of as64500-01, before the number of a network (an autonomous system), not of an access server.
bool precedes_as_number(const NameParts& name, std::size_t i);
/// True for a site before a server's word: cgn1srv4 is in Cologne, sat1mail2 in San Antonio.
bool names_site(const NameParts& name, std::size_t i);
/// True for the ts of f4ts07i01, which stands for no equipment, for the dhcp of us2dhcp6, a site's server of it, for
/// the user of ord1user01, but not for the cust of 11cust38, and for the ks of ks2k3ab.
bool is_inside_code(const NameParts& name, std::size_t i, WordKind kind);
/// True for the d of d2-ip01, a data centre: providers number further, or have more numbers behind (p4-s3-1-2).
bool is_operators_letter(const NameParts& name, std::size_t i);
/// True for customer-69, for two numbers behind a word for rented servers (vps70-16), and for two beside a word for
/// dial-in equipment or leases: ts18-13, dhcp-north2-01.
bool says_place(const NameParts& name, std::size_t i, WordKind kind);
/// How many numbers the first label has.
std::size_t numbers_in_first_label(const NameParts& name);

}  // namespace fcrdns
