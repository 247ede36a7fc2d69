// SPDX-License-Identifier: MIT
// Haraka 3.1.6 with haraka-plugin-fcrdns 1.2.1 (index.js), haraka-net-utils 1.9.3, haraka-tld, on
// Node's c-ares. Every PTR name is followed, and an A record in the client's own /24 is enough.
// c-ares reports every failure of the PTR lookup as "not found", and the plugin skips
// failures of the forward lookup: nothing is ever temporary. The plugin does not look at private
// and documentation addresses; they are judged here as the public ones they stand for.
#include <fmt/format.h>
#include <libpsl.h>

#include <algorithm>

#include "compose/receivers/glibc_stub.hpp"
#include "compose/receivers/rows.hpp"

namespace fcrdns {
namespace {

Response refuse(std::string text) {
    return {ReceiverOutcome::reject, "554 " + std::move(text)};
}

// haraka-tld, get_organizational_domain(): a name strictly below a public suffix, private
// ones included and without the rule that every unknown last label is one.
bool has_organizational_domain(const DnsName& name) {
    const psl_ctx_t* list = psl_builtin();
    const auto is_suffix = [&](const DnsName& n) {
        return psl_is_public_suffix2(list, n.lowered().to_text().c_str(), PSL_TYPE_ANY | PSL_TYPE_NO_STAR_RULE) != 0;
    };
    if (list == nullptr || is_suffix(name)) return false;
    for (DnsName above = name.parent(); !above.is_root(); above = above.parent()) {
        if (is_suffix(above)) return true;
    }
    return false;
}

// What Node's c-ares hands on; a dot inside a label comes escaped and is followed.
bool cares_takes(const DnsName& name) {
    const auto labels = name.split();
    return std::all_of(labels.begin(), labels.end(), [](std::string_view label) {
        return std::all_of(label.begin(), label.end(), [](char c) {
            return is_letter(c) || is_digit(c) || std::string_view("._-/*").find(c) != std::string_view::npos;
        });
    });
}

bool in_same_slash_24(const PtrName& name, const IpAddress& address) {
    if (!address.is_ipv4() || !name.forward || name.forward->outcome != Outcome::records) return false;
    const auto& found = name.forward->addresses;
    return std::any_of(found.begin(), found.end(), [&](const AddressRecord& r) { return r.ip.in_prefix(address, 24); });
}

NameCase haraka_case(const PtrName& name, const IpAddress& address) {
    if (!has_organizational_domain(name.name)) return refused_name("is under no public suffix");
    if (!cares_takes(name.name)) return refused_name("is no host name to it");
    NameCase found = forward_case(name, address);
    if (found.end == NameEnd::failed) found.end = NameEnd::leads_elsewhere;
    if (found.end == NameEnd::leads_elsewhere && in_same_slash_24(name, address)) {
        return {NameEnd::leads_back, found.words + ", in the same /24"};
    }
    return found;
}

}  // namespace

std::vector<ReceiverCase> haraka_cases(const Evidence& evidence) {
    if (evidence.ptr.outcome != Outcome::records) {
        std::string cause = ptr_cause(evidence.ptr);
        if (!is_definite(evidence.ptr.outcome)) cause += ", which it takes for a missing record";
        return one_case(refuse(fmt::format("client [{}] rejected; no rDNS", evidence.address.to_text())), cause);
    }
    const Response no_match = refuse("Sorry, no FCrDNS match found");
    std::vector<ReceiverCase> confirmed, elsewhere, open;
    for (const PtrName& name : evidence.names) {
        NameCase found = haraka_case(name, evidence.address);
        std::vector<ReceiverCase>& kind = found.end == NameEnd::leads_back ? confirmed
                                          : found.end == NameEnd::open     ? open
                                                                           : elsewhere;
        append_cases(kind, name, std::move(found), {no_match, no_match});
    }
    if (!confirmed.empty()) return {confirmed.front()};
    return open.empty() ? elsewhere : open;
}

}  // namespace fcrdns
