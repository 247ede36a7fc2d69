// SPDX-License-Identifier: MIT
// Exim 4.96, 4.98.2 and master 13835a3: src/host.c (host_name_lookup, set_address_from_dns),
// src/acl.c (acl_verify_reverse), src/dns.c (dns_basic_lookup), src/smtp_in.c (smtp_handle_acl_fail).
// Every PTR name is followed and any one may confirm, but one temporary failure among them defers,
// even beside a name that confirmed. Exim asks A and AAAA of each name: a failure of one family is
// forgiven where the other has addresses.
#include <fmt/format.h>

#include <algorithm>

#include "compose/receivers/glibc_stub.hpp"
#include "compose/receivers/rows.hpp"
#include "compose/wording.hpp"

namespace fcrdns {
namespace {

// smtp_in.c: without `message =` in the ACL the sender learns no more.
Effects exim_effects() {
    return {{ReceiverOutcome::reject, "550 Administrative prohibition"},
            {ReceiverOutcome::tempfail, "451 Temporary local problem - please try later"}};
}

bool word_character(char c) {
    return is_letter(c) || is_digit(c) || c == '_';
}

// check_dns_names_pattern, by default: labels begin and end with a letter, digit or underscore.
bool fits_names_pattern(const DnsName& name) {
    const auto labels = name.split();
    return !labels.empty() && std::all_of(labels.begin(), labels.end(), [](std::string_view label) {
        return word_character(label.front()) && word_character(label.back()) &&
               std::all_of(label.begin(), label.end(),
                           [](char c) { return word_character(c) || c == '-' || c == '/'; });
    });
}

// Since 4.97 (commit b855ee2) the PTR loop passes over names with any other character, underscore included.
bool plain_name(const DnsName& name) {
    const auto labels = name.split();
    return std::all_of(labels.begin(), labels.end(), [](std::string_view label) {
        return std::all_of(label.begin(), label.end(), [](char c) { return is_letter(c) || is_digit(c) || c == '-'; });
    });
}

// dns_lookup() of 4.98 takes an answer in which it finds no record for a success without addresses.
bool counts_as_failure(const Answer& answer, bool since_4_97) {
    return !is_definite(answer.outcome) && !(since_4_97 && answer.outcome == Outcome::malformed);
}

// set_address_from_dns(): AAAA, then A; a failure counts where neither has an address.
NameStep families_step(const PtrName& name, NameStep step, bool since_4_97) {
    const Answer& own = *name.forward;
    const std::optional<Answer>& other = name.other_family;
    if (other && other->outcome == Outcome::records) {
        if (is_definite(own.outcome)) return step;
        return refused_name(fmt::format("has only {} records that can be looked up", to_word(other->question.type)));
    }
    const bool own_is_last = own.question.type == RecordType::a;
    const bool last_is_unreadable =
        own_is_last ? own.outcome == Outcome::malformed : other && other->outcome == Outcome::malformed;
    if (since_4_97 && last_is_unreadable) return {Step::leads_elsewhere, std::move(step.words)};
    if (counts_as_failure(own, since_4_97)) return step;
    // No answer in the evidence is one that did not come in time.
    if (!other) return {Step::failed, "could not be looked up in both families"};
    if (!counts_as_failure(*other, since_4_97)) return {Step::leads_elsewhere, std::move(step.words)};
    return {Step::failed,
            fmt::format("could not be looked up ({}: {})", to_word(other->question.type), failure_text(*other))};
}

NameStep exim_step(const PtrName& name, const IpAddress& address, bool since_4_97) {
    const bool literal = IpAddress::parse(raw_text(name.name)).has_value();
    if (literal || !fits_names_pattern(name.name)) return refused_name("is no name that it looks up");
    NameStep step = forward_step(name, address);
    if (!name.forward) return step;
    const Outcome outcome = name.forward->outcome;
    if (outcome == Outcome::records || outcome == Outcome::nxdomain) return step;
    return families_step(name, std::move(step), since_4_97);
}

// gethostbyaddr() as the last resort: one name, and NO_RECOVERY counts as temporary.
std::vector<Fate> by_host_library(const Evidence& evidence, bool since_4_97) {
    std::vector<Fate> fates;
    for (const PtrName& name : evidence.names) {
        const NameStep step = stub_takes(name.name)
                                  ? exim_step(name, evidence.address, since_4_97)
                                  : NameStep{Step::failed, "is skipped, and the host's resolver library refuses it"};
        append_fates(fates, name, step, exim_effects());
    }
    return fates;
}

}  // namespace

std::vector<Fate> exim_fates(const Evidence& evidence, bool since_4_97) {
    const Effects effects = exim_effects();
    const StubResult ptr = stub_result(evidence.ptr);
    if (ptr == StubResult::absent) return one_fate(effects.elsewhere, ptr_cause(evidence.ptr));
    if (ptr != StubResult::found) return one_fate(effects.failed, ptr_cause(evidence.ptr));

    std::vector<Fate> confirmed, elsewhere, open;
    for (const PtrName& name : evidence.names) {
        if (name.name.is_root() || (since_4_97 && !plain_name(name.name))) continue;
        NameStep step = exim_step(name, evidence.address, since_4_97);
        if (step.step == Step::failed) {
            return one_fate(effects.failed, name.name.to_text() + ' ' + step.words + ", and one such name is enough");
        }
        std::vector<Fate>& kind = step.step == Step::leads_back ? confirmed
                                  : step.step == Step::open     ? open
                                                                : elsewhere;
        append_fates(kind, name, std::move(step), effects);
    }
    if (!confirmed.empty()) return {confirmed.front()};
    // That one of the names not asked fails for the moment is left out: no name at all is safe from that.
    if (!open.empty()) return open;
    return elsewhere.empty() ? by_host_library(evidence, since_4_97) : elsewhere;
}

}  // namespace fcrdns
