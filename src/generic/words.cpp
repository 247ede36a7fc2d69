// SPDX-License-Identifier: MIT
// Tables of words, by what they mean. A word stands here because providers of more than
// one country or kind use it; what is no English is explained beside it.
#include "generic/words.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace fcrdns {
namespace {

using enum WordKind;
using enum WordPlace;

constexpr Word unsorted_words[] = {
    // Addresses that are given out for a while, and the protocols that do so.
    {"dyn", whole, pool},
    {"dynamic", inside, pool},
    {"dinamic", inside, pool},   // Spanish, Portuguese, Italian: dinamico, dinamica
    {"dynamik", inside, pool},   // Czech, Slovak: dynamika
    {"dynip", prefix, pool},
    {"ipdyn", whole, pool},
    {"adyn", whole, pool},
    {"dynpool", whole, pool},
    {"dip", whole, pool},        // dial-in IP, dynamic IP
    {"pool", prefix, pool},
    {"pool", suffix, pool},
    {"pools", whole, pool},
    {"dhcp", inside, pool},
    {"ppp", prefix, pool},
    {"ppp", suffix, pool},
    {"pppo", inside, pool},      // pppoe, pppoa, pppox
    {"pptp", whole, pool},
    {"ipoe", whole, pool},
    {"ipcp", whole, pool},
    {"cgn", prefix, pool},
    {"cgnat", whole, pool},
    {"lns", whole, pool},        // L2TP network server
    {"bras", whole, pool},       // broadband remote access server
    {"bng", whole, pool},        // broadband network gateway
    {"temp", whole, pool},
    {"roaming", whole, pool},
    {"hotspot", whole, pool},
    {"range", whole, pool},

    // The technique of a customer's line.
    {"dsl", prefix, access},
    {"dsl", suffix, access},
    {"dslam", inside, access},
    {"adsl", inside, access},
    {"vdsl", inside, access},
    {"dslpool", inside, access},
    {"cable", prefix, access},
    {"cable", suffix, access},
    {"catv", inside, access},
    {"kabel", inside, access},   // German, Dutch, Scandinavian
    {"cablemodem", whole, access},
    {"modem", inside, access},
    {"hfc", whole, access},      // hybrid fibre coax
    {"hsd", whole, access},      // high-speed data
    {"docsis", whole, access},
    {"ftth", inside, access},
    {"fttb", inside, access},
    {"fttx", inside, access},
    {"fttc", inside, access},
    {"fttp", inside, access},
    {"fttn", inside, access},
    {"gpon", inside, access},
    {"epon", whole, access},
    {"fiber", inside, access},
    {"fibre", inside, access},
    {"fibra", inside, access},   // Spanish, Portuguese, Italian
    {"fibr", whole, access},
    {"glasfaser", inside, access},
    {"fios", whole, access},
    {"optic", whole, access},
    {"broadband", inside, access},
    {"bredband", inside, access},  // Scandinavian
    {"bbtec", whole, access},
    {"bb", whole, access},
    {"bband", whole, access},
    {"breitband", inside, access},
    {"bredbandsbolaget", whole, access},
    {"wimax", inside, access},
    {"wireless", inside, access},
    {"wifi", inside, access},
    {"wlan", inside, access},
    {"wisp", prefix, access},
    {"mobile", inside, access},
    {"mobil", whole, access},
    {"movil", whole, access},    // Spanish
    {"gprs", inside, access},
    {"umts", inside, access},
    {"lte", whole, access},
    {"hspa", whole, access},
    {"wwan", whole, access},
    {"wcdma", whole, access},
    {"cdma", inside, access},
    {"evdo", whole, access},
    {"sat", whole, access},
    {"satellite", inside, access},
    {"vsat", whole, access},
    {"isdn", inside, access},
    {"dialup", inside, access},
    {"dialin", inside, access},
    {"dial", whole, access},
    {"dial", suffix, access},
    {"dialpool", whole, access},
    {"lightspeed", whole, access},
    {"uverse", whole, access},
    {"speedy", whole, access},
    {"internetaccess", inside, access},
    {"access", whole, access},
    {"acces", whole, access},    // French
    {"acceso", whole, access},   // Spanish
    {"cpe", prefix, access},     // customer premises equipment
    {"cpe", suffix, access},
    {"onu", whole, access},      // optical network unit
    {"ont", whole, access},
    {"stb", whole, access},      // set-top box
    {"voip", whole, access},
    {"ethernet", whole, access},
    {"metro", whole, access},
    {"lan", whole, access},

    // Equipment that customers dialled into: its name and a port number.
    {"ts", whole, dial},         // terminal server
    {"tnt", whole, dial},        // Ascend MAX TNT
    {"max", whole, dial},        // Ascend MAX
    {"pm", whole, dial},         // Livingston PortMaster
    {"tc", whole, dial},         // 3Com Total Control
    {"nas", whole, dial},        // network access server
    {"ras", whole, dial},        // remote access server
    {"cvx", whole, dial},        // Nortel CVX
    {"slip", whole, dial},
    {"port", whole, dial},
    {"line", whole, dial},
    {"linea", whole, dial},      // Spanish, Italian
    {"as", whole, dial},         // access server
    {"cm", whole, dial},         // cable modem
    {"tty", whole, dial},

    // Somebody the provider serves.
    {"cust", prefix, customer},
    {"cust", suffix, customer},
    {"customer", inside, customer},
    {"client", prefix, customer},
    {"client", suffix, customer},
    {"clients", whole, customer},
    {"cliente", inside, customer},  // Spanish, Portuguese, Italian
    {"clienti", inside, customer},  // Italian, Romanian
    {"klient", inside, customer},   // Polish, Czech, Scandinavian
    {"kunde", prefix, customer},    // German, Scandinavian
    {"kunden", inside, customer},
    {"kund", whole, customer},      // Swedish
    {"klant", inside, customer},    // Dutch
    {"asiakas", inside, customer},  // Finnish
    {"zakaznik", inside, customer}, // Czech
    {"abonent", inside, customer},  // Slavic languages
    {"abonnent", inside, customer}, // Scandinavian
    {"abonne", inside, customer},   // French
    {"abo", whole, customer},       // French, German: abonnement
    {"subscriber", inside, customer},
    {"subs", whole, customer},
    {"subscr", whole, customer},
    {"assinante", inside, customer},  // Portuguese
    {"usuario", inside, customer},    // Spanish
    {"utente", inside, customer},     // Italian
    {"user", prefix, customer},
    {"user", suffix, customer},
    {"users", whole, customer},
    {"home", whole, customer},
    {"homeuser", whole, customer},
    {"residential", inside, customer},
    {"residencial", inside, customer},  // Spanish, Portuguese
    {"resid", whole, customer},
    {"res", whole, customer},
    {"retail", whole, customer},
    {"consumer", inside, customer},
    {"wholesale", inside, customer},
    {"business", whole, customer},
    {"biz", whole, customer},
    {"corporate", whole, customer},
    {"enterprise", whole, customer},
    {"leased", whole, customer},
    {"tenant", whole, customer},
    {"member", prefix, customer},
    {"guest", whole, customer},
    {"cli", whole, customer},

    // Addresses given out for good: still the provider's names.
    {"static", inside, fixed},
    {"statik", inside, fixed},   // Turkish
    {"estatic", inside, fixed},  // Spanish, Portuguese
    {"statisch", inside, fixed}, // German, Dutch
    {"stat", whole, fixed},
    {"sta", whole, fixed},
    {"statip", whole, fixed},
    {"fix", whole, fixed},
    {"fixed", inside, fixed},
    {"fixip", inside, fixed},
    {"fixedip", inside, fixed},
    {"ipfixe", inside, fixed},   // French
    {"fijo", whole, fixed},      // Spanish
    {"fija", whole, fixed},
    {"fisso", whole, fixed},     // Italian
    {"dedicated", inside, fixed},
    {"unassigned", inside, fixed},
    {"unallocated", inside, fixed},
    {"unused", inside, fixed},
    {"reserved", inside, fixed},

    // A server by its number.
    {"vps", prefix, rented},
    {"vps", suffix, rented},
    {"vds", whole, rented},
    {"vm", whole, rented},
    {"vmi", whole, rented},
    {"vserver", whole, rented},
    {"vs", whole, rented},
    {"kvm", whole, rented},
    {"xen", whole, rented},
    {"vz", whole, rented},
    {"ovz", whole, rented},
    {"lxc", whole, rented},
    {"vc", whole, rented},
    {"ve", whole, rented},
    {"ct", whole, rented},
    {"snf", whole, rented},
    {"srv", whole, rented},
    {"server", whole, rented},
    {"servers", whole, rented},
    {"serverid", whole, rented},
    {"ded", whole, rented},
    {"dedi", whole, rented},
    {"dedic", whole, rented},
    {"root", whole, rented},
    {"node", whole, rented},
    {"instance", whole, rented},
    {"instances", whole, rented},
    {"droplet", whole, rented},
    {"compute", whole, rented},
    {"cloud", whole, rented},
    {"cloudvps", whole, rented},
    {"colo", whole, rented},
    {"colocation", whole, rented},
    {"housing", whole, rented},
    {"hv", whole, rented},

    // Words that say no more than "an address".
    {"ip", whole, address},
    {"ips", whole, address},
    {"ipv", whole, address},     // ipv4, ipv6
    {"ipaddr", whole, address},
    {"addr", whole, address},
    {"address", whole, address},
    {"inetnum", whole, address},
    {"inet", whole, address},
    {"host", whole, address},
    {"hst", whole, address},
    {"hostip", whole, address},
    {"rev", whole, address},
    {"revip", whole, address},
    {"reverse", whole, address},
    {"reverso", whole, address},  // Spanish, Portuguese
    {"rdns", whole, address},
    {"revdns", whole, address},
    {"ptr", whole, address},
    {"arpa", whole, address},
    {"subnet", prefix, address},
    {"network", whole, address},
    {"netblock", whole, address},
    {"block", whole, address},
    {"lease", whole, address},

    // One letter before a number.
    {"h", whole, letter},        // host
    {"u", whole, letter},        // user, unit
    {"c", whole, letter},        // client, customer
    {"d", whole, letter},        // dynamic, dial-in
    {"p", whole, letter},        // port
    {"v", whole, letter},        // virtual server
    {"s", whole, letter},        // server

    // Mail hosts.
    {"mail", inside, mail},
    {"smtp", inside, mail},
    {"mta", prefix, mail},
    {"mta", suffix, mail},
    {"mtas", whole, mail},
    {"mx", whole, mail},
    {"mxs", whole, mail},
    {"mx", suffix, mail},
    {"mxout", inside, mail},
    {"mxin", inside, mail},
    {"mxgate", inside, mail},
    {"mxob", whole, mail},
    {"imap", inside, mail},
    {"pop", whole, mail},
    {"relay", inside, mail},
    {"outbound", inside, mail},
    {"inbound", inside, mail},
    {"outgoing", inside, mail},
    {"out", whole, mail},
    {"sender", inside, mail},
    {"send", prefix, mail},
    {"mailer", inside, mail},
    {"msg", whole, mail},
    {"mgw", whole, mail},
    {"mgate", whole, mail},
    {"postfix", inside, mail},
    {"exim", whole, mail},
    {"newsletter", inside, mail},
    {"bounce", inside, mail},
    {"lists", whole, mail},
    {"listserv", inside, mail},
    {"spam", inside, mail},
    {"exchange", whole, mail},
    {"correo", inside, mail},    // Spanish
    {"correio", inside, mail},   // Portuguese
    {"poczta", inside, mail},    // Polish
    {"posta", whole, mail},      // Italian, Turkish, Czech
    {"pochta", whole, mail},     // Russian
    {"courriel", whole, mail},   // French

    // Servers with another role.
    {"www", prefix, role},
    {"web", prefix, role},
    {"ns", whole, role},
    {"dns", whole, role},
    {"ftp", whole, role},
    {"vpn", inside, role},
    {"proxy", inside, role},
    {"gw", whole, role},
    {"nat", whole, role},
    {"gate", inside, role},
    {"gateway", inside, role},
    {"fw", whole, role},
    {"firewall", whole, role},
    {"db", whole, role},
    {"sql", inside, role},
    {"mysql", inside, role},
    {"app", whole, role},
    {"api", whole, role},
    {"backup", inside, role},
    {"git", prefix, role},
    {"monitor", inside, role},
    {"tor", whole, role},
    {"exit", inside, role},
    {"crawl", inside, role},
    {"spider", inside, role},
    {"bot", suffix, role},
    {"scan", prefix, role},
    {"news", whole, role},
    {"irc", whole, role},
    {"ntp", whole, role},
    {"ssh", whole, role},
    {"cdn", whole, role},
    {"cache", inside, role},
    {"lab", whole, role},
    {"dev", whole, role},
    {"test", whole, role},
    {"prod", whole, role},
    {"stage", whole, role},
};

constexpr std::size_t word_count = std::size(unsorted_words);

constexpr auto words = [] {
    std::array<Word, word_count> sorted{};
    std::copy(std::begin(unsorted_words), std::end(unsorted_words), sorted.begin());
    std::sort(sorted.begin(), sorted.end(), [](const Word& a, const Word& b) { return a.text < b.text; });
    return sorted;
}();

/// Where in `words` those with each first letter begin.
constexpr auto first_of_letter = [] {
    std::array<std::size_t, 27> first{};
    for (std::size_t letter = 0; letter < 27; ++letter) {
        std::size_t i = 0;
        while (i < words.size() && static_cast<std::size_t>(words[i].text[0] - 'a') < letter) ++i;
        first[letter] = i;
    }
    return first;
}();

bool stands_there(const Word& word, std::string_view letters, std::size_t at) {
    if (letters.compare(at, word.text.size(), word.text) != 0) return false;
    const bool begins = at == 0;
    const bool ends = at + word.text.size() == letters.size();
    switch (word.place) {
        case whole: return begins && ends;
        case prefix: return begins;
        case suffix: return ends;
        case inside: return true;
    }
    return false;
}

bool is_chosen(WordKind kind) {
    return kind == mail || kind == role;
}

constexpr std::string_view customer_domain_words[] = {"dsl", "dialup", "dial", "broadband", "customer", "customers",
                                                      "client", "clients", "cable", "ppp", "dyn", "dynamic", "access",
                                                      "rasserver", "fibra", "fiber"};

constexpr std::string_view mail_domain_words[] = {"mail", "smtp", "sendgrid", "mta", "sender", "newsletter"};

// What stands where nobody named the address.
constexpr std::string_view placeholders[] = {
    "unassigned", "unallocated", "unused",      "unknown",     "undefined",  "unspecified", "unset",     "not-set",
    "notset",     "not-used",    "notused",     "not-in-use",  "noreverse",  "no-reverse",  "no-rdns",   "nordns",
    "no-ptr",     "noptr",       "no-dns",      "nodns",       "no-name",    "noname",      "no-host",   "nohost",
    "no-data",    "nodata",      "none",        "reverse",     "rdns",       "ptr",         "rev",       "placeholder",
    "default",    "generic",     "reserved",    "available",   "free",       "spare",       "blank",     "empty",
    "hosted-by",  "hostedby",    "hosted.by",   "connected-by", "connected.by", "powered-by", "powered.by",
    "protected",  "protected-by", "protected.by", "managed-by", "provided-by", "served-by",  "static",    "dynamic",
    "dhcp",       "pool",        "broadband",   "adsl",        "dsl",        "pppoe",       "ppp",       "dialup",
    "ftth",       "cust",        "customer",    "customers",   "clients",    "cliente",     "clientes",  "subscriber",
    "user",       "dedicated",   "unconfigured", "reverse-not-set", "set-reverse", "please-set", "change-me",
    "your-reverse", "ip",        "ips",         "host-unassigned", "static-ip", "staticip", "dynamic-ip", "norev",
};

}  // namespace

