// SPDX-License-Identifier: MIT
// Tables of placeholders' words; what is no English is explained beside it.
#include "judge/generic/placeholder_words.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>

namespace fcrdns {
namespace {

using enum Sense;

// No other word begins with these.
constexpr std::string_view open_placeholders[] = {"unassigned", "unallocated", "noreverse", "nordns", "norevdns"};

constexpr Placeholder unsorted_placeholders[] = {
    // Nothing is set.
    {"nohostname", Extent::whole},
    {"notconfigured", Extent::beginning},
    {"notassigned", Extent::beginning},
    {"notallocated", Extent::beginning},
    {"notdefined", Extent::beginning},
    {"notset", Extent::beginning},
    {"notused", Extent::beginning},
    {"notinuse", Extent::beginning},
    {"unresolved", Extent::whole},
    {"unregistered", Extent::beginning},
    {"unprovisioned", Extent::beginning},
    {"unidentified", Extent::whole},
    {"unused", Extent::beginning},
    {"unknown", Extent::beginning},
    {"unknownhost", Extent::whole},
    {"undefined", Extent::beginning},
    {"unspecified", Extent::beginning},
    {"unset", Extent::beginning},
    {"unconfigured", Extent::beginning},
    {"undelegated", Extent::beginning},
    {"unnamed", Extent::beginning},
    {"undef", Extent::whole},
    {"subnet", Extent::whole},
    {"netblock", Extent::whole},
    {"noptr", Extent::beginning},
    {"nodns", Extent::beginning},
    {"noname", Extent::beginning},
    {"nohost", Extent::whole},
    {"nodata", Extent::whole},
    {"norev", Extent::whole},
    {"noip", Extent::whole},
    {"allocated", Extent::whole},
    {"assigned", Extent::whole},
    {"available", Extent::whole},
    {"placeholder", Extent::beginning},
    {"reserved", Extent::beginning},
    {"localhost", Extent::whole},
    {"changeme", Extent::whole},
    {"change-me", Extent::whole},
    {"setrdns", Extent::whole},
    {"setptr", Extent::whole},
    {"setreverse", Extent::whole},
    {"sinreverso", Extent::whole},
    {"semreverso", Extent::whole},
    {"nxdomain", Extent::whole},
    {"vacant", Extent::whole},
    {"default", Extent::whole},
    {"generic", Extent::whole},
    {"reservado", Extent::whole},        // Spanish, Portuguese
    {"indefinido", Extent::whole},       // Spanish, Portuguese
    {"desconocido", Extent::whole},      // Spanish: unknown
    {"desconhecido", Extent::whole},     // Portuguese
    {"sconosciuto", Extent::whole},      // Italian
    {"inconnu", Extent::whole},          // French
    {"unbekannt", Extent::whole},        // German
    {"unbelegt", Extent::whole},         // German: not in use
    {"unbenutzt", Extent::whole},        // German
    {"reserviert", Extent::whole},       // German
    {"onbekend", Extent::whole},         // Dutch
    {"ongebruikt", Extent::whole},       // Dutch
    {"gereserveerd", Extent::whole},     // Dutch
    {"okand", Extent::whole},            // Swedish
    {"ukjent", Extent::whole},           // Norwegian
    {"ukendt", Extent::whole},           // Danish
    {"reserverad", Extent::whole},       // Swedish
    {"reservert", Extent::whole},        // Norwegian
    {"nieznany", Extent::whole},         // Polish
    {"nieprzypisany", Extent::whole},    // Polish: not assigned
    {"nieprzydzielony", Extent::whole},  // Polish: not allotted
    {"zarezerwowany", Extent::whole},    // Polish
    {"rezerwacja", Extent::whole},       // Polish
    {"neznamy", Extent::whole},          // Czech
    {"neprideleno", Extent::whole},      // Czech: not allotted
    {"neprirazeno", Extent::whole},      // Czech: not assigned
    {"nepouzito", Extent::whole},        // Czech: not used
    {"rezervovano", Extent::whole},      // Czech
    {"rezerva", Extent::whole},          // Czech, Romanian
    {"rezerv", Extent::whole},           // Russian, Turkish
    {"svoboden", Extent::whole},         // Russian, Bulgarian: free
    {"svobodno", Extent::whole},         // Russian
    {"nealocat", Extent::whole},         // Romanian
    {"nedefinit", Extent::whole},        // Romanian
    {"tanimsiz", Extent::whole},         // Turkish: undefined
    {"ismeretlen", Extent::whole},       // Hungarian: unknown
    // Of an address a hoster says so.
    {"free", Extent::hoster},
    {"network", Extent::hoster},
    {"ip", Extent::hoster},
    {"ips", Extent::hoster},
    {"vps", Extent::hoster},
    {"vds", Extent::hoster},
    {"dedi", Extent::hoster},
    {"protected", Extent::hoster},
    {"hosted", Extent::hoster},
    {"spare", Extent::hoster},
    {"empty", Extent::hoster},
    {"blank", Extent::hoster},
    {"null", Extent::hoster},
    {"none", Extent::hoster},
    {"dummy", Extent::hoster},
    {"hostedby", Extent::beginning},
    {"hostby", Extent::whole},
    {"connectedby", Extent::whole},
    {"poweredby", Extent::whole},
    // Whom the provider serves, and no more: one of them, since the portal for them is named by the plural.
    {"cust", Extent::whole},
    {"customer", Extent::whole},
    {"customers", Extent::whole},
    {"client", Extent::whole},
    {"cliente", Extent::whole},
    {"clientes", Extent::whole},
    {"subscriber", Extent::whole},
    {"subscribers", Extent::whole},
    {"user", Extent::direct},
    {"users", Extent::direct},  // users.physics is a faculty's server of home pages
    {"residential", Extent::whole},
    {"assinante", Extent::whole},   // Portuguese
    {"abonado", Extent::whole},     // Spanish
    {"suscriptor", Extent::whole},  // Spanish
    {"abonne", Extent::whole},      // French
    {"kunde", Extent::whole},       // German, Danish, Norwegian
    {"kund", Extent::whole},        // Swedish
    {"klant", Extent::whole},       // Dutch
    {"asiakas", Extent::whole},     // Finnish
    {"abonent", Extent::whole},     // Slavic languages
    {"klient", Extent::whole},      // Polish, Czech, Russian
    {"zakaznik", Extent::whole},    // Czech
    {"abonat", Extent::whole},      // Romanian
    {"ugyfel", Extent::whole},      // Hungarian
    {"elofizeto", Extent::whole},   // Hungarian: subscriber
    {"musteri", Extent::whole},     // Turkish
    {"abone", Extent::whole},       // Turkish: subscriber
    {"pelanggan", Extent::whole},   // Indonesian
    // A kind of address, and no more.
    {"static", Extent::whole},
    {"pool", Extent::whole},
    {"ppp", Extent::whole},
    {"dynamic", Extent::whole},
    {"broadband", Extent::whole},
    {"adsl", Extent::carrier},
    {"vdsl", Extent::carrier},
    {"xdsl", Extent::carrier},
    {"pppoe", Extent::whole},
    {"dialup", Extent::whole},
    {"leasedline", Extent::whole},
    {"leased-line", Extent::whole},
    {"ftth", Extent::carrier},
    {"fttb", Extent::carrier},
    {"fttx", Extent::carrier},
    {"gpon", Extent::carrier},
    {"colo", Extent::whole},
    {"dedicated", Extent::whole},
    {"fixip", Extent::whole},
    {"ipfija", Extent::whole},    // Spanish
    {"ipfijo", Extent::whole},    // Spanish
    {"dinamico", Extent::whole},  // Spanish, Portuguese, Italian
    {"estatico", Extent::whole},  // Spanish, Portuguese
    {"statisch", Extent::whole},  // German, Dutch
    {"ippool", Extent::whole},
    {"reverse", Extent::whole},
    {"reversedns", Extent::whole},
    {"revdns", Extent::whole},
    {"rdns", Extent::whole},
    {"ptr", Extent::whole},
    {"rev", Extent::whole},
    {"cgnat", Extent::whole},
    {"cgn", Extent::whole},
    {"colocation", Extent::whole},
    {"ptr-record", Extent::beginning},
    {"no-reverse", Extent::beginning},
    {"no-hostname", Extent::beginning},
};

/// A table in the order of its texts, to be searched.
template <class Row, std::size_t N>
constexpr std::array<Row, N> sorted(const Row (&rows)[N]) {
    std::array<Row, N> table{};
    std::copy(std::begin(rows), std::end(rows), table.begin());
    std::sort(table.begin(), table.end(), [](const Row& a, const Row& b) { return a.text < b.text; });
    return table;
}

template <class Table>
const typename Table::value_type* find_in(const Table& table, std::string_view text) {
    const auto at = std::lower_bound(table.begin(), table.end(), text,
                                     [](const auto& row, std::string_view wanted) { return row.text < wanted; });
    return at != table.end() && at->text == text ? &*at : nullptr;
}

constexpr auto placeholders = sorted(unsorted_placeholders);

// Words that make a placeholder only together: no-reverse-yet, this-address-is-not-in-use, cliente-ip-fijo. Words for
// kinds of addresses and for customers come from the table of words.
constexpr Vocable unsorted_vocabulary[] = {
    // No, not, without: with what is not set.
    {"no", negation},
    {"not", negation},
    {"non", negation},  // Italian, French
    {"none", negation},
    {"sin", negation},    // Spanish
    {"sem", negation},    // Portuguese
    {"nao", negation},    // Portuguese
    {"senza", negation},  // Italian
    {"sans", negation},   // French
    {"nicht", negation},  // German
    {"kein", negation},   // German
    {"keine", negation},  // German
    {"niet", negation},   // Dutch
    {"geen", negation},   // Dutch
    {"ej", negation},     // Swedish
    {"ikke", negation},   // Danish, Norwegian
    {"nie", negation},    // Polish
    {"brak", negation},   // Polish
    {"bez", negation},    // Polish, Czech
    {"nema", negation},   // Serbian, Croatian
    {"nincs", negation},  // Hungarian
    {"yok", negation},    // Turkish
    {"tidak", negation},  // Indonesian
    {"belum", negation},  // Indonesian: not yet
    {"fara", negation},   // Romanian
    // That nothing is set.
    {"nothing", nothing},
    {"missing", nothing},
    {"default", nothing},
    {"generic", nothing},
    {"placeholder", nothing},
    {"undefined", nothing},
    {"unknown", nothing},
    {"unregistered", nothing},
    {"unconfigured", nothing},
    {"unspecified", nothing},
    {"unnamed", nothing},
    {"unset", nothing},
    // That nobody has the address.
    {"free", vacant},
    {"spare", vacant},
    {"available", vacant},
    {"vacant", vacant},
    {"empty", vacant},
    {"assigned", nothing},
    {"allocated", nothing},
    {"reserved", nothing},
    {"unused", nothing},
    {"unassigned", nothing},
    {"unallocated", nothing},
    {"delegated", nothing},
    {"protected", vacant},
    {"leased", vacant},
    {"libre", vacant},        // Spanish, French
    {"livre", vacant},        // Portuguese
    {"libero", vacant},       // Italian
    {"reservado", nothing},   // Spanish, Portuguese
    {"asignado", nothing},    // Spanish
    {"asignada", nothing},    // Spanish
    {"frei", vacant},         // German
    {"freie", vacant},        // German
    {"reserviert", nothing},  // German
    {"ledig", vacant},        // Swedish, Norwegian
    {"wolny", vacant},        // Polish
    {"wolne", vacant},        // Polish
    {"volna", vacant},        // Czech
    {"volny", vacant},        // Czech
    {"liber", vacant},        // Romanian
    {"szabad", vacant},       // Hungarian
    // The reverse name.
    {"reverse", reverse},
    {"rev", reverse},
    {"rdns", reverse},
    {"revdns", reverse},
    {"ptr", reverse},
    {"reverso", reverse},  // Spanish, Portuguese
    {"inverso", reverse},  // Spanish, Portuguese, Italian
    {"reversa", reverse},  // Spanish, Portuguese
    {"inversa", reverse},  // Spanish, Italian
    // What a hoster lets.
    {"server", server},
    {"servers", server},

    // What stands between.
    {"a", glue},
    {"add", glue},
    {"adres", glue},  // Dutch, Polish, Turkish
    {"an", glue},
    {"and", glue},
    {"apnic", glue},
    {"arin", glue},
    {"as", glue},
    {"assegnato", glue},   // Italian
    {"assigne", glue},     // French
    {"asignar", glue},     // Spanish
    {"attribue", glue},    // French
    {"attribuito", glue},  // Italian
    {"been", glue},
    {"belegt", glue},   // German
    {"benutzt", glue},  // German
    {"block", glue},
    {"by", glue},
    {"change", glue},
    {"changed", glue},
    {"configurado", glue},  // Spanish, Portuguese
    {"configurada", glue},  // Spanish, Portuguese
    {"configurato", glue},  // Italian
    {"configure", glue},    // French, too
    {"configured", glue},
    {"de", glue},  // Spanish, Portuguese, French
    {"defined", glue},
    {"defini", glue},    // French
    {"definido", glue},  // Spanish, Portuguese
    {"definida", glue},  // Spanish, Portuguese
    {"definito", glue},  // Italian
    {"ddos", glue},
    {"dns", glue},
    {"edit", glue},
    {"entry", glue},
    {"exist", glue},
    {"for", glue},
    {"found", glue},
    {"from", glue},
    {"gebruik", glue},  // Dutch
    {"has", glue},
    {"have", glue},
    {"here", glue},
    {"hostname", glue},
    {"hostnames", glue},
    {"in", glue},
    {"is", glue},
    {"konfiguriert", glue},  // German
    {"lacnic", glue},
    {"me", glue},
    {"my", glue},
    {"name", glue},
    {"names", glue},
    {"new", glue},
    {"nombre", glue},  // Spanish
    {"nom", glue},     // French
    {"nome", glue},    // Portuguese, Italian
    {"of", glue},
    {"on", glue},
    {"or", glue},
    {"our", glue},
    {"please", glue},
    {"provided", glue},
    {"record", glue},
    {"records", glue},
    {"registered", glue},
    {"ripe", glue},
    {"sale", glue},
    {"set", glue},
    {"specified", glue},
    {"the", glue},
    {"this", glue},
    {"tilldelad", glue},  // Swedish
    {"to", glue},
    {"toegewezen", glue},  // Dutch
    {"un", glue},          // Spanish, French, Italian
    {"update", glue},
    {"use", glue},
    {"used", glue},
    {"vergeben", glue},  // German
    {"was", glue},
    {"yet", glue},
    {"you", glue},
    {"your", glue},
    {"zone", glue},
};

constexpr auto vocabulary = sorted(unsorted_vocabulary);

}  // namespace

bool begins_with_placeholder(std::string_view label) {
    return std::any_of(std::begin(open_placeholders), std::end(open_placeholders),
                       [&](std::string_view text) { return label.starts_with(text); });
}

const Placeholder* placeholder_of(std::string_view text) {
    return find_in(placeholders, text);
}

const Vocable* vocable_of(std::string_view letters) {
    return find_in(vocabulary, letters);
}

}  // namespace fcrdns
