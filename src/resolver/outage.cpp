// SPDX-License-Identifier: MIT
#include "resolver/outage.hpp"

#include <algorithm>

#include "resolver/absence.hpp"

namespace fcrdns {

void Outage::all_is_well(TimePoint now) {
    heard_ = now;
    was_outage_ = failed_probes_ != 0;
    failures_ = failed_probes_ = 0;
    doubted_since_.reset();
}

void Outage::set_aside(TimePoint now) {
    failed_probes_ = 0;
    all_is_well(now);
}

void Outage::doubt(TimePoint now) {
    if (known_ && !given_up_ && !doubted_since_) doubted_since_ = next_probe_ = now;
}

void Outage::take(const Answer& answer, TimePoint now) {
    if (is_definite(answer.outcome)) {
        if (!known_ || doubted_since_ || given_up_) known_ = answer.question;
        given_up_ = false;
        silence_ = shortest_silence;
        return all_is_well(now);
    }
    if (answer.outcome != Outcome::timeout) heard_ = now;
    if (answer.outcome != Outcome::unreachable && ++failures_ >= failures_to_doubt) doubt(now);
}

const Question* Outage::take_probe(std::size_t open, TimePoint now) {
    if (open != 0 && now >= heard_ + silence_) doubt(now);
    if (!doubted_since_ || probing_) return nullptr;
    if (now >= *doubted_since_ + Absence::limit) {
        all_is_well(now);
        given_up_ = true;
        return nullptr;
    }
    if (now < next_probe_) return nullptr;
    next_probe_ = now + Absence::between_probes;
    probing_ = true;
    return &*known_;
}

void Outage::probe_ended(const Answer& answer, TimePoint now) {
    probing_ = false;
    if (is_definite(answer.outcome)) {
        // Zones that are silent are not asked about again and again.
        silence_ = std::min(2 * silence_, longest_silence);
        return all_is_well(now);
    }
    if (answer.outcome == Outcome::unreachable) return set_aside(now);
    why_ = answer.rcode ? rcode_text(*answer.rcode) : "no answer";
    if (doubted_since_) ++failed_probes_;
}

std::optional<Outage::TimePoint> Outage::next_probe(std::size_t open) const {
    if (!known_ || given_up_ || probing_) return std::nullopt;
    if (doubted_since_) return next_probe_;
    return open != 0 ? std::optional(heard_ + silence_) : std::nullopt;
}

}  // namespace fcrdns
