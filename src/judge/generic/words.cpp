// SPDX-License-Identifier: MIT
// Tables of words, by what they mean. A word stands here because providers of more than
// one country or kind use it; what is no English is explained beside it.
#include "judge/generic/words.hpp"

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
    {"dynamic", whole, pool},
    {"dynamicip", whole, pool},
    {"dynamicpool", whole, pool},
    {"dynamik", whole, pool},     // Czech
    {"dynamisch", inside, pool},  // German, Dutch
    {"dynamique", inside, pool},  // French
    {"dinami", inside, pool},     // Spanish, Portuguese, Italian, Turkish
    {"din", whole, pool},         // Portuguese, Russian
    {"dynamick", inside, pool},   // Czech
    {"dynamiczn", inside, pool},  // Polish
    {"dynamisk", inside, pool},   // Scandinavian
    {"zmienne", whole, pool},     // Polish: changing
    {"dynip", prefix, pool},
    {"ipdyn", whole, pool},
    {"adyn", whole, pool},
    {"pool", whole, pool},
    {"natpool", whole, pool},
    {"dynpool", whole, pool},
    {"ippool", whole, pool},
    {"pools", whole, pool},
    {"dhcp", inside, lease},
    {"ppp", prefix, pool},
    {"pppoe", inside, pool},
    {"pppoa", inside, pool},
    {"pppox", whole, pool},
    {"inetdyn", whole, pool},
    {"pptp", whole, pool},
    {"ipoe", whole, pool},
    {"ipcp", whole, pool},
    {"cgn", whole, pool},  // carrier-grade NAT
    {"cgnat", prefix, pool},

    // The technique of a customer's line.
    {"dsl", prefix, access},
    {"dsl", suffix, access},
    {"dslam", inside, access},
    {"cable", prefix, access},
    {"catv", inside, access},
    {"kabel", inside, access},  // German, Dutch, Scandinavian
    {"modem", inside, access},
    {"adsl", inside, access},
    {"vdsl", inside, access},
    {"xdsl", inside, access},
    {"sdsl", inside, access},
    {"hsi", whole, access},              // high-speed internet
    {"kbl", whole, access},              // Dutch: kabel
    {"laajakaista", inside, access},     // Finnish: broadband
    {"bandalarga", inside, access},      // Italian, Portuguese
    {"bandaancha", inside, access},      // Spanish
    {"szerokopasmowy", inside, access},  // Polish
    {"szelessav", inside, access},       // Hungarian
    {"genisbant", inside, access},       // Turkish
    {"swiatlowod", inside, access},      // Polish: fibre
    {"kablo", prefix, access},           // Turkish
    {"kaapeli", inside, access},         // Finnish: cable
    {"fwa", whole, access},              // fixed wireless access
    {"bwa", whole, access},              // broadband wireless access
    {"wll", whole, access},              // wireless local loop
    {"mmds", whole, access},             // wireless cable
    {"lmds", whole, access},
    {"cmts", whole, access},  // cable modem termination system
    {"gepon", whole, access},
    {"xpon", whole, access},
    {"pon", whole, access},  // passive optical network
    {"leasedline", inside, access},
    {"fttr", whole, access},
    {"ftto", whole, access},
    {"fttd", whole, access},
    {"etth", whole, access},  // Ethernet to the home
    {"vula", whole, access},  // wholesale fibre in Britain and Italy
    {"hfc", whole, access},   // hybrid fibre coax
    {"hsd", whole, access},   // high-speed data
    {"docsis", whole, access},
    {"ftth", inside, access},
    {"fttx", inside, access},
    {"fttb", inside, access},
    {"fttc", inside, access},
    {"fttp", inside, access},
    {"fttn", inside, access},
    {"gpon", inside, access},
    {"epon", whole, access},
    {"fiber", inside, access},
    {"fibre", inside, access},
    {"fibra", inside, access},  // Spanish, Portuguese, Italian
    {"glasfaser", inside, access},
    {"flets", prefix, access},   // Japan: the access network
    {"hikari", inside, access},  // Japanese: light
    {"broadband", inside, access},
    {"bredband", inside, access},  // Scandinavian
    {"breitband", inside, access},
    {"wimax", inside, access},
    {"gprs", inside, access},
    {"umts", inside, access},
    {"lte", whole, access},
    {"hspa", whole, access},
    {"hsdpa", whole, access},
    {"wwan", whole, access},
    {"cdma", inside, access},
    {"evdo", whole, access},
    {"vsat", whole, access},
    {"isdn", inside, access},
    {"dialup", inside, access},
    {"dialin", inside, access},
    {"dial", whole, access},
    {"dialpool", whole, access},
    {"cpe", prefix, access},  // customer premises equipment
    {"cpe", suffix, access},
    {"onu", whole, access},  // optical network unit
    {"ont", whole, access},
    {"stb", whole, access},  // set-top box

    // Services and places that name customers' lines, but also an operator's own hosts.
    {"access", inside, service},
    {"acces", whole, service},   // French
    {"acceso", whole, service},  // Spanish
    {"acesso", whole, service},  // Portuguese
    {"mobile", inside, service},
    {"mobil", whole, service},
    {"movil", whole, service},  // Spanish
    {"movel", whole, service},  // Portuguese
    {"mob", whole, service},
    {"gsm", whole, service},
    {"apn", whole, service},  // access point name of a mobile network
    {"wireless", inside, service},
    {"wifi", inside, service},
    {"wlan", inside, service},
    {"wl", whole, service},
    {"hotspot", whole, service},
    {"roaming", whole, service},
    {"radio", whole, service},
    {"sat", whole, service},
    {"satellite", inside, service},
    {"lan", whole, service},
    {"ethernet", whole, service},
    {"metro", whole, service},
    {"vlan", whole, service},
    {"wan", whole, service},
    {"ngn", whole, service},  // next-generation network
    {"ll", whole, service},   // leased line
    {"soho", whole, service},
    {"eduroam", inside, service},
    {"circuit", whole, service},
    {"tunnel", whole, service},  // IPv6 by a broker
    {"home", whole, service},
    {"hogar", whole, service},         // Spanish: home
    {"rumah", whole, service},         // Indonesian: home
    {"domicilio", whole, service},     // Spanish, Italian: home
    {"warnet", whole, service},        // Indonesian: internet café
    {"kurumsal", whole, service},      // Turkish: companies
    {"bireysel", whole, service},      // Turkish: private customers
    {"corporativ", prefix, service},   // Spanish, Portuguese
    {"pyme", prefix, service},         // Spanish: small companies
    {"firmy", whole, service},         // Polish, Czech: companies
    {"particular", prefix, service},   // Spanish, Portuguese: private customers
    {"privat", whole, service},        // German, Scandinavian: private
    {"particulier", inside, service},  // French, Dutch: private customers
    {"empresa", prefix, service},      // Spanish, Portuguese: companies
    {"zakelijk", whole, service},      // Dutch: business
    {"foretag", whole, service},       // Swedish: companies
    {"homes", whole, service},
    {"residenc", prefix, service},     // Spanish, Portuguese: residencia
    {"wohnheim", inside, service},     // German: residence of students
    {"akademik", whole, service},      // Polish: the same
    {"kollegi", inside, service},      // Danish, Norwegian: the same
    {"anschluss", inside, service},    // German: line
    {"aansluiting", inside, service},  // Dutch: line
    {"anslutning", inside, service},   // Swedish: line
    {"tilslutning", inside, service},  // Danish: line
    {"liittyma", inside, service},     // Finnish: line
    {"przylacze", inside, service},    // Polish: line
    {"lacze", whole, service},         // Polish: line
    {"pripojka", inside, service},     // Czech: line
    {"lanhouse", inside, service},     // Portuguese: internet café
    {"resnet", whole, service},        // residential network of a university
    {"dorm", prefix, service},
    {"student", prefix, service},
    {"apt", whole, service},  // apartment
    {"business", whole, service},
    {"biz", whole, service},
    {"corporate", whole, service},
    {"enterprise", whole, service},
    {"leased", whole, service},
    {"tenant", whole, service},
    {"res", whole, service},
    {"retail", whole, service},
    {"bb", whole, service},        // broadband
    {"ipt", whole, service},       // IP transport
    {"dip", whole, service},       // dial-in IP, dynamic IP
    {"wisp", whole, service},      // wireless provider
    {"conn", whole, service},      // connection
    {"terminal", whole, service},  // a terminal server
    {"isp", whole, service},
    {"internet", whole, service},
    {"temp", whole, service},
    {"unit", whole, service},

    // Equipment that customers dialled into. Operators number servers by such words too: ts02 is a terminal server.
    {"ts", whole, equipment},    // terminal server
    {"tnt", whole, equipment},   // Ascend MAX TNT
    {"max", whole, equipment},   // Ascend MAX
    {"pm", whole, equipment},    // Livingston PortMaster
    {"tc", whole, equipment},    // 3Com Total Control
    {"ubr", whole, equipment},   // Cisco universal broadband router
    {"ras", whole, equipment},   // remote access server
    {"cvx", whole, equipment},   // Nortel CVX
    {"lns", whole, equipment},   // L2TP network server
    {"bras", whole, equipment},  // broadband remote access server
    {"bng", whole, equipment},   // broadband network gateway
    {"as", whole, equipment},    // access server

    // A port of it.
    {"slip", whole, dial},
    {"async", whole, dial},
    {"port", whole, dial},
    {"line", whole, dial},
    {"linea", whole, dial},  // Spanish, Italian
    {"cm", whole, dial},     // cable modem
    {"tty", whole, dial},
    {"du", whole, dial},  // dial-up
    {"dup", whole, dial},

    // Somebody the provider serves.
    {"custpool", whole, customer},
    {"cust", suffix, customer},
    {"customer", inside, customer},
    {"client", suffix, customer},
    {"clients", suffix, customer},
    {"cliente", inside, customer},     // Spanish, Portuguese, Italian
    {"clienti", inside, customer},     // Italian, Romanian
    {"klient", inside, customer},      // Polish, Czech, Scandinavian
    {"kunde", prefix, customer},       // German, Scandinavian
    {"teilnehmer", inside, customer},  // German: subscriber
    {"kund", whole, customer},         // Swedish
    {"klant", inside, customer},       // Dutch
    {"asiakas", inside, customer},     // Finnish
    {"zakaznik", inside, customer},    // Czech
    {"abonent", inside, customer},     // Slavic languages
    {"abonat", inside, customer},      // Romanian
    {"abon", whole, customer},
    {"abone", whole, customer},    // Turkish
    {"abonne", inside, customer},  // French
    {"abo", whole, customer},      // French, German: abonnement
    {"subscriber", inside, customer},
    {"klijent", inside, customer},      // Serbian, Croatian
    {"korisnik", inside, customer},     // Serbian, Croatian: user
    {"narocnik", inside, customer},     // Slovene: subscriber
    {"stranka", inside, customer},      // Slovene: customer
    {"uzivatel", inside, customer},     // Czech: user
    {"abonado", inside, customer},      // Spanish
    {"suscriptor", inside, customer},   // Spanish
    {"usager", inside, customer},       // French
    {"tilaaja", inside, customer},      // Finnish: subscriber
    {"pelatis", inside, customer},      // Greek
    {"musteri", whole, customer},       // Turkish
    {"ugyfel", inside, customer},       // Hungarian
    {"pelanggan", inside, customer},    // Indonesian
    {"pengguna", inside, customer},     // Indonesian, Malay: user
    {"khachhang", inside, customer},    // Vietnamese
    {"elofizeto", inside, customer},    // Hungarian: subscriber
    {"pretplatnik", inside, customer},  // Serbian, Croatian: subscriber
    {"kullanici", inside, customer},    // Turkish: user
    {"uzytkownik", inside, customer},   // Polish: user
    {"polzovatel", inside, customer},   // Russian: user
    {"utilizator", inside, customer},   // Romanian: user
    {"utilizador", inside, customer},   // Portuguese: user
    {"utilisateur", inside, customer},  // French: user
    {"benutzer", inside, customer},     // German: user
    {"gebruiker", inside, customer},    // Dutch: user
    {"subs", whole, customer},
    {"subscr", whole, customer},
    {"assinante", inside, customer},  // Portuguese
    {"usuario", inside, customer},    // Spanish
    {"utente", inside, customer},     // Italian
    {"user", suffix, customer},
    {"users", suffix, customer},
    {"residential", inside, customer},
    {"residencial", inside, customer},  // Spanish, Portuguese
    {"resid", whole, customer},
    {"consumer", inside, customer},
    {"wholesale", inside, customer},
    {"member", whole, customer},
    {"members", whole, customer},
    {"cli", whole, customer},

    // Addresses given out for good: still the provider's names.
    {"statik", inside, fixed},    // Turkish
    {"statiq", inside, fixed},    // French: statique
    {"statycz", inside, fixed},   // Polish: statyczny
    {"kiintea", inside, fixed},   // Finnish: kiinteä
    {"statis", whole, fixed},     // Indonesian
    {"statisch", inside, fixed},  // German, Dutch
    {"permanent", whole, fixed},
    {"sabit", whole, fixed},     // Turkish
    {"tetap", whole, fixed},     // Indonesian
    {"pevna", whole, fixed},     // Czech
    {"stala", whole, fixed},     // Polish
    {"fixo", whole, fixed},      // Portuguese
    {"fissa", whole, fixed},     // Italian
    {"dedicado", whole, fixed},  // Spanish, Portuguese: a line
    {"dedicada", whole, fixed},
    {"static", inside, fixed},
    {"sta", whole, fixed},
    {"statip", whole, fixed},
    {"fix", whole, fixed},
    {"fixed", inside, fixed},
    {"fixip", inside, fixed},
    {"ipfixe", inside, fixed},  // French
    {"fijo", whole, fixed},     // Spanish
    {"fija", whole, fixed},
    {"fisso", whole, fixed},  // Italian

    // A server by its number.
    {"vps", prefix, rented},
    {"ds", whole, rented},  // dedicated server
    {"dds", whole, rented},
    {"rs", whole, rented},  // root server
    {"sd", whole, rented},
    {"ks", whole, rented},
    {"vmd", whole, rented},
    {"ecs", whole, rented},  // elastic compute service
    {"xvm", whole, rented},
    {"hwsrv", whole, rented},
    {"guest", whole, rented},
    {"vps", suffix, rented},
    {"vds", whole, rented},
    {"vmi", whole, rented},
    {"vserver", whole, rented},
    {"vs", whole, rented},
    {"vz", whole, rented},
    {"ovz", whole, rented},
    {"lxc", whole, rented},
    {"lxd", whole, rented},
    {"openvz", whole, rented},
    {"baremetal", whole, rented},
    {"kundenserver", whole, rented},  // German: customer's server
    {"vc", whole, rented},
    {"ve", whole, rented},
    {"serverid", whole, rented},
    {"dedicated", inside, rented},
    {"ded", whole, rented},
    {"dedi", suffix, rented},
    {"dedic", whole, rented},
    {"instance", whole, rented},
    {"instances", whole, rented},
    {"droplet", whole, rented},
    {"colo", whole, rented},
    {"colocation", whole, rented},
    {"housing", whole, rented},

    // A server by its number, at a hoster; but operators number their own servers by these words too.
    {"srv", whole, machine},
    {"server", suffix, machine},
    {"servers", whole, machine},
    {"serveur", whole, machine},   // French
    {"servidor", whole, machine},  // Spanish, Portuguese
    {"node", whole, machine},
    {"root", whole, machine},
    {"vm", whole, machine},
    {"hv", whole, machine},  // hypervisor
    {"ct", whole, machine},  // container
    {"kvm", whole, machine},
    {"xen", whole, machine},
    {"cvm", whole, machine},  // cloud virtual machine
    {"virtual", whole, machine},
    {"compute", whole, machine},
    {"cloud", whole, machine},

    // Words that say no more than "an address".
    {"ip", whole, address},
    {"ips", whole, address},
    {"ipaddr", whole, address},
    {"ipaddress", whole, address},
    {"ipadr", whole, address},
    {"adresse", whole, address},    // German, French, Scandinavian
    {"direccion", whole, address},  // Spanish
    {"endereco", whole, address},   // Portuguese
    {"addr", whole, address},
    {"address", whole, address},
    {"inetnum", whole, address},
    {"inet", whole, address},
    {"host", whole, address},
    {"hosts", whole, address},
    {"h", whole, address},
    {"hst", whole, address},
    {"hostip", whole, address},
    {"rev", whole, address},
    {"revip", whole, address},
    {"reverse", inside, address},
    {"reverso", whole, address},  // Spanish, Portuguese
    {"rdns", whole, address},
    {"revdns", whole, address},
    {"ptr", whole, address},
    {"arpa", whole, address},
    {"unassigned", inside, address},
    {"unallocated", inside, address},
    {"unused", inside, address},
    {"reserved", inside, address},
    {"inaddr", whole, address},
    {"inversa", whole, address},  // Spanish, Italian
    {"iprev", whole, address},
    {"subnet", prefix, address},
    {"network", whole, address},
    {"netblock", whole, address},
    {"cidr", whole, address},
    {"block", whole, address},
    {"lease", whole, address},

    // One letter, or a word that says as little, before a number.
    {"net", whole, vague},
    {"priv", whole, vague},
    {"private", whole, vague},
    {"usr", whole, vague},  // user
    {"clt", whole, vague},  // client
    {"cl", whole, vague},
    {"range", whole, vague},
    {"local", whole, vague},
    {"u", whole, vague},  // user, unit
    {"c", whole, vague},  // client, customer
    {"d", whole, vague},  // dynamic, dial-in
    {"p", whole, vague},  // port
    {"v", whole, vague},  // virtual server
    {"s", whole, vague},  // server

    // Mail hosts. Words that are places or other things too are rows of role: they count in the first label alone.
    {"mail", inside, mail},
    {"smtp", inside, mail},
    {"mta", prefix, mail},
    {"mta", suffix, mail},
    // In a longer word mx may be anything (Mexico, a product, two initials).
    {"mx", whole, mail},
    {"mxa", whole, mail},
    {"mxb", whole, mail},
    {"mxs", whole, mail},
    {"mxi", whole, mail},
    {"mxo", whole, mail},
    {"mxgw", whole, mail},
    {"imx", whole, mail},
    {"omx", whole, mail},
    {"smx", whole, mail},
    {"amx", whole, mail},
    {"vmx", whole, role},  // a virtual machine too
    {"nmx", whole, mail},
    {"altmx", whole, mail},
    {"inmx", whole, mail},
    {"outmx", whole, mail},
    {"backupmx", whole, mail},
    {"mxbackup", whole, mail},
    {"mxhost", whole, mail},
    {"mxfilter", whole, mail},
    {"mxcluster", whole, mail},
    {"mxout", inside, mail},
    {"mxin", whole, mail},
    {"mxgate", inside, mail},
    {"mout", inside, mail},
    {"mgw", suffix, mail},
    {"mr", whole, role},  // mail relay
    {"obound", inside, mail},
    {"ironport", inside, mail},
    {"esa", whole, role},  // Cisco email security appliance
    {"esg", whole, mail},  // email security gateway
    {"seg", whole, role},  // secure email gateway
    {"zimbra", inside, mail},
    {"msa", whole, role},  // mail submission agent
    {"mda", whole, role},  // mail delivery agent
    {"bulk", whole, role},
    {"campaign", inside, mail},
    {"imap", inside, mail},
    {"pop", whole, role},
    {"relay", inside, mail},
    {"outbound", inside, mail},
    {"inbound", inside, mail},
    {"outgoing", inside, mail},
    {"out", suffix, role},
    {"sender", inside, mail},
    {"send", prefix, role},
    {"msg", whole, role},
    {"postfix", inside, mail},
    {"exim", whole, role},
    {"newsletter", inside, mail},
    {"bounce", inside, mail},
    {"lists", whole, role},
    {"listserv", inside, role},
    {"spam", inside, mail},
    {"virus", inside, mail},  // filters
    {"exchange", whole, role},
    {"correo", inside, mail},   // Spanish
    {"correio", inside, mail},  // Portuguese
    {"poczta", inside, mail},   // Polish
    {"post", whole, role},
    {"posta", whole, role},     // Italian, Turkish, Czech
    {"pochta", whole, mail},    // Russian
    {"courriel", whole, mail},  // French

    // Servers with another role.
    {"svc", whole, role},   // service
    {"svcs", whole, role},  // services
    {"deliver", inside, role},
    {"blast", whole, role},
    {"promo", inside, mail},
    {"marketing", inside, mail},
    {"notify", inside, role},
    {"noreply", inside, mail},
    {"edm", whole, role},       // electronic direct mail
    {"mkt", suffix, mail},      // marketing
    {"envio", prefix, mail},    // Spanish, Portuguese: sending
    {"boletin", prefix, mail},  // Spanish: newsletter
    {"bulten", inside, mail},   // Turkish: newsletter
    {"voip", whole, role},
    {"sip", whole, role},
    {"pbx", whole, role},
    {"www", prefix, role},
    {"web", prefix, role},
    {"ns", whole, role},
    {"dns", whole, role},
    {"res", whole, role},   // resolver; residential too
    {"rdns", whole, role},  // recursive DNS; a placeholder where no number follows
    {"ftp", whole, role},
    {"vpn", inside, role},
    {"proxy", inside, role},
    {"gw", whole, role},
    {"bgp", whole, role},
    {"router", inside, role},
    {"nat", whole, role},
    {"gate", inside, role},
    {"fw", whole, role},
    {"firewall", whole, role},
    {"lb", whole, role},  // load balancer
    {"db", whole, role},
    {"sql", inside, role},
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
    {"laptop", inside, role},
    {"desktop", inside, role},
    {"notebook", inside, role},
    {"workstation", inside, role},
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

