// SPDX-License-Identifier: MIT
// The table of mailbox providers. Documented: the provider's own page; observed: the text of public bounces.
// All read in November 2026. Nothing is filled in: where a text was seen cut, or names the receiver's own host,
// there is no reply, and the words say what is known.
#include "compose/receivers/mailbox_providers.hpp"

#include <array>

namespace fcrdns {
namespace {

using enum ReceiverOutcome;
using enum ReceiverBasis;

// support.google.com/a/answer/3726730, mail/answer/14229414 and 81126; the words as in bounces (nodemailer issue 236,
// mailcow issues 238 and 800), which are not those of the page.
constexpr std::array gmail = {
    ProviderRule{no_ptr_record | not_confirmed, reject,
                 "550-5.7.25 [{}] The IP address sending this message does not have a PTR record setup, or the "
                 "corresponding forward DNS entry does not match the sending IP.",
                 ""},
    ProviderRule{lookup_failed, tempfail,
                 "421 4.7.23 The sending IP address for this message doesn't have a PTR record, or the PTR record's "
                 "forward DNS entry doesn't match the sending IP address. To protect users from spam, your email has "
                 "been temporarily rate limited.",
                 ""},
};
// learn.microsoft.com, support for anonymous inbound email messages over IPv6.
constexpr std::array exchange_online = {
    ProviderRule{no_ptr_record | lookup_failed, tempfail,
                 "450 4.7.25 Service unavailable, sending IPv6 address [{}] must have reverse DNS record.", ""},
};
// sendersupport.olc.protection.outlook.com, policies and troubleshooting.
constexpr std::array outlook = {
    ProviderRule{generic_ptr_name, reject, "", "the code for dynamic-looking addresses is 550 DY-001 or DY-002"},
};
// postmaster.gmx.com/en/email-policy; words: mailcow issue 915, Mailu issue 1821.
constexpr std::array gmx = {
    ProviderRule{no_ptr_record | generic_ptr_name, reject, "554-Bad DNS PTR resource record.",
                 "the reply has several lines, of which this is one"},
};
// postmaster.freenet.de/en/recommendations; words: seeseekey.net.
constexpr std::array freenet = {
    ProviderRule{no_ptr_record | not_confirmed, reject,
                 "550 inconsistent or no DNS PTR record for {} (see RFC 1912 2.1)", ""},
};
// postmaster.t-online.de, 4.1; the words of its bounces never name reverse DNS.
constexpr std::array t_online = {
    ProviderRule{generic_ptr_name, reject, "",
                 "the reply says \"Dialup/transient IP not allowed\" (DIAL) and does not name reverse DNS"},
};
// pastebin W1K7kf3m.
constexpr std::array mail_ru = {
    ProviderRule{
        generic_ptr_name, reject,
        "550 Sorry, we do not accept mail from hosts with dynamic IP or generic DNS PTR-records. Please get a "
        "custom reverse DNS name from your ISP for your host {} or contact abuse@corp.mail.ru in case of error",
        ""},
};
// iRedMail forum, topic 156.
constexpr std::array free_fr = {
    ProviderRule{no_forward, tempfail, "421 Refused. Your reverse DNS entry does not resolve to an IP.", ""},
};
// xfinity.com/support/articles/email-errors; words: avolio.com (2008), pastebin 6TeyBieB.
constexpr std::array comcast = {
    ProviderRule{no_ptr_record, reject, "",
                 "the 554 reply says that \"all mail servers must have a PTR record with a valid Reverse DNS entry\""},
    ProviderRule{lookup_failed, tempfail, "421 - [Reverse DNS failure : Try again later]", ""},
    ProviderRule{generic_ptr_name, reject, "", "the code is ES000010"},
};
// cox.com, postmaster.
constexpr std::array cox = {ProviderRule{no_ptr_record, reject, "", "the code is CXDNS"}};
// spectrumbusiness.net, email error codes.
constexpr std::array charter = {
    ProviderRule{no_ptr_record | not_confirmed, reject, "", "the code is AUP#I-1100, \"full circle DNS\" is required"},
};
// smtp.codes/rackspace.
constexpr std::array rackspace = {
    ProviderRule{no_ptr_record, tempfail, "450 4.7.1 Client host {} has no PTR record (G1F)", ""},
};
// godaddy.com/help, article 3568.
constexpr std::array godaddy = {
    ProviderRule{no_ptr_record | lookup_failed, tempfail,
                 "421 Temporarily rejected. Reverse DNS for this IP failed. IB108", ""},
};
// postmaster.orange.fr.
constexpr std::array orange = {ProviderRule{no_ptr_record | not_confirmed, reject, "", "the error number is 107"}};
// Exim wiki, forcing IPv4.
constexpr std::array linkedin = {
    ProviderRule{no_ptr_record, reject, "",
                 "the 554 5.7.1 reply says that the server \"does not have a reverse (address-to-name) DNS entry\""},
};
// support.forpsi.com, a3068, and bounces.
constexpr std::array bizsmtp = {
    ProviderRule{no_ptr_record, reject, "",
                 "the 554 reply names its own host and says \"bizsmtp Connection rejected. Reverse DNS ... does not "
                 "exist\""},
};
// support.neo.space.
constexpr std::array neo = {
    ProviderRule{no_ptr_record | not_confirmed, tempfail,
                 "450 4.7.25 Client host rejected: cannot find your hostname, [{}]", ""},
};
// pastebin Q9N0hNwj.
constexpr std::array ovh = {
    ProviderRule{no_ptr_record, tempfail, "450 4.7.1 Client host rejected: cannot find your reverse hostname, [{}]",
                 ""},
};
// pastebin sv8bdpQg (BOL) and 8YvB3HdZ (Terra).
constexpr std::array old_postfix = {
    ProviderRule{no_ptr_record | not_confirmed, tempfail,
                 "450 4.7.1 Client host rejected: cannot find your hostname, [{}]", ""},
};
// psn.ne.jp/support/mail/nospam.html.
constexpr std::array psn = {
    ProviderRule{no_ptr_record, tempfail, "450 Access denied. IP name lookup failed [{}]", ""},
};
// mail.nifty.com, faq 3s6akkq58l_k.
constexpr std::array nifty = {ProviderRule{no_ptr_record | not_confirmed, reject, "", ""}};
// nic.ru, mail diagnostics: names with words such as broadband, pptp, dynamic are refused too.
constexpr std::array ru_center = {ProviderRule{no_ptr_record | not_confirmed | generic_ptr_name, reject, "", ""}};
// docs.seppmail.com: all PTR names must lead back.
constexpr std::array seppmail = {ProviderRule{no_ptr_record | not_confirmed, reject, "", ""}};
// postmaster.mc8051.de/policy and support.cleanmail.ch: hosters' default names are refused.
constexpr std::array default_names = {ProviderRule{generic_ptr_name, reject, "", ""}};

constexpr std::array<MailboxProvider, 26> providers = {{
    {"gmail", "sender requirements: a PTR record whose name leads back", documented, gmail},
    {"exchange-online", "over IPv6 a PTR record must exist", documented, exchange_online, false, true},
    {"outlook.com", "no dynamic-looking addresses", documented, outlook},
    {"gmx", "GMX, web.de, mail.com, 1&1: a PTR record that is not generic", documented, gmx},
    {"freenet", "a PTR record whose name leads back", documented, freenet},
    {"t-online", "no dial-up or provider's default names", documented, t_online},
    {"mail.ru", "no generic PTR names", observed, mail_ru},
    {"free.fr", "the PTR name must resolve", observed, free_fr},
    {"comcast", "a PTR record that is not generic", documented, comcast},
    {"cox", "a PTR record", documented, cox},
    {"charter", "a PTR record whose name leads back", documented, charter},
    {"rackspace", "a PTR record", observed, rackspace},
    {"godaddy", "a PTR record", documented, godaddy},
    {"orange.fr", "a PTR record whose name leads back", documented, orange},
    {"linkedin", "a PTR record", observed, linkedin},
    {"bizsmtp", "Forpsi and others: a PTR record", documented, bizsmtp},
    {"neo", "Neo, Titan: a PTR record whose name leads back", documented, neo},
    {"ovh-mx", "reject_unknown_reverse_client_hostname", observed, ovh},
    {"bol", "reject_unknown_client_hostname", observed, old_postfix},
    {"terra", "reject_unknown_client_hostname", observed, old_postfix},
    {"psn.ne.jp", "a PTR record", documented, psn},
    {"nifty", "a PTR record whose name leads back", documented, nifty},
    {"ru-center", "a PTR record whose name leads back and is not generic", documented, ru_center},
    {"seppmail.cloud", "every PTR name must lead back", documented, seppmail, true},
    {"mc8051", "no default names of hosters", documented, default_names},
    {"cleanmail.ch", "no default names of hosters", documented, default_names},
}};

}  // namespace

std::span<const MailboxProvider> mailbox_providers() {
    return providers;
}

}  // namespace fcrdns
