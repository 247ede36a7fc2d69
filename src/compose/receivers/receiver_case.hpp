// SPDX-License-Identifier: MIT
// ReceiverCase: what one receiver does in one case that the evidence leaves open. A receiver
// that looks at one PTR name has a case per name, since resolvers rotate the records;
// one that follows a name we never ask has two: it leads back, it does not. combine_cases()
// makes one prediction of them: the common one, or `depends`.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fcrdns/receivers.hpp"

namespace fcrdns {

struct ReceiverCase {
    ReceiverOutcome outcome = ReceiverOutcome::accept;
    std::optional<std::string> reply;
    std::string name;   ///< the PTR name that decides this case; empty where none does
    std::string words;  ///< what the name does ("leads back to 192.0.2.1"), or the whole cause
    bool open = false;  ///< nobody asked: `words` is a condition, not a fact
};

/// What one name does to a receiver, before it is turned into an outcome.
enum class NameEnd : std::uint8_t { leads_back, leads_elsewhere, failed, open };

struct NameCase {
    NameEnd end = NameEnd::open;
    std::string words;
};

/// The forward answer of one name as a receiver that asks the same family sees it;
/// `open` for a name that was not asked: no host name, or beyond max_ptr_names.
NameCase forward_case(const PtrName& name, const IpAddress& address);
/// The words for a name that the receiver does not take.
NameCase refused_name(std::string_view words);

/// The outcome and the reply that a name leads to at one receiver.
struct Response {
    ReceiverOutcome outcome = ReceiverOutcome::accept;
    std::optional<std::string> reply;
};

/// What a receiver does at each end of the forward lookup.
struct Responses {
    Response elsewhere;
    Response failed;
};

/// The case, or for an open end the two cases, that a name makes.
void append_cases(std::vector<ReceiverCase>& cases, const PtrName& name, NameCase found, const Responses& responses);

/// The only case, where no PTR name decides; `words` is the whole cause.
std::vector<ReceiverCase> one_case(Response response, std::string words);

/// "No PTR record is published", or "The PTR lookup failed (SERVFAIL)".
std::string ptr_cause(const Answer& ptr);

/// The prediction that covers all cases (at least one); `note` is added where mail is not accepted.
ReceiverPrediction combine_cases(std::string_view receiver, std::string_view policy, std::string_view note,
                                 std::vector<ReceiverCase> cases);

}  // namespace fcrdns
