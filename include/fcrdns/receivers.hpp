// SPDX-License-Identifier: MIT
// predict: what named mail receivers do with an address, from the same evidence.
// One pure function per receiver, each with the source and version it was read from.
// Providers' rows quote what the provider documents or what public bounces show, and say which.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fcrdns/evidence.hpp"
#include "fcrdns/verdict.hpp"

namespace fcrdns {

enum class ReceiverOutcome : std::uint8_t { accept, reject, tempfail, depends };

/// How it is known: held against the real program by the tests, from the provider's own page, from public bounces.
enum class ReceiverBasis : std::uint8_t { tested, documented, observed };

struct ReceiverPrediction {
    std::string_view receiver;          ///< such as "postfix-450"
    std::string_view configuration_of;  ///< the receiver that it is another setting or version of, such as "postfix"
    std::string_view policy;            ///< the setting or the requirement that makes it look
    ReceiverBasis basis = ReceiverBasis::tested;
    ReceiverOutcome outcome = ReceiverOutcome::accept;
    /// The whole reply line; none where mail is accepted, the administrator writes it or it was not seen whole.
    std::optional<std::string> reply;
    std::string why;  ///< one sentence
};

/// One row per receiver, in the order of the table of the manual.
std::vector<ReceiverPrediction> predict_receivers(const Evidence& evidence, const Verdict& verdict);

/// The predictions as text of at most 80 columns, indented by two blanks: who refuses or defers first, in full, then
/// the names of those who accept, and a count of receivers; ends with a line feed.
std::string receivers_table(const std::vector<ReceiverPrediction>& predictions);

/// "accept", "reject", "tempfail", "depends".
std::string_view to_word(ReceiverOutcome outcome);
/// "tested", "documented", "observed".
std::string_view to_word(ReceiverBasis basis);

}  // namespace fcrdns
