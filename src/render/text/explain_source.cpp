// SPDX-License-Identifier: MIT
// What the zones' own servers said, in words (--direct): published or not, where they
// differ, which are silent or lame, and what the resolver says instead.
#include <fmt/format.h>

#include <algorithm>

#include "compose/wording.hpp"
#include "dns/families.hpp"
#include "dns/server_address.hpp"
#include "render/text/explain.hpp"
#include "text/paragraphs.hpp"
#include "text/phrases.hpp"

namespace fcrdns {
namespace {

std::string server_of(const AuthoritativeAnswer& answer) {
    const std::string name = answer.server_name.to_text();
    return answer.server ? fmt::format("{} ({})", name, server_text(*answer.server)) : name;
}

std::string said(const AuthoritativeAnswer& answer) {
    if (!answer.server) return "has no address to ask";
    if (answer.no_route) {
        return fmt::format("cannot be asked: this machine cannot reach {}", family_text(answer.server->ip));
    }
    if (answer.lame) {
        return answer.outcome == Outcome::refused ? "is lame: it refuses (REFUSED)" : "is lame: it has no authority";
    }
    switch (answer.outcome) {
        case Outcome::records: return "publishes " + join_some(answer.answers);
        case Outcome::nodata:
            return answer.answers.empty() ? "publishes no such record" : "publishes " + join_some(answer.answers);
        case Outcome::nxdomain: return "says that the name does not exist";
        case Outcome::timeout: return "does not answer";
        case Outcome::not_sent: return "could not be asked";
        case Outcome::unreachable: return "is unreachable";
        default: return fmt::format("answers with {}", to_word(answer.outcome));
    }
}

std::string all_servers(std::size_t count) {
    return count == 1 ? "the server" : count == 2 ? "both servers" : fmt::format("all {} servers", count);
}

std::string no_server(std::size_t answered, std::size_t listed) {
    if (answered < listed) return fmt::format("the {} of {} servers that answered", answered, listed);
    return listed == 1 ? "the server" : fmt::format("any of the {} servers", listed);
}

std::string agreement(const std::vector<AuthoritativeAnswer>& servers, const DnsName& zone) {
    std::vector<const AuthoritativeAnswer*> answered;
    std::size_t listed = 0;
    for (const AuthoritativeAnswer& answer : servers) {
        if (answer.zone != zone) continue;
        ++listed;
        if (answer.counts()) answered.push_back(&answer);
    }
    const auto not_sent = [&](const AuthoritativeAnswer& a) {
        return a.zone == zone && a.outcome == Outcome::not_sent;
    };
    const bool reachable = std::any_of(servers.begin(), servers.end(),
                                       [&](const AuthoritativeAnswer& a) { return a.zone == zone && !a.no_route; });
    if (!reachable) return fmt::format("No server of {} can be asked from here.", zone.to_text());
    if (answered.empty() && std::any_of(servers.begin(), servers.end(), not_sent)) {
        return fmt::format("Not all servers of {} could be asked.", zone.to_text());
    }
    if (answered.empty()) return fmt::format("No server of {} answers.", zone.to_text());
    if (answered.front()->answers.empty()) {
        return fmt::format("Not published at {} of {}.", no_server(answered.size(), listed), zone.to_text());
    }
    const std::string which =
        answered.size() == listed ? all_servers(listed) : fmt::format("{} of the {} servers", answered.size(), listed);
    return fmt::format("Published at {} of {}: {}.", which, zone.to_text(), join_some(answered.front()->answers));
}

// What the resolver withholds is a warning and said with the cause.
std::string difference(const SourceView& source) {
    const std::string text = source.resolver_withholds() ? std::string() : difference_text(source);
    return text.empty() ? text : ' ' + text;
}

std::string unfound_sentence(const Answer& answer) {
    std::string text = unfound_text(answer);
    if (text.empty()) {
        const auto& [name, type] = *answer.source->unfound;
        return fmt::format("The servers of the zone of {} were not found: the {} lookup of {} failed ({}).",
                           answer.final_name().to_text(), to_word(type), name.to_text(), failure_text(answer));
    }
    text[0] = 'T';
    return text + '.';
}

void append_servers(std::string& out, const SourceView& source) {
    std::vector<DnsName> zones;
    for (const AuthoritativeAnswer& server : source.servers) {
        if (std::find(zones.begin(), zones.end(), server.zone) == zones.end()) zones.push_back(server.zone);
    }
    for (const AuthoritativeAnswer& server : source.servers) {
        if (source.servers_differ() || !server.counts()) {
            append_paragraph(out, fmt::format("{} {}.", server_of(server), said(server)), 4);
        }
    }
    if (source.servers_differ()) return;
    for (const DnsName& zone : zones) {
        append_paragraph(out, agreement(source.servers, zone) + (zone == zones.back() ? difference(source) : ""), 4);
    }
}

void append_question(std::string& out, const Answer& answer) {
    append_paragraph(
        out, fmt::format("{} of {} at its own servers:", to_word(answer.question.type), answer.question.name.to_text()),
        2);
    append_servers(out, *answer.source);
    // That there is no IPv6 is nothing new to those who have none.
    if (answer.source->only_over_ipv6) {
        append_paragraph(out, "This machine cannot reach IPv4, so only their IPv6 addresses were asked.", 4);
    }
    if (answer.source->unfound) append_paragraph(out, unfound_sentence(answer), 4);
}

}  // namespace

void append_source(std::string& out, const Report& report) {
    if (!report.evidence || !report.evidence->ptr.source) return;
    append_question(out, report.evidence->ptr);
    constexpr std::size_t shown = 5;
    std::size_t count = 0;
    for (const PtrName& name : report.evidence->names) {
        if (name.forward && name.forward->source && count++ < shown) append_question(out, *name.forward);
    }
    out += '\n';
}

}  // namespace fcrdns
