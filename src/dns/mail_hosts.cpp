// SPDX-License-Identifier: MIT
#include "dns/mail_hosts.hpp"

#include <algorithm>

namespace fcrdns {
namespace {

// The order of equals in the answer is chance.
bool is_tried_before(const NameRecord& a, const NameRecord& b) {
    return a.preference != b.preference ? a.preference < b.preference : a.name < b.name;
}

}  // namespace

MailHosts mail_hosts(const Answer& mx) {
    MailHosts mail;
    if (!is_definite(mx.outcome)) return mail;
    if (mx.outcome != Outcome::records) {
        mail.implicit = true;
        mail.hosts = {{mx.question.name}};
        return mail;
    }
    mail.hosts = mx.names;
    mail.takes_none = mail.hosts.size() == 1 && mail.hosts.front().name.is_root();
    if (mail.takes_none) mail.hosts.clear();
    std::sort(mail.hosts.begin(), mail.hosts.end(), is_tried_before);
    mail.beyond = mx.names_beyond;
    if (mail.hosts.size() > most_mail_hosts) {
        mail.beyond += mail.hosts.size() - most_mail_hosts;
        mail.hosts.resize(most_mail_hosts);
    }
    return mail;
}

bool takes_mail_elsewhere(const Answer& mx) {
    return mx.outcome == Outcome::records &&
           std::none_of(mx.names.begin(), mx.names.end(),
                        [&](const NameRecord& host) { return host.name == mx.question.name; });
}

}  // namespace fcrdns
