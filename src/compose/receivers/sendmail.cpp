// SPDX-License-Identifier: MIT
// Sendmail 8.17.1.9: sendmail/daemon.c (hostnamebyanyaddr, getauthinfo), sendmail/conf.c,
// cf/m4/proto.m4, cf/feature/require_rdns.m4. One PTR name is seen, the first; what does not
// lead back, for whatever reason, may be forged, and that is a temporary refusal.
#include <fmt/format.h>

#include <utility>

#include "compose/receivers/glibc_stub.hpp"
#include "compose/receivers/rows.hpp"

namespace fcrdns {
namespace {

// anynet_ntoa(): an IPv6 address is tagged, and its eight groups are all written.
std::string client_address(const IpAddress& address) {
    if (address.is_ipv4()) return address.to_text();
    std::string text = "IPv6";
    const auto bytes = address.bytes();
    for (std::size_t i = 0; i < bytes.size(); i += 2) text += fmt::format(":{:x}", bytes[i] * 256 + bytes[i + 1]);
    return text;
}

Response no_name(const std::string& address) {
    return {ReceiverOutcome::reject, "550 5.7.1 Fix reverse DNS for " + address};
}

// gethostbyname() reads a name of digits and dots as an address and never asks for it.
NameCase forged_case(const PtrName& name, const IpAddress& address) {
    if (name.name.is_root()) return refused_name("is an empty name");
    if (all_numeric(raw_text(name.name))) return refused_name("is all digits");
    NameCase found = forward_case(name, address);
    if (found.end == NameEnd::failed) found.end = NameEnd::leads_elsewhere;
    return found;
}

}  // namespace

std::vector<ReceiverCase> sendmail_cases(const Evidence& evidence) {
    const std::string address = client_address(evidence.address);
    const Response forged = {ReceiverOutcome::tempfail, "451 4.1.8 Possibly forged hostname for " + address};
    const StubResult ptr = stub_result(evidence.ptr);
    if (ptr == StubResult::temporary) {
        return one_case({ReceiverOutcome::tempfail, "451 4.1.8 Client IP address " + address + " does not resolve"},
                        ptr_cause(evidence.ptr));
    }
    if (ptr != StubResult::found) return one_case(no_name(address), ptr_cause(evidence.ptr));
    std::vector<ReceiverCase> cases;
    for (const PtrName& name : evidence.names) {
        if (!stub_takes(name.name) || number_address(raw_text(name.name))) {
            append_cases(cases, name, refused_name("is no host name to it"), {no_name(address), forged});
        } else {
            append_cases(cases, name, forged_case(name, evidence.address), {forged, forged});
        }
    }
    return cases;
}

}  // namespace fcrdns
