// SPDX-License-Identifier: MIT
#include "compose/receivers/validating.hpp"

#include <fmt/format.h>

#include <cstddef>
#include <string>

namespace fcrdns {
namespace {

bool fails_for_resolver(const Answer& answer) {
    return answer.source && answer.source->resolver_rejects();
}

Answer as_the_resolver_sees_it(const Answer& answer) {
    Answer failed;
    failed.question = answer.question;
    failed.outcome = Outcome::servfail;
    failed.rcode = answer.source->resolver.rcode;
    failed.extended_errors = answer.source->resolver.extended_errors;
    failed.server = answer.source->resolver.server;
    return failed;
}

// True when there is a difference to what the servers publish.
bool see_with_resolver(Evidence& evidence) {
    if (fails_for_resolver(evidence.ptr)) {
        evidence.ptr = as_the_resolver_sees_it(evidence.ptr);
        evidence.names.clear();
        return true;
    }
    bool different = false;
    for (PtrName& name : evidence.names) {
        if (!name.forward || !fails_for_resolver(*name.forward)) continue;
        name.forward = as_the_resolver_sees_it(*name.forward);
        different = true;
    }
    return different;
}

}  // namespace

std::vector<ReceiverPrediction> predict_with_validation(const Evidence& evidence, const Verdict& verdict,
                                                        const Origin& origin) {
    std::vector<ReceiverPrediction> predictions = predict_receivers(evidence, verdict);
    Evidence validated = evidence;
    if (!see_with_resolver(validated)) return predictions;
    const std::vector<ReceiverPrediction> others = predict_receivers(validated, judge(validated, origin));
    for (std::size_t i = 0; i < predictions.size(); ++i) {
        ReceiverPrediction& row = predictions[i];
        const ReceiverPrediction& other = others[i];
        if (row.outcome == other.outcome && row.reply == other.reply) continue;
        row.outcome = ReceiverOutcome::depends;
        row.reply = other.reply;
        if (row.why.ends_with('.')) row.why.pop_back();
        row.why = fmt::format("{}; where its resolver validates: {}", row.why, other.why);
    }
    return predictions;
}

}  // namespace fcrdns
