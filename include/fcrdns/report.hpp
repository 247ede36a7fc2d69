// SPDX-License-Identifier: MIT
// compose: from input, evidence and verdict to a Report, the one value every
// renderer gets. It adds the words: the SMTP reply a strict receiver gives, a
// sentence per finding, and the records that would fix it. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "fcrdns/evidence.hpp"
#include "fcrdns/receivers.hpp"
#include "fcrdns/verdict.hpp"

namespace fcrdns {

/// Where a bounce, a log or a message names the address that was taken from it.
struct TakenFrom {
    std::optional<std::string> file;  ///< as it was named, "-" for standard input; none for an operand
    std::size_t line = 0;             ///< of the text or the list, counted from 1
    std::string words;                ///< printable: the words around the address
    std::string other_cause;          ///< what the text gives as the reason, where that is not reverse DNS
    bool refused_here = false;        ///< the line is a mail server's own log of a client that it refused
};

/// What was asked about, as it was written.
struct Subject {
    std::string input;                ///< raw octets of the operand or line, cut short when very long
    std::optional<std::size_t> line;  ///< in a list, counted from 1
    std::optional<TakenFrom> taken_from;
    std::optional<Family> family;
    std::optional<unsigned> block_length;  ///< of the prefix of the block that the address was given in
    Origin origin;
};

/// A reply line of a receiver, such as 550 5.7.25 Client host rejected: ….
struct SmtpReply {
    int code = 0;
    std::string_view enhanced;
    std::string text;

    /// The whole reply line.
    std::string line() const;
};

/// In whose zone a record of a fix stands.
enum class FixWho : std::uint8_t { forward_zone, reverse_zone };

enum class FixAction : std::uint8_t { add, replace, remove };

/// One record to publish or remove. The options of a fix are alternatives, of which each is complete in
/// itself: all entries of one option, step by step, make the address pass.
struct FixEntry {
    unsigned option = 1;
    unsigned step = 1;
    FixWho who = FixWho::forward_zone;
    FixAction action = FixAction::add;
    DnsName owner;
    RecordType type = RecordType::a;
    std::string data;                   ///< as in a zone file
    std::vector<std::string> replaces;  ///< the records that go, as record() writes them; only of `replace`

    /// The record as it stands in a zone file, unaligned.
    std::string record() const;
};

struct FindingText {
    FindingCode code;
    Severity severity;
    std::string detail;  ///< one sentence
};

struct Report {
    Subject subject;
    std::optional<Evidence> evidence;     ///< none where no address was checked
    std::vector<Answer> address_lookups;  ///< of a host name given as target, where one of them failed or was empty
    Verdict verdict;
    std::string message;  ///< the cause, part of a sentence
    std::vector<FindingText> findings;
    std::optional<SmtpReply> smtp;  ///< of a strict receiver; none for a pass, or where it is not to be told
    /// Who to ask; none where unknown or where no receiver sees the address.
    std::shared_ptr<const Soa> reverse_zone;
    std::vector<FixEntry> fix;  ///< empty for a clean pass and where the DNS could not be asked
    /// Of an IPv6 address: whether the host's IPv4 addresses all pass; none where not known, or there are none.
    std::optional<bool> ipv4_passes;
    /// Another address of the host name given, of the same family, whose reverse DNS is right; none where not known.
    std::optional<IpAddress> right_address;
    std::optional<std::vector<ReceiverPrediction>> receivers;
};

/// What the user asked to be told besides the verdict.
struct ComposeOptions {
    bool receivers = false;
    bool advice = true;  ///< Report::findings, smtp and fix too, which a list as text does not show
};

/// The report on an address that was checked.
Report compose(Subject subject, Evidence evidence, Verdict verdict, const ComposeOptions& options);
/// The same in place: adds all that follows from them to a report that has subject, evidence and verdict.
void compose(Report& report, const ComposeOptions& options);
/// The report on a host name, or one family of it, that gave no address, or on a mail domain that gave no host: `fail`
/// with `no_address` where every lookup was definite, else `temperror` with `address_lookup_failed`.
Report compose_without_address(Subject subject, std::vector<Answer> lookups);
/// The report on input that is no target; `why` is the sentence that standard error gets.
Report compose_invalid(Subject subject, std::string why);

/// True for a pass without warnings: there is nothing to explain.
bool is_clean_pass(const Verdict& verdict);
/// What a report is about: the address, else the host name, else the input.
std::string subject_text(const Report& report);
/// "192.0.2.25 [mail.example.com]" where the address was found by a name or on this machine, else as subject_text().
std::string subject_with_host(const Report& report);
/// The first lookup that had no definite answer and could have confirmed; null where all had one.
const Answer* failed_lookup(const Report& report);
/// "PASS", "WARN", "FAIL", "TEMP", "INVALID".
std::string_view status_word(const Verdict& verdict);
/// The reply with which a receiver that refuses generic names could answer (RFC 7372 section 3.3).
SmtpReply generic_name_reply();
/// The reply of a receiver that requires forward-confirmed reverse DNS and does not find it.
SmtpReply refusal_reply(const IpAddress& address, bool temporary);
/// True when the zone is a registry's or a whole /8: the address block has no reverse zone of its own.
bool is_registry_zone(const Soa& zone);
/// RNAME as an e-mail address (RFC 1035 8, escaped dots honoured); empty for the root.
std::string contact_address(const DnsName& rname);
/// "forward_zone" or "reverse_zone".
std::string_view to_word(FixWho who);
/// "add", "replace" or "remove".
std::string_view to_word(FixAction action);
/// How long the resolver keeps the absence of the record asked for, in seconds; none where it did not say.
std::optional<std::uint32_t> absence_left(const Answer& answer);
/// How long this resolver keeps the absence, in seconds (RFC 2308 5); none where the answer did not say.
std::optional<std::uint32_t> negative_ttl_left(const Evidence& evidence);

}  // namespace fcrdns
