// SPDX-License-Identifier: MIT
// judge: from evidence to a verdict. Opinion, no text, no I/O.
// Precedence: one confirmed name makes a pass whatever else happened; a lookup
// that could still confirm makes a temperror; everything else is a definite fail.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "fcrdns/evidence.hpp"
#include "fcrdns/generic_name.hpp"
#include "fcrdns/helo.hpp"

namespace fcrdns {

enum class VerdictKind : std::uint8_t { pass, fail, temperror, invalid };

enum class Reason : std::uint8_t {
    forward_confirmed,
    ptr_lookup_failed,
    forward_lookup_failed,
    no_ptr,
    ptr_not_a_hostname,
    too_many_ptr,
    forward_mismatch,
    forward_nodata,
    forward_nxdomain,
    no_address,
    address_lookup_failed,
    invalid_input,
};

/// What became of one PTR name.
enum class NameReason : std::uint8_t {
    confirmed,
    forward_mismatch,
    forward_nodata,
    forward_nxdomain,
    forward_lookup_failed,
    not_a_hostname,
    not_asked,
};

enum class Severity : std::uint8_t { warning, info };

enum class FindingCode : std::uint8_t {
    generic_name,
    unconfirmed_ptr,
    single_label_name,
    unknown_tld,
    ptr_target_not_absolute,
    local_answer,
    private_forward_address,
    resolver_differs,
    helo_mismatch,
    helo_not_resolving,
    servers_disagree,
    other_family_only,
    own_zone_answer,
    synthesised_address,
    mail_domain,
    multiple_ptr,
    ptr_alias,
    forward_alias,
    underscore_in_name,
    special_use_address,
    ipv4_mapped,
    input_name_not_in_ptr,
};

/// A finding and the PTR names it speaks of, as indices into Evidence::names; none where it is of the whole.
struct Finding {
    FindingCode code;
    Severity severity;
    std::vector<std::size_t> names;

    friend bool operator==(const Finding&, const Finding&) = default;
};

/// The opinion on Evidence::names[i] stands at Verdict::names[i].
struct NameVerdict {
    NameReason reason = NameReason::not_asked;
    GenericJudgement generic;
};

struct Verdict {
    VerdictKind kind = VerdictKind::invalid;
    Reason reason = Reason::invalid_input;
    std::vector<NameVerdict> names;
    std::vector<Finding> findings;   ///< warnings first, in the order of FindingCode
    std::optional<HeloResult> helo;  ///< how the name said in EHLO fits, where one was given
};

/// What is known of the input besides its address.
struct Origin {
    bool ipv4_mapped = false;          ///< the input was ::ffff:a.b.c.d
    std::optional<DnsName> host_name;  ///< the host name given as target, or a host of the mail domain given
    bool address_disputed = false;     ///< the servers of the host name's zone do not all give the same addresses
    std::optional<Helo> helo;          ///< the name its server says in EHLO
    /// AAAA records of the host name given that the resolver made of its A records (RFC 6147): not checked.
    std::vector<IpAddress> synthesised;
    /// The MX answer of the mail domain given, or of the host name given where its PTR records do not name it; null
    /// where it was not asked. Shared, since lists keep many origins and few of them have one.
    std::shared_ptr<const Answer> mx;
    bool is_mail_host = false;  ///< `host_name` is a host that takes the mail of the domain asked about in `mx`
    bool is_own = false;        ///< it is an address that this machine sends from
};

/// The verdict on the evidence (RFC 8601 2.7.3 and 3), with its findings.
Verdict judge(const Evidence& evidence, const Origin& origin);

/// Warning or information: what findings of this code are, but for those that say otherwise.
Severity usual_severity(FindingCode code);
/// True when the answer says nothing of the DNS, because this machine or its resolver could not or would not ask:
/// nothing follows from it for others.
bool is_own_failure(const Answer& answer);
/// True when nothing is known of what receivers see: the verdict rests on a failure of this machine's own, or on an
/// inside view of the names, such as a hosts file.
bool is_own_view(const Evidence& evidence, const Verdict& verdict);
/// True when a finding of the verdict is a warning.
bool has_warning(const Verdict& verdict);
/// True when the name is, or was at its end, `.in-addr.arpa` or `.ip6.arpa`: the zone file lacks a dot.
bool looks_relative(const DnsName& name);

/// "pass", "fail", "temperror", "invalid".
std::string_view to_word(VerdictKind kind);
/// "forward_confirmed", "no_ptr", …
std::string_view to_word(Reason reason);
/// "confirmed", "forward_mismatch", …
std::string_view to_word(NameReason reason);
/// "generic_name", …
std::string_view to_word(FindingCode code);
/// "warning" or "info".
std::string_view to_word(Severity severity);
/// The RFC 8601 2.7.3 result of `iprev`; empty for invalid input.
std::string_view iprev(const Verdict& verdict);

}  // namespace fcrdns
