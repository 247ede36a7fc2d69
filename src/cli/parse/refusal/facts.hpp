// SPDX-License-Identifier: MIT
// Facts: what a passage or a line of a log is about, told from the words that programs and providers use.
#pragma once

#include <cstdint>
#include <string_view>

#include "cli/parse/refused_addresses.hpp"

namespace fcrdns::refusal {

/// What the words of one passage say; a set of the constants below.
using Facts = std::uint32_t;

constexpr Facts delivery_failed = 1U << 0U;  ///< the writer of the text could not deliver mail to another server
constexpr Facts own_reject = 1U << 1U;       ///< the server that wrote the line refused a client
constexpr Facts exim_delivery = 1U << 2U;    ///< Exim's line about a delivery: H= is the receiver
constexpr Facts delivery_line = 1U << 3U;    ///< a line about mail that goes out: relay=, ip= are the receiver
constexpr Facts client_session = 1U << 4U;   ///< a client's session with the server that wrote the line
constexpr Facts greeting = 1U << 5U;         ///< a server's reply to EHLO
constexpr Facts refusal_words = 1U << 6U;    ///< somebody was refused
constexpr unsigned first_cause_bit = 8;      ///< the causes, in the order of RefusalCause

/// The set that says `cause`.
constexpr Facts fact_of(RefusalCause cause) {
    return 1U << (first_cause_bit + static_cast<unsigned>(cause));
}
constexpr Facts every_cause = ~((1U << (first_cause_bit + 1)) - 1U);

/// What the phrases in `text` say.
Facts facts_in(std::string_view text);
/// The cause to be named where the words of `facts` stand: reverse DNS where it is among them.
RefusalCause cause_in(Facts facts);

}  // namespace fcrdns::refusal
