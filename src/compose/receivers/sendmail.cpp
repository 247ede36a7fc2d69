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

Effect no_name(const std::string& address) {
    return {ReceiverOutcome::reject, "550 5.7.1 Fix reverse DNS for " + address};
}

// gethostbyname() reads a name of digits and dots as an address and never asks for it.
NameStep forged_step(const PtrName& name, const IpAddress& address) {
    if (name.name.is_root()) return refused_name("is an empty name");
    if (all_numeric(raw_text(name.name))) return refused_name("is all digits");
    NameStep step = forward_step(name, address);
    if (step.step == Step::failed) step.step = Step::leads_elsewhere;
    return step;
}

}  // namespace

std::vector<Fate> sendmail_fates(const Evidence& evidence) {
    const std::string address = client_address(evidence.address);
    const Effect forged = {ReceiverOutcome::tempfail, "451 4.1.8 Possibly forged hostname for " + address};
    const StubResult ptr = stub_result(evidence.ptr);
    if (ptr == StubResult::temporary) {
        return one_fate({ReceiverOutcome::tempfail, "451 4.1.8 Client IP address " + address + " does not resolve"},
                        ptr_cause(evidence.ptr));
    }
    if (ptr != StubResult::found) return one_fate(no_name(address), ptr_cause(evidence.ptr));
    std::vector<Fate> fates;
    for (const PtrName& name : evidence.names) {
        if (!stub_takes(name.name) || number_address(raw_text(name.name))) {
            append_fates(fates, name, refused_name("is no host name to it"), {no_name(address), forged});
        } else {
            append_fates(fates, name, forged_step(name, evidence.address), {forged, forged});
        }
    }
    return fates;
}

}  // namespace fcrdns
