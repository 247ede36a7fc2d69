// SPDX-License-Identifier: MIT
// compose: from input, evidence and verdict to a Report, the one value every
// renderer gets. It adds the words: the SMTP reply a strict receiver gives, a
// sentence per finding, and the records that would fix it. Pure.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fcrdns/evidence.hpp"
#include "fcrdns/receivers.hpp"
#include "fcrdns/verdict.hpp"

namespace fcrdns {

/// What was asked about, as it was written.
struct Subject {
    std::string input;                 ///< raw octets of the operand or line, cut short when very long
    std::optional<std::size_t> line;   ///< in a list, counted from 1
    std::optional<Family> family;
    std::optional<DnsName> host_name;  ///< the host name given as target
    bool ipv4_mapped = false;          ///< the input was ::ffff:a.b.c.d
};

/// A reply line of a receiver, such as 550 5.7.25 Client host rejected: ….
struct SmtpReply {
    int code = 0;
    std::string_view enhanced;
    std::string text;

    std::string line() const;
};

/// One record to publish or remove; entries of the same step are alternatives.
struct FixEntry {
    unsigned step = 1;
    std::string_view who;     ///< "forward_zone" or "reverse_zone"
    std::string_view action;  ///< "add", "replace" or "remove"
    DnsName owner;
    std::string_view type;    ///< "A", "AAAA" or "PTR"
    std::string data;         ///< as in a zone file
    std::string record() const;
};

struct FindingText {
    FindingCode code;
    std::string detail;  ///< one sentence
};

struct Report {
    Subject subject;
    std::optional<Evidence> evidence;          ///< none where no address was checked
    std::vector<Answer> address_lookups;       ///< of a host name given as target, where one of them failed or was empty
    Verdict verdict;
    std::string message;                       ///< the one-line cause
    std::vector<FindingText> findings;
    std::optional<SmtpReply> smtp;             ///< of a strict receiver; none for a pass
    std::vector<FixEntry> fix;
    std::optional<std::vector<ReceiverPrediction>> receivers;
};

/// What the user asked to be told besides the verdict.
struct ComposeOptions {
    bool receivers = false;
    std::optional<DnsName> helo;
};

/// The report on an address that was checked.
Report compose(Subject subject, Evidence evidence, Verdict verdict, const ComposeOptions& options);
/// The report on a host name, or one family of it, that gave no address: `fail` with `no_address`
/// where both lookups were definite, else `temperror` with `address_lookup_failed`.
Report compose_without_address(Subject subject, std::vector<Answer> lookups);
/// The report on input that is no target; `why` is the sentence that standard error gets.
Report compose_invalid(Subject subject, std::string why);

/// "PASS", "WARN", "FAIL", "TEMP"; empty for invalid input.
std::string_view status_word(const Report& report);

}  // namespace fcrdns
