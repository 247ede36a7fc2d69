// SPDX-License-Identifier: MIT
// The words that providers, and operators, use in host names: what they mean, and where
// in a run of letters they count. The tables are words.cpp; meaning_of() reads them.
#pragma once

#include <cstdint>
#include <string_view>

namespace fcrdns {

enum class WordKind : std::uint8_t {
    pool,       ///< addresses given out for a while
    lease,      ///< the protocol that gives them out, but also the server that speaks it
    access,     ///< the technique of a customer's line
    service,    ///< a service or place of customers, but also of an operator's own hosts
    equipment,  ///< dial-in equipment by its number
    dial,       ///< a port of such equipment
    customer,   ///< somebody the provider serves
    fixed,      ///< an address given out for good
    rented,     ///< a server by its number
    machine,    ///< a server by its number too, but operators number their own by such words
    address,    ///< "this is an address"
    vague,      ///< a letter, or a word that says as little, before a number
    mail,       ///< a mail host: its operator chose the name, numbers or not
    role,       ///< another server's role: its operator chose the name
};

enum class WordPlace : std::uint8_t { whole, prefix, suffix, inside };

struct Word {
    std::string_view text;
    WordPlace place;
    WordKind kind;
};

/// What a run of letters means: the longest word of the provider's in it and the longest of the operator's.
struct Meaning {
    const Word* provider = nullptr;
    const Word* chosen = nullptr;
    bool provider_begins_other = false;  ///< the provider's word is only the beginning of another (fiberglass)
};

/// `letters` are lower-case; it is one run without digits or separators.
Meaning meaning_of(std::string_view letters);
/// True for short words for computers on and under desks (pc, ws), which say nothing of who serves them.
bool is_desk_word(std::string_view letters);

}  // namespace fcrdns
