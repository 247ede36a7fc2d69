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
Responses exim_responses() {
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

// Since 4.97 (commit b855ee2) the PTR loop skips names with any other character, underscore included.
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
NameCase families_case(const PtrName& name, NameCase found, bool since_4_97) {
    const Answer& own = *name.forward;
    const Answer* other = name.other_family.get();
    if (other != nullptr && other->outcome == Outcome::records) {
        if (is_definite(own.outcome)) return found;
        return refused_name(fmt::format("has only {} records that can be looked up", to_word(other->question.type)));
    }
    const bool own_is_last = own.question.type == RecordType::a;
    const bool last_is_unreadable =
        own_is_last ? own.outcome == Outcome::malformed : other != nullptr && other->outcome == Outcome::malformed;
    if (since_4_97 && last_is_unreadable) return {NameEnd::leads_elsewhere, std::move(found.words)};
    if (counts_as_failure(own, since_4_97)) return found;
    // No answer in the evidence is one that did not come in time.
    if (other == nullptr) return {NameEnd::failed, "could not be looked up in both families"};
    if (!counts_as_failure(*other, since_4_97)) return {NameEnd::leads_elsewhere, std::move(found.words)};
    return {NameEnd::failed,
            fmt::format("could not be looked up ({}: {})", to_word(other->question.type), failure_text(*other))};
}

NameCase exim_case(const PtrName& name, const IpAddress& address, bool since_4_97) {
    const bool literal = IpAddress::parse(raw_text(name.name)).has_value();
    if (literal || !fits_names_pattern(name.name)) return refused_name("is no name that it looks up");
    NameCase found = forward_case(name, address);
    if (!name.forward) return found;
    const Outcome outcome = name.forward->outcome;
    if (outcome == Outcome::records || outcome == Outcome::nxdomain) return found;
    return families_case(name, std::move(found), since_4_97);
}

// gethostbyaddr() as the last resort: one name, and NO_RECOVERY counts as temporary.
std::vector<ReceiverCase> by_host_library(const Evidence& evidence, bool since_4_97) {
    std::vector<ReceiverCase> cases;
    for (const PtrName& name : evidence.names) {
        const NameCase found =
            stub_takes(name.name) ? exim_case(name, evidence.address, since_4_97)
                                  : NameCase{NameEnd::failed, "is skipped, and the host's resolver library refuses it"};
        append_cases(cases, name, found, exim_responses());
    }
    return cases;
}

}  // namespace

std::vector<ReceiverCase> exim_cases(const Evidence& evidence, bool since_4_97) {
    const Responses responses = exim_responses();
    const StubResult ptr = stub_result(evidence.ptr);
    if (ptr == StubResult::absent) return one_case(responses.elsewhere, ptr_cause(evidence.ptr));
    if (ptr != StubResult::found) return one_case(responses.failed, ptr_cause(evidence.ptr));

    std::vector<ReceiverCase> confirmed, elsewhere, open;
    for (const PtrName& name : evidence.names) {
        if (name.name.is_root() || (since_4_97 && !plain_name(name.name))) continue;
        NameCase found = exim_case(name, evidence.address, since_4_97);
        if (found.end == NameEnd::failed) {
            return one_case(responses.failed,
                            name.name.to_text() + ' ' + found.words + ", and one such name is enough");
        }
        std::vector<ReceiverCase>& kind = found.end == NameEnd::leads_back ? confirmed
                                          : found.end == NameEnd::open     ? open
                                                                           : elsewhere;
        append_cases(kind, name, std::move(found), responses);
    }
    if (!confirmed.empty()) return {confirmed.front()};
    // That one of the names not asked fails for the moment is left out: no name at all is safe from that.
    if (!open.empty()) return open;
    return elsewhere.empty() ? by_host_library(evidence, since_4_97) : elsewhere;
}

}  // namespace fcrdns
