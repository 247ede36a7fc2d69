// SPDX-License-Identifier: MIT
#include "compose/finding_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "compose/fix.hpp"
#include "compose/mail_domain.hpp"
#include "compose/wording.hpp"
#include "fcrdns/special_use.hpp"
#include "judge/findings.hpp"
#include "text/phrases.hpp"
#include "text/printable.hpp"

namespace fcrdns {
namespace {

std::string names_of(const Evidence& evidence, const Finding& finding) {
    std::vector<std::string> names;
    for (const std::size_t i : finding.names) names.push_back(evidence.names[i].name.to_text());
    return join_some(names);
}

bool is_own_view_of_all(const Evidence& evidence, const Finding& finding) {
    return std::all_of(finding.names.begin(), finding.names.end(),
                       [&](std::size_t i) { return is_own_view(evidence, evidence.names[i]); });
}

std::string_view plural(const Finding& finding, std::string_view one, std::string_view many) {
    return finding.names.size() == 1 ? one : many;
}

std::string generic_text(const Evidence& evidence, const Verdict& verdict, const Finding& finding) {
    std::string text =
        fmt::format("{} {} assigned by the provider", names_of(evidence, finding), plural(finding, "looks", "look"));
    if (finding.names.size() != 1) return text + '.';
    std::vector<std::string> clues;
    for (const GenericEvidence& clue : verdict.names[finding.names.front()].generic.evidence) {
        clues.push_back(fmt::format("\"{}\" {}", printable(clue.text), clue.rule->words));
    }
    return fmt::format("{}: {}.", text, join_some(clues));
}

std::string local_answer_text(const Evidence& evidence) {
    const std::string server = evidence.ptr.server ? evidence.ptr.server->ip.to_text() : "The resolver";
    return fmt::format(
        "{} answered from its own data (often /etc/hosts), not from the public DNS. "
        "Ask another resolver: fcrdns-check @ADDRESS {}",
        server, evidence.address.to_text());
}

std::string inside_text(const Evidence& evidence, const Finding& finding) {
    const PtrName& name = evidence.names[finding.names.front()];
    return fmt::format(
        "{} shows {} at {}, which nobody outside sees: an inside view of the DNS, or a filter. Ask another resolver: "
        "fcrdns-check @ADDRESS {} (if that says the same, the public DNS is wrong).",
        server_as_subject(name.forward->server), addresses_text(*name.forward), name.name.to_text(),
        evidence.address.to_text());
}

// What is withheld before what merely differs, and the PTR record first.
std::string resolver_differs_text(const Evidence& evidence) {
    std::string found;
    const auto look = [&](const Answer& answer) {
        if (!answer.source) return;
        if (found.empty() || answer.source->resolver_withholds()) found = difference_text(*answer.source);
    };
    for (auto name = evidence.names.rbegin(); name != evidence.names.rend(); ++name) {
        if (name->forward) look(*name->forward);
    }
    look(evidence.ptr);
    return found;
}

bool is_of_own_zone(const Answer& answer) {
    return answer.source ? answer.source->own_zone : answer.is_of_own_data();
}

std::string own_zone_text(const Evidence& evidence) {
    const Answer* answer = is_of_own_zone(evidence.ptr) ? &evidence.ptr : nullptr;
    for (const PtrName& name : evidence.names) {
        if (answer == nullptr && name.forward && is_of_own_zone(*name.forward)) answer = &*name.forward;
    }
    if (const auto& source = answer->source) {
        return fmt::format(
            "{} has the zone {} itself, and named the servers that were asked; others may find other ones.",
            server_as_subject(source->resolver.server), source->servers.back().zone.to_text());
    }
    return fmt::format("{} answered the {} question from a zone of its own; others may see another answer.",
                       server_as_subject(answer->server), to_word(answer->question.type));
}

std::string synthesised_text(const Evidence& evidence, const Origin& origin, const Finding& finding) {
    std::vector<std::string> addresses;
    for (const IpAddress& address : origin.synthesised) addresses.push_back(address.to_text());
    for (const std::size_t i : finding.names) {
        for (const AddressRecord& record : evidence.names[i].synthesised) addresses.push_back(record.ip.to_text());
    }
    return synthesised_sentence(addresses);
}

std::string forward_alias_text(const Evidence& evidence, const Finding& finding) {
    const PtrName& name = evidence.names[finding.names.front()];
    if (finding.names.size() != 1) {
        return fmt::format("{} are aliases; a PTR should name the host itself (RFC 2181 10.2).",
                           names_of(evidence, finding));
    }
    return fmt::format("{} is an alias for {}; a PTR should name the host itself (RFC 2181 10.2).", name.name.to_text(),
                       name.forward->final_name().to_text());
}

std::string other_family_text(const Evidence& evidence, const Finding& finding) {
    const bool ipv4 = evidence.address.is_ipv4();
    return fmt::format("{} {} only {} addresses; an {} client is confirmed only by {} record.",
                       names_of(evidence, finding), plural(finding, "has", "have"), ipv4 ? "IPv6" : "IPv4",
                       ipv4 ? "IPv4" : "IPv6", ipv4 ? "an A" : "an AAAA");
}

std::string special_use_text(const IpAddress& address) {
    const SpecialUse& use = *special_use(address);
    return joined({address.to_text(), " is in ", use.prefix, ", ", use.name, " (", use.source, ")."});
}

std::string not_in_ptr_text(const Evidence& evidence, const Origin& origin) {
    std::vector<std::string> names;
    for (const PtrName& name : evidence.names) names.push_back(name.name.to_text());
    return fmt::format("No PTR record of {} names {}; it names {}.", evidence.address.to_text(),
                       origin.host_name->to_text(), join_some(names));
}

std::string helo_not_resolving_text(const Evidence& evidence, const Helo& helo, const HeloResult& result) {
    if (const auto refused = helo_refusal(helo)) return fmt::format("{} {}.", refused->why, refused->reply);
    const std::string address = evidence.address.to_text();
    if (helo.form == HeloForm::address_literal) {
        return fmt::format("The HELO address literal {} is not {}.", result.name, address);
    }
    if (evidence.helo->outcome == Outcome::nxdomain) {
        // Some load balancers say so of every name's AAAA record.
        return fmt::format("The HELO name {} {}.", result.name,
                           evidence.address.is_ipv4() ? "does not exist in the DNS" : "has no AAAA record (NXDOMAIN)");
    }
    if (result.addresses.empty()) {
        return fmt::format("The HELO name {} has no {} record.", result.name, to_word(evidence.helo->question.type));
    }
    const std::string leads =
        fmt::format("The HELO name {} leads to {}, not to {}", result.name, addresses_text(*evidence.helo), address);
    if (!has_local_scope(evidence.address) && leads_only_inside(*evidence.helo)) {
        return fmt::format("{}: an inside view of the DNS, or a filter; ask another resolver.", leads);
    }
    return leads + '.';
}

std::string helo_mismatch_text(const Evidence& evidence, const HeloResult& helo, bool has_fix) {
    std::vector<std::string> names;
    for (const PtrName& name : evidence.names) names.push_back(name.name.to_text());
    // A PTR name that does not lead back, or is to be replaced, is not worth saying; what to say after a fix is
    // among its steps.
    const PtrName* kept = has_fix ? nullptr : kept_name(evidence);
    const std::string advice =
        kept == nullptr ? std::string() : fmt::format("; let the server say {}", kept->name.to_text());
    const std::string address = evidence.address.to_text();
    if (names.size() > 1) {
        return fmt::format("The HELO name {} is none of the PTR names of {}: {}{}.", helo.name, address,
                           join_some(names), advice);
    }
    return fmt::format("The HELO name {} is not the PTR name of {}, which is {}{}.", helo.name, address, names.front(),
                       advice);
}

std::string sentence(const Evidence& evidence, const Verdict& verdict, const Origin& origin, const Finding& finding,
                     bool has_fix) {
    const std::string names = names_of(evidence, finding);
    switch (finding.code) {
        case FindingCode::generic_name: return generic_text(evidence, verdict, finding);
        case FindingCode::unconfirmed_ptr:
            return fmt::format("{} {} not known to lead back to {}; {}.", names, plural(finding, "is", "are"),
                               evidence.address.to_text(),
                               is_own_view_of_all(evidence, finding)
                                   ? "this machine could not ask the public DNS"
                                   : "a receiver that looks at only one PTR name refuses some of the time");
        case FindingCode::single_label_name:
            return fmt::format("{} {} no domain; some receivers refuse a name of a single label.", names,
                               plural(finding, "has", "have"));
        case FindingCode::unknown_tld:
            return fmt::format("{} {} in a top-level domain that the public DNS does not have.", names,
                               plural(finding, "ends", "end"));
        case FindingCode::ptr_target_not_absolute:
            return fmt::format(
                "{} {} in the reverse zone: the final dot after the host name is missing in the zone "
                "file.",
                names, plural(finding, "ends", "end"));
        case FindingCode::local_answer: return local_answer_text(evidence);
        case FindingCode::servers_disagree:
            return "The zones' own servers do not all say the same, so receivers see the one or the other; if that "
                   "lasts, "
                   "tell the zone's operator.";
        case FindingCode::private_forward_address: return inside_text(evidence, finding);
        case FindingCode::resolver_differs: return resolver_differs_text(evidence);
        case FindingCode::own_zone_answer: return own_zone_text(evidence);
        case FindingCode::synthesised_address: return synthesised_text(evidence, origin, finding);
        case FindingCode::mail_domain: return mail_domain_sentence(*origin.mx);
        case FindingCode::helo_mismatch: return helo_mismatch_text(evidence, *verdict.helo, has_fix);
        case FindingCode::helo_not_resolving: return helo_not_resolving_text(evidence, *origin.helo, *verdict.helo);
        case FindingCode::other_family_only: return other_family_text(evidence, finding);
        case FindingCode::multiple_ptr:
            return fmt::format("{} PTR names are published; one is enough, and some receivers look at only one.",
                               ptr_count(evidence));
        case FindingCode::ptr_alias:
            return fmt::format("{} is an alias for {} (RFC 2317).", evidence.ptr.question.name.to_text(),
                               ptr_owner(evidence).to_text());
        case FindingCode::forward_alias: return forward_alias_text(evidence, finding);
        case FindingCode::underscore_in_name:
            return fmt::format("{} {} an underscore, which no host name should; receivers are known to tolerate it.",
                               names, plural(finding, "contains", "contain"));
        case FindingCode::special_use_address: return special_use_text(evidence.address);
        case FindingCode::ipv4_mapped:
            return fmt::format("The input is an IPv4-mapped IPv6 address; it is judged as {}.",
                               evidence.address.to_text());
        case FindingCode::input_name_not_in_ptr: return not_in_ptr_text(evidence, origin);
        default: return {};
    }
}

}  // namespace

std::vector<FindingText> finding_texts(const Evidence& evidence, const Verdict& verdict, const Origin& origin,
                                       bool has_fix) {
    std::vector<FindingText> texts;
    texts.reserve(verdict.findings.size());
    for (const Finding& finding : verdict.findings) {
        texts.push_back({finding.code, finding.severity, sentence(evidence, verdict, origin, finding, has_fix)});
    }
    return texts;
}

std::string synthesised_sentence(const std::vector<std::string>& addresses) {
    return fmt::format(
        "{} {} made by the resolver of the A record (DNS64, RFC 6147): no address of the host, so it is not checked.",
        join_some(addresses), addresses.size() == 1 ? "is" : "are");
}

// The replies are those of reject_invalid_helo_hostname and reject_non_fqdn_helo_hostname with
// Postfix's default codes (postconf(5), Postfix 3.7).
std::optional<HeloRefusal> helo_refusal(const Helo& helo) {
    const std::string name = quoted_input(helo.text);
    if (helo.form == HeloForm::invalid) {
        return HeloRefusal{"The HELO name is no host name; a strict receiver answers:",
                           fmt::format("501 5.5.2 <{}>: Helo command rejected: {}", name,
                                       helo.text.starts_with('[') ? "invalid ip address" : "Invalid name")};
    }
    if (helo.form == HeloForm::not_fqdn) {
        return HeloRefusal{"The HELO name is not fully qualified; a strict receiver answers:",
                           fmt::format("504 5.5.2 <{}>: Helo command rejected: need fully-qualified hostname", name)};
    }
    return std::nullopt;
}

std::string_view short_words(FindingCode code) {
    switch (code) {
        case FindingCode::generic_name: return "generic name";
        case FindingCode::unconfirmed_ptr: return "another PTR does not lead back";
        case FindingCode::single_label_name: return "single label";
        case FindingCode::unknown_tld: return "unknown top-level domain";
        case FindingCode::ptr_target_not_absolute: return "final dot missing in the PTR";
        case FindingCode::local_answer: return "answered from the resolver's own data";
        case FindingCode::private_forward_address: return "inside view or filter";
        case FindingCode::resolver_differs: return "resolver differs";
        case FindingCode::helo_mismatch: return "HELO name differs";
        case FindingCode::helo_not_resolving: return "HELO name does not lead here";
        case FindingCode::servers_disagree: return "servers disagree";
        case FindingCode::other_family_only: return "another PTR has only the other family's addresses";
        default: return {};
    }
}

std::string warning_words(const Verdict& verdict) {
    std::vector<std::string> words;
    for (const Finding& finding : verdict.findings) {
        if (finding.severity == Severity::warning) words.emplace_back(short_words(finding.code));
    }
    return fmt::format("{}", fmt::join(words, ", "));
}

}  // namespace fcrdns
