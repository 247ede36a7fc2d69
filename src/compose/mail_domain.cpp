// SPDX-License-Identifier: MIT
#include "compose/mail_domain.hpp"

#include <fmt/format.h>

#include <vector>

#include "dns/mail_hosts.hpp"
#include "fcrdns/special_use.hpp"
#include "text/phrases.hpp"

namespace fcrdns {
namespace {

std::string hosts_text(const MailHosts& mail) {
    std::vector<std::string> names;
    for (const NameRecord& host : mail.hosts) names.push_back(host.name.to_text());
    return join_some(names, mail.beyond);
}

// A name that does not exist takes no mail anywhere.
bool is_implicit(const Origin& origin) {
    return origin.mx->outcome == Outcome::nodata;
}

std::string mail_host_text(const Origin& origin) {
    const MailHosts mail = mail_hosts(*origin.mx);
    const std::string host = origin.host_name->to_text();
    if (is_implicit(origin)) return host + " (implicit MX)";
    // The domain itself, which does not exist, or whose hosts are not known or are none.
    if (mail.implicit || mail.hosts.empty()) return host;
    const std::string domain = origin.mx->question.name.to_text();
    if (mail.beyond == 0) return fmt::format("{} (MX of {})", host, domain);
    return fmt::format("{} (MX of {}, {} of {} are checked)", host, domain, mail.hosts.size(),
                       mail.hosts.size() + mail.beyond);
}

}  // namespace

std::string origin_text(const Report& report) {
    const Origin& origin = report.subject.origin;
    if (origin.is_own) return is_behind_nat(report) ? "this machine, behind NAT" : "this machine";
    if (!origin.host_name) return {};
    return origin.is_mail_host ? mail_host_text(origin) : origin.host_name->to_text();
}

bool is_behind_nat(const Report& report) {
    return report.subject.origin.is_own && report.evidence && has_local_scope(report.evidence->address);
}

bool is_null_mx(const Origin& origin) {
    return origin.is_mail_host && mail_hosts(*origin.mx).takes_none;
}

std::string mail_domain_sentence(const Answer& mx) {
    const std::string domain = mx.question.name.to_text();
    const MailHosts mail = mail_hosts(mx);
    if (mail.takes_none) {
        return fmt::format(
            "{} takes no mail (its MX record is the null MX, RFC 7505); if mail is sent from it, give "
            "the host that sends it.",
            domain);
    }
    const bool one = mail.hosts.size() == 1 && mail.beyond == 0;
    std::string text = fmt::format("{} takes mail at {}", domain, hosts_text(mail));
    if (!one) return fmt::format("{}; if they send too: fcrdns-check --mx {}", text, domain);
    const DnsName& host = mail.hosts.front().name;
    // Of a command that is to be copied every octet must be harmless.
    if (!host.is_host_name()) return text + ", which is no host name.";
    return fmt::format("{}; if that host sends too: fcrdns-check {}", text, host.to_text());
}

std::string mail_hosts_note(const Origin& origin) {
    if (!origin.is_mail_host) return {};
    const std::string domain = origin.mx->question.name.to_text();
    const MailHosts mail = mail_hosts(*origin.mx);
    if (is_implicit(origin)) {
        return fmt::format("{} has no MX record, so its own addresses take its mail (RFC 5321, section 5.1).", domain);
    }
    if (mail.beyond == 0) return {};
    return fmt::format("{} has {} MX hosts, of which the first {} are checked.", domain,
                       mail.hosts.size() + mail.beyond, mail.hosts.size());
}

}  // namespace fcrdns
