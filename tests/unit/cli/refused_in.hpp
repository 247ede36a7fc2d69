// SPDX-License-Identifier: MIT
// The addresses that a text says were refused, as text: what tables of bounces compare.
#pragma once

#include <string>
#include <string_view>

#include "cli/parse/refused_addresses.hpp"

namespace fcrdns::test {

/// A blank between them; empty where there is none.
inline std::string refused_in(std::string_view text) {
    std::string all;
    for (const RefusedAddress& refused : read_refusals(text).refused) {
        all += (all.empty() ? "" : " ") + refused.address.to_text();
    }
    return all;
}

}  // namespace fcrdns::test
