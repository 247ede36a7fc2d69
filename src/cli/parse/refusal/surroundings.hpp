// SPDX-License-Identifier: MIT
// Surroundings: the words, names and signs around an address. What they make of it says roles.hpp.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "cli/parse/refusal/address_tokens.hpp"

namespace fcrdns::refusal {

/// What stands around an address, within one passage or line.
struct Surroundings {
    char open = 0;                            ///< the bracket before it: `[`, `(`, `<` or `{`
    char before = 0;                          ///< the octet before it and its brackets
    bool url_host = false;                    ///< behind the `//` of a URL
    bool name_server = false;                 ///< followed by `#` and a port, as dig and nslookup write it
    bool angle = false;                       ///< within `<` and `>`
    std::string_view name;                    ///< the host name that the brackets belong to
    char joint = 0;                           ///< the sign between the last word and the address: `=`, `:`, `-`, `,`
    std::array<std::string_view, 5> words{};  ///< before it, the nearest first
    std::size_t port = 0;
    char behind = 0;         ///< the octet behind it
    std::string_view after;  ///< what follows it, its brackets and its port
};

/// The surroundings of `token` in `text`, of which nothing before `begin` is looked at.
Surroundings surroundings_of(std::string_view text, const AddressToken& token, std::size_t begin);

}  // namespace fcrdns::refusal