/// Where in a sorted table the texts with each first letter begin.
template <class Table>
constexpr std::array<std::size_t, 27> beginnings(const Table& table) {
    std::array<std::size_t, 27> first{};
    for (std::size_t letter = 0; letter < 27; ++letter) {
        std::size_t i = 0;
        while (i < table.size() && static_cast<std::size_t>(table[i].text[0] - 'a') < letter) ++i;
        first[letter] = i;
    }
    return first;
}

constexpr auto first_of_letter = beginnings(words);

bool stands_there(const Word& word, std::string_view letters, std::size_t at) {
    // Cheap refusals first: this runs for every letter of every name.
    const std::size_t end = at + word.text.size();
    if (end > letters.size()) return false;
    if (at != 0 && (word.place == whole || word.place == prefix)) return false;
    if (end != letters.size() && (word.place == whole || word.place == suffix)) return false;
    if (word.text.back() != letters[end - 1]) return false;
    return letters.compare(at, word.text.size(), word.text) == 0;
}

bool is_longer(const Word& word, const Word* than) {
    return than == nullptr || word.text.size() > than->text.size();
}

/// True where another word begins like this one: fiberglass, dslr. Endings (clientes, modems) make no other word.
bool is_beginning_only(const Word& word, std::string_view letters, std::size_t at) {
    constexpr std::size_t longest_ending = 2;
    constexpr std::size_t least_stem = 5;
    const std::size_t rest = letters.size() - at - word.text.size();
    return at == 0 && rest > (word.text.size() < least_stem ? 0 : longest_ending);
}

