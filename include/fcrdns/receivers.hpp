// SPDX-License-Identifier: MIT
// predict: what named mail receivers do with an address, from the same evidence.
// One pure function per receiver, each with the source and version it was read from.
// Providers' rows quote only what the provider documents.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fcrdns/evidence.hpp"

namespace fcrdns {

enum class ReceiverOutcome : std::uint8_t { accept, reject, tempfail, depends };

struct ReceiverPrediction {
    std::string_view receiver;  ///< such as "postfix-450"
    std::string_view policy;    ///< the setting that makes it look
    ReceiverOutcome outcome = ReceiverOutcome::accept;
    std::optional<std::string>
        reply;        ///< the whole reply line; none where mail is accepted or the administrator writes it
    std::string why;  ///< one sentence
};

/// One row per receiver, in the order of the table of the manual.
std::vector<ReceiverPrediction> predict_receivers(const Evidence& evidence);

/// The predictions as a table with a summary sentence: worst first, at most 100 columns of
/// printable ASCII, indented by two blanks, ends with a line feed.
std::string receivers_table(const std::vector<ReceiverPrediction>& predictions);

/// "accept", "reject", "tempfail", "depends".
std::string_view to_word(ReceiverOutcome outcome);

}  // namespace fcrdns
