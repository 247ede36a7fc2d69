// SPDX-License-Identifier: MIT
#include "judge/generic/domains.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>

#include "fcrdns/dns_name.hpp"

namespace fcrdns {
namespace {

// How providers' domains for customers' lines begin or end: the techniques of lines. None is a common end of words.
constexpr std::string_view technique_words[] = {
    "dsl",      "dialup", "dial",  "broadband", "cable", "ppp",   "fibra", "fiber",    "fibre",     "ftth",
    "bredband", "gprs",   "wimax", "adsl",      "catv",  "kabel", "wifi",  "wireless", "glasfaser", "breitband",
};

// Only as an ending: companies' names begin with these words.
constexpr std::string_view customer_words[] = {
    "customer", "customers", "client", "clients", "dyn", "dynamic", "access", "pool", "static",
};

// How the domains of who sells lines say so.
constexpr std::string_view carrier_words[] = {"net",  "tele", "comunic", "communic", "online", "connect",
                                              "wire", "wifi", "mobile",  "fiber",    "fibra",  "cable"};

// How domains for rented servers begin or end.
constexpr std::string_view rental_words[] = {"vserver", "vps", "vds"};

// How hosters' domains say what they let. Companies with servers of their own use such words too.
constexpr std::string_view hoster_words[] = {"host", "server", "srv",  "cloud", "dedi", "colo",  "vps",
                                             "vds",  "virt",   "rack", "node",  "xen",  "lease", "datacent"};

// Mail is the business of a domain that has such a word in its name.
constexpr std::string_view mail_words[] = {"mail",     "smtp",      "messag", "send", "newsletter", "deliver",
                                           "campaign", "marketing", "promo",  "mkt",  "bulten"};  // Turkish: newsletter

// Mail operators whose domains do not say so, or whose hosts carry parts of their addresses.
constexpr std::string_view mail_operators[] = {
    "126.com",                // NetEase
    "163.com",                // NetEase
    "amazonses.com",          // Amazon SES
    "barracudanetworks.com",  // Barracuda Email Protection
    "bronto.com",             // Oracle Bronto
    "ccsend.com",             // Constant Contact
    "constantcontact.com",    // Constant Contact
    "critsend.com",           // Critsend
    "eloqua.com",             // Oracle Eloqua
    "emarsys.net",            // SAP Emarsys
    "exacttarget.com",        // Salesforce Marketing Cloud
    "icloud.com",             // Apple
    "iphmx.com",              // Cisco Secure Email
    "mailgun.net",            // Mailgun
    "mandrillapp.com",        // Mailchimp Transactional
    "mcdlv.net",              // Mailchimp
    "mcsv.net",               // Mailchimp
    "me.com",                 // Apple
    "mimecast.com",           // Mimecast
    "mtasv.net",              // Postmark
    "outlook.com",            // Microsoft Exchange Online
    "ppe-hosted.com",         // Proofpoint Essentials
    "pphosted.com",           // Proofpoint
    "psmtp.com",              // Postini
    "responsys.net",          // Oracle Responsys
    "rsgsv.net",              // Mailchimp
    "sender-sib.com",         // Brevo
    "silverpop.com",          // Acoustic
    "yeah.net",               // NetEase
};

/// Names of this form are given when the customer chooses none.
struct CloudDefault {
    std::string_view prefix;  ///< how the name begins; a digit follows somewhere in the first label
    std::string_view domain;  ///< how it ends, with the dot
};

constexpr CloudDefault cloud_defaults[] = {
    // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-naming.html
    {"ec2-", ".amazonaws.com"},
    // https://techdocs.akamai.com/linode-api/reference/put-linode-ip-2
    {"", ".ip.linodeusercontent.com"},
    // https://docs.ansible.com/ansible/latest/collections/community/hrobot/reverse_dns_module.html (Notes)
    {"static.", ".clients.your-server.de"},
    // https://help.creoline.com/en/doc/hostname-working-domain-dRxgN0UjkK
    {"", ".creolineserver.com"},
    // https://www.lima-city.de/hilfe/reverse-hostname-ptr-record-setzen
    {"", ".trafficplex.cloud"},
    // https://www.memset.com/docs/managing-your-server/dns/reverse-dns-records/
    {"", ".miniserver.com"},
    // https://registry.terraform.io/providers/ovh/ovh/latest/docs/resources/vps
    {"vps", ".vps.ovh.ca"},
    {"vps", ".vps.ovh.net"},
    {"vps", ".vps.ovh.us"},
    // https://www.vultr.com/bug-bounty/
    {"", ".vultr.com"},
};

template <std::size_t N>
bool ends_with_any(std::string_view text, const std::string_view (&words)[N]) {
    return std::any_of(std::begin(words), std::end(words), [&](std::string_view word) { return text.ends_with(word); });
}

template <std::size_t N>
bool starts_with_any(std::string_view text, const std::string_view (&words)[N]) {
    return std::any_of(std::begin(words), std::end(words),
                       [&](std::string_view word) { return text.starts_with(word); });
}

template <std::size_t N>
bool contains_any(std::string_view text, const std::string_view (&words)[N]) {
    return std::any_of(std::begin(words), std::end(words),
                       [&](std::string_view word) { return text.find(word) != std::string_view::npos; });
}

/// `prefix` and digits, and no more.
bool is_numbered_label(std::string_view label, std::string_view prefix) {
    if (!label.starts_with(prefix) || label.size() == prefix.size()) return false;
    return std::all_of(label.begin() + static_cast<std::ptrdiff_t>(prefix.size()), label.end(), is_digit);
}

}  // namespace

bool is_customer_domain(std::string_view registrable_label) {
    return starts_with_any(registrable_label, technique_words) || ends_with_any(registrable_label, technique_words) ||
           ends_with_any(registrable_label, customer_words);
}

bool is_network_domain(std::string_view registrable_domain) {
    // JPRS gives ne.jp to network services, and ad.jp to members of the registry of addresses.
    return registrable_domain.ends_with(".ne.jp") || registrable_domain.ends_with(".ad.jp");
}

bool is_carrier_domain(std::string_view registrable_domain) {
    const std::string_view label = registrable_domain.substr(0, registrable_domain.find('.'));
    return contains_any(label, carrier_words) || registrable_domain.ends_with(".net");
}

bool is_rental_domain(std::string_view registrable_label) {
    return starts_with_any(registrable_label, rental_words) || ends_with_any(registrable_label, rental_words);
}

bool is_hoster_domain(std::string_view registrable_label) {
    return contains_any(registrable_label, hoster_words);
}

bool is_mail_domain(std::string_view registrable_label) {
    return contains_any(registrable_label, mail_words);
}

bool is_mail_operator(std::string_view registrable_domain) {
    return std::binary_search(std::begin(mail_operators), std::end(mail_operators), registrable_domain);
}

bool is_mail_service_host(std::string_view host) {
    // SendGrid: o1.ptr1234 (https://www.twilio.com/docs/sendgrid/api-reference/reverse-dns/set-up-reverse-dns).
    const std::size_t dot = host.find('.');
    return dot != std::string_view::npos && is_numbered_label(host.substr(0, dot), "o") &&
           is_numbered_label(host.substr(dot + 1), "ptr");
}

bool is_cloud_default(std::string_view name) {
    const std::string_view first = name.substr(0, name.find('.'));
    return std::any_of(std::begin(cloud_defaults), std::end(cloud_defaults), [&](const CloudDefault& form) {
        return name.ends_with(form.domain) && name.starts_with(form.prefix) &&
               (form.prefix.ends_with('.') || std::any_of(first.begin(), first.end(), is_digit));
    });
}

}  // namespace fcrdns
