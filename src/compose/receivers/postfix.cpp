// SPDX-License-Identifier: MIT
// Postfix 3.7.11 and 3.12-20260821: src/smtpd/smtpd_peer.c (how the client gets its name),
// src/smtpd/smtpd_check.c (reject_unknown_client, reject_unknown_reverse_name),
// src/util/valid_hostname.c, src/util/myaddrinfo.c. One PTR name is seen: the first.
#include <algorithm>

#include "compose/receivers/glibc_stub.hpp"
#include "compose/receivers/rows.hpp"
#include "compose/smtp_reply.hpp"

namespace fcrdns {
namespace {

// A temporary failure is always 450.
Response response(const Evidence& evidence, int code, UnknownName unknown) {
    const ReceiverOutcome outcome = code >= 500 ? ReceiverOutcome::reject : ReceiverOutcome::tempfail;
    return {outcome, postfix_reply(evidence.address, code, unknown).line()};
}

// valid_hostname.c; what glibc lets through leaves only the hyphens and the digits to check.
bool valid_hostname(const DnsName& name) {
    if (name.is_root() || all_numeric(raw_text(name))) return false;
    const auto labels = name.split();
    return std::none_of(labels.begin(), labels.end(),
                        [](std::string_view label) { return label.front() == '-' || label.back() == '-'; });
}

bool has_reverse_name(const DnsName& name) {
    return stub_takes(name) && valid_hostname(name);
}

// myaddrinfo.h: temporary is EAI_AGAIN, EAI_MEMORY and EAI_SYSTEM, nothing else.
NameCase client_name_case(const PtrName& name, const IpAddress& address) {
    if (!has_reverse_name(name.name)) return refused_name("is no host name to it");
    if (const auto literal = number_address(raw_text(name.name))) {
        return *literal == address ? NameCase{NameEnd::leads_back, "is read as the address itself"}
                                   : refused_name("is read as another address");
    }
    NameCase found = forward_case(name, address);
    if (found.end == NameEnd::failed && stub_result(*name.forward) != StubResult::temporary) {
        found.end = NameEnd::leads_elsewhere;
    }
    return found;
}

}  // namespace

std::vector<ReceiverCase> postfix_cases(const Evidence& evidence, int permanent_code) {
    const auto refuse = [&](int code) { return response(evidence, code, UnknownName::hostname); };
    const Responses responses = {refuse(permanent_code), refuse(450)};
    const StubResult ptr = stub_result(evidence.ptr);
    if (ptr == StubResult::temporary) return one_case(responses.failed, ptr_cause(evidence.ptr));
    if (ptr != StubResult::found) return one_case(responses.elsewhere, ptr_cause(evidence.ptr));
    std::vector<ReceiverCase> cases;
    for (const PtrName& name : evidence.names) {
        append_cases(cases, name, client_name_case(name, evidence.address), responses);
    }
    return cases;
}

std::vector<ReceiverCase> postfix_reverse_cases(const Evidence& evidence) {
    // X.7.1, not X.7.25, and the words differ by one.
    const auto refuse = [&](int code) { return response(evidence, code, UnknownName::reverse_hostname); };
    const StubResult ptr = stub_result(evidence.ptr);
    if (ptr == StubResult::temporary) return one_case(refuse(450), ptr_cause(evidence.ptr));
    if (ptr != StubResult::found) return one_case(refuse(550), ptr_cause(evidence.ptr));
    std::vector<ReceiverCase> cases;
    for (const PtrName& name : evidence.names) {
        const bool usable = has_reverse_name(name.name);
        const NameCase found = usable ? NameCase{NameEnd::leads_back, "is a host name, and no more is asked"}
                                      : refused_name("is no host name to it");
        append_cases(cases, name, found, {refuse(550), refuse(450)});
    }
    return cases;
}

}  // namespace fcrdns
