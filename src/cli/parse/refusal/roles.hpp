// SPDX-License-Identifier: MIT
// Role: what an address is to the mail that a text is about, by the words around it.
#pragma once

#include <string_view>

#include "cli/parse/refusal/facts.hpp"
#include "cli/parse/refusal/surroundings.hpp"

namespace fcrdns::refusal {

/// What an address is to the mail that the text is about.
enum class Role : unsigned char {
    unknown,
    client,    ///< the words call it the client
    sender,    ///< the words are its own, about the address that it sends from
    receiver,  ///< the words call it the other side, a relay or a name server
    ignored,   ///< no address of a party, such as a version number or a network
};

/// True when `after`, the words behind an address, say something of it: "has no PTR record", "is listed in".
bool begins_with_verdict(std::string_view after);
/// What the surroundings make of the address, in a passage that `facts` describe.
Role role_of(const Surroundings& around, Facts facts);

}  // namespace fcrdns::refusal
