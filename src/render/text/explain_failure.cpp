// SPDX-License-Identifier: MIT
// A failed lookup in words: who could not find out, whether that says anything about the zone,
// and whom to ask instead.
#include <fmt/format.h>

#include "compose/wording.hpp"
#include "dns/families.hpp"
#include "fcrdns/special_use.hpp"
#include "render/text/explain.hpp"
#include "text/paragraphs.hpp"
#include "text/phrases.hpp"
#include "text/printable.hpp"

namespace fcrdns {
namespace {

struct Failure {
    const Report& report;
    const Answer& answer;
    std::string from;    // where the server was named, in brackets
    std::string server;  // the one that failed, and that
    bool deadline = false;
    bool unfound = false;  // the zones' own servers were not found
};

Failure failure_of(const Report& report, const Answer& answer, const TextOptions& options) {
    const std::string from = options.servers_from.empty() ? "" : fmt::format(" (from {})", options.servers_from);
    const std::string server = server_as_subject(answer.server) + from;
    const bool deadline = report.evidence && report.evidence->deadline_reached;
    return {report, answer, from, server, deadline, answer.source && answer.source->unfound};
}

// What no server that could be asked instead would change.
bool fails_here(const Answer& answer) {
    return answer.no_route || answer.outcome == Outcome::not_sent;
}

std::string what_is_unfound(const Failure& failure) {
    const auto& [name, type] = *failure.answer.source->unfound;
    if (type == RecordType::ns) {
        return fmt::format("{} has no NS record of {}, so it is not known which servers to ask.", failure.server,
                           name.to_text());
    }
    return fmt::format(
        "{} has no SOA record of {} or of any name above it, so it is not known which servers to ask: it "
        "hides these records or does not see the public DNS.",
        failure.server, name.to_text());
}

// A name of one label is asked only inside a network: some resolvers refuse to look it up in the DNS.
bool is_single_label(const Answer& answer) {
    return answer.question.type != RecordType::ptr && answer.question.name.label_count() == 1;
}

// It answers, so that it is alive; every resolver that sees the public DNS has the record.
std::string isolated_text(const Failure& failure, std::string_view what) {
    return fmt::format(
        "{} {}, and has no answer for the root of the DNS either: it does not see the public DNS, or does not serve "
        "this "
        "machine.",
        failure.server, what);
}

// No other resolver and no operator can help.
std::string not_sent_text(const Answer& answer, std::string_view server) {
    return fmt::format("The question could not be sent to {}: {}. Neither the resolver nor the zone is at fault.",
                       server, printable(answer.detail));
}

std::string what_failed(const Failure& failure) {
    const Answer& answer = failure.answer;
    const std::string text = failure_text(answer);
    const std::string& server = failure.server;
    if (!unfound_text(answer).empty()) return what_is_unfound(failure);
    if (answer.no_route && !answer.server->zone.empty()) {
        return fmt::format("This machine cannot reach {} ({}): it has no interface {}, or no IPv6 there.", server,
                           answer.detail, answer.server->zone);
    }
    if (answer.no_route) {
        return fmt::format(
            "This machine cannot reach {}, nor anything else over {} ({}): it has no network, or none of that "
            "family.",
            server, family_text(answer.server->ip), answer.detail);
    }
    if (answer.outcome == Outcome::not_sent) return not_sent_text(answer, server_words(answer.server) + failure.from);
    // Over UDP it did: what it said was cut short, and the rest cannot be had.
    if (answer.detail.starts_with("answered")) return fmt::format("{} {}.", server, answer.detail);
    switch (answer.outcome) {
        case Outcome::filtered:
            return fmt::format(
                "{} gives its own answer to this question: {}. That is what this resolver wants, not what the DNS has.",
                server, text);
        case Outcome::referral: return fmt::format("{} does not answer this machine: {}.", server, text);
        case Outcome::refused:
            if (answer.server_talks) return isolated_text(failure, "refuses this question (" + text + ")");
            if (answer.server_works != true || is_own_failure(answer)) {
                return fmt::format("{} does not answer this machine: {}.", server, text);
            }
            return fmt::format("{} answers this machine, but not this question: {}.", server, text);
        case Outcome::timeout:
            if (answer.server_works != false) break;
            if (answer.server_talks) return isolated_text(failure, "is silent");
            return fmt::format("{} is silent, for the root of the DNS too: it is dead, or a firewall is in between.",
                               server);
        case Outcome::unreachable:
            return fmt::format("Nothing answers at {}{}: {}.",
                               answer.server ? answer.server->to_text() : "the resolver", failure.from, text);
        default:
            if (!failure.unfound && is_own_failure(answer))
                return fmt::format("{} does not answer this machine: {}.", server, text);
            break;
    }
    return fmt::format("{} could not find out: {}.", server, text);
}

// Where a resolver can be blamed, its refusal or silence says nothing about the zone. Nor does a name without any
// zone above it: the public DNS has none.
bool blames_zone(const Failure& failure) {
    const Answer& answer = failure.answer;
    // Of an address that nobody outside sees, no mail server outside asks.
    if (failure.report.evidence && has_local_scope(failure.report.evidence->address)) return false;
    if (failure.deadline || is_own_failure(answer) || is_single_label(answer)) return false;
    if (answer.outcome == Outcome::refused && answer.server_works != true) return false;
    return unfound_text(answer).empty() || answer.source->unfound->type == RecordType::ns;
}

const FailedAlias* alias_at_fault(const Failure& failure) {
    if (!failure.report.evidence || !failure.report.evidence->failed_alias) return nullptr;
    const FailedAlias& alias = *failure.report.evidence->failed_alias;
    return alias.owner == failure.answer.question.name ? &alias : nullptr;
}

std::string zone_behind(const FailedAlias& alias) {
    return alias.zone ? "the zone " + alias.zone->to_text() : "the zone of " + alias.target.to_text();
}

std::string zone_at_fault(const Failure& failure) {
    const FailedAlias* alias = alias_at_fault(failure);
    if (alias == nullptr) return fmt::format("the zone of {}", failure.answer.final_name().to_text());
    std::vector<std::string> servers;
    for (const DnsName& server : alias->servers) servers.push_back(server.to_text());
    if (servers.empty()) return zone_behind(*alias);
    return fmt::format("{} ({} {})", zone_behind(*alias), servers.size() == 1 ? "server" : "servers",
                       join_some(servers));
}

std::string alias_text(const FailedAlias& alias) {
    return fmt::format("{} is an alias for {}{}, so it is {} that cannot be asked.", alias.owner.to_text(),
                       alias.target.to_text(), alias.zone ? " (RFC 2317)" : "", zone_behind(alias));
}

void append_other_resolver(std::string& out, const Failure& failure) {
    const Report& report = failure.report;
    const std::string target =
        report.evidence ? report.evidence->address.to_text() : report.subject.origin.host_name->to_text();
    const bool of_mail_domain = failure.answer.question.type == RecordType::mx;
    append_line(out,
                fmt::format("fcrdns-check {}{}@ADDRESS {}", failure.answer.source ? "--direct " : "",
                            of_mail_domain ? "--mx " : "", target),
                4);
}

void append_blame(std::string& out, const Failure& failure) {
    const bool other_names = failure.report.verdict.kind == VerdictKind::pass;
    append_paragraph(out,
                     fmt::format("If that fails too, {} is broken: tell its operator{}. If it works there, this "
                                 "resolver is at fault, and a mail server that uses it refuses everybody.",
                                 zone_at_fault(failure), other_names ? ", or have its PTR record removed" : ""),
                     2);
}

bool asked_own_servers(const Failure& failure) {
    const auto& source = failure.answer.source;
    return source && !source->servers.empty() && !failure.unfound && !failure.deadline;
}

std::string own_servers_text(const Failure& failure) {
    const Answer& answer = failure.answer;
    if (answer.outcome == Outcome::not_sent) return not_sent_text(answer, server_words(answer.server));
    const SourceView& source = *answer.source;
    const std::string zone = source.servers.back().zone.to_text();
    if (answer.no_route) {
        return fmt::format(
            "This machine cannot reach {} ({}), and the servers of {} have no other address: ask from one that can, or "
            "without --direct.",
            family_text(answer.server->ip), answer.detail, zone);
    }
    if (source.own_zone) {
        return fmt::format(
            "{} has the zone {} itself, and none of the servers that it names gives an answer; others may find other "
            "ones. Ask another resolver for them:",
            server_as_subject(source.resolver.server), zone);
    }
    return fmt::format("None of the servers of {} gives an answer: tell its operator.", zone);
}

void append_own_servers(std::string& out, const Failure& failure) {
    append_paragraph(out, own_servers_text(failure), 2);
    if (!fails_here(failure.answer) && failure.answer.source->own_zone) append_other_resolver(out, failure);
}

std::string single_label_text(const Failure& failure) {
    return fmt::format(
        "{} is a name without a domain, and {} does not look such names up ({}). No receiver finds it either: the PTR "
        "record must name a host of the public DNS.",
        failure.answer.question.name.to_text(), failure.server, failure_text(failure.answer));
}

}  // namespace

std::string unfindable_text(const Report& report, const TextOptions& options) {
    const Answer* answer = failed_lookup(report);
    if (answer != nullptr && is_single_label(*answer)) return single_label_text(failure_of(report, *answer, options));
    return "Whatever that lookup says, no receiver can find a name of this kind.";
}

void append_failure(std::string& out, const Report& report, const TextOptions& options) {
    const Answer* answer = failed_lookup(report);
    if (answer == nullptr) return;
    const Failure failure = failure_of(report, *answer, options);
    append_line(out, "What to do", 2);
    if (asked_own_servers(failure)) return append_own_servers(out, failure);
    if (is_single_label(*answer) && !failure.deadline) {
        append_paragraph(out, single_label_text(failure), 2);
        return;
    }
    const bool nothing_sent = fails_here(*answer) && !failure.deadline;
    std::string text =
        failure.deadline ? "The deadline came before the answer. Allow more time (--deadline), or ask another resolver:"
                         : what_failed(failure);
    const FailedAlias* alias = alias_at_fault(failure);
    if (!failure.deadline && !nothing_sent && alias != nullptr) text += ' ' + alias_text(*alias);
    if (!failure.deadline && !nothing_sent) text += " Ask another resolver:";
    append_paragraph(out, text, 2);
    if (nothing_sent) return;
    append_other_resolver(out, failure);
    if (blames_zone(failure)) append_blame(out, failure);
    if (failure.unfound)
        append_paragraph(out, "Without --direct you are told what the resolver says of the record itself.", 2);
}

}  // namespace fcrdns