Meaning meaning_of(std::string_view letters) {
    Meaning meaning;
    for (std::size_t at = 0; at < letters.size(); ++at) {
        const auto letter = static_cast<std::size_t>(letters[at] - 'a');
        for (std::size_t i = first_of_letter[letter]; i < first_of_letter[letter + 1]; ++i) {
            if (!stands_there(words[i], letters, at)) continue;
            const Word*& best = is_chosen(words[i].kind) ? meaning.chosen : meaning.provider;
            if (best == nullptr || words[i].text.size() > best->text.size()) best = &words[i];
        }
    }
    return meaning;
}

bool is_customer_domain(std::string_view label) {
    return std::any_of(std::begin(customer_domain_words), std::end(customer_domain_words), [&](std::string_view word) {
        return label.size() >= word.size() && (label.ends_with(word) || label.starts_with(word));
    });
}

bool is_mail_domain(std::string_view label) {
    return std::any_of(std::begin(mail_domain_words), std::end(mail_domain_words),
                       [&](std::string_view word) { return label.find(word) != std::string_view::npos; });
}

std::string_view placeholder_in(std::string_view host) {
    std::string_view best;
    for (const std::string_view text : placeholders) {
        if (text.size() <= best.size() || !host.starts_with(text)) continue;
        if (text.size() == host.size() || host[text.size()] == '.' || (host[text.size()] == '-' && text.size() > 7)) {
            best = text;
        }
    }
    return best;
}

}  // namespace fcrdns