bool is_chosen(WordKind kind) {
    return kind == mail || kind == role;
}

constexpr std::string_view desk_words[] = {"pc", "nb", "ws", "wks", "lt", "mac", "imac", "tp"};

}  // namespace

Meaning meaning_of(std::string_view letters) {
    Meaning meaning;
    for (std::size_t at = 0; at < letters.size(); ++at) {
        const auto letter = static_cast<std::size_t>(letters[at] - 'a');
        for (std::size_t i = first_of_letter[letter]; i < first_of_letter[letter + 1]; ++i) {
            if (!stands_there(words[i], letters, at)) continue;
            if (is_chosen(words[i].kind)) {
                if (is_longer(words[i], meaning.chosen)) meaning.chosen = &words[i];
                continue;
            }
            const bool begins_other = is_beginning_only(words[i], letters, at);
            const bool better =
                begins_other == meaning.provider_begins_other ? is_longer(words[i], meaning.provider) : !begins_other;
            if (meaning.provider != nullptr && !better) continue;
            meaning.provider = &words[i];
            meaning.provider_begins_other = begins_other;
        }
    }
    return meaning;
}

bool is_desk_word(std::string_view letters) {
    return std::find(std::begin(desk_words), std::end(desk_words), letters) != std::end(desk_words);
}

}  // namespace fcrdns
