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
    {"user", Extent::whole},
    {"users", Extent::whole},
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
    {"adsl", Extent::whole},
    {"vdsl", Extent::whole},
    {"xdsl", Extent::whole},
    {"pppoe", Extent::whole},
    {"dialup", Extent::whole},
    {"leasedline", Extent::whole},
    {"leased-line", Extent::whole},
    {"ftth", Extent::whole},
    {"fttb", Extent::whole},
    {"fttx", Extent::whole},
    {"gpon", Extent::whole},
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
    // That nothing is set, in the languages of the words below.
    {"no", nothing},
    {"not", nothing},
    {"non", nothing},
    {"none", nothing},
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
    {"sin", nothing},
    {"sem", nothing},
    {"nao", nothing},
    {"senza", nothing},
    {"sans", nothing},
    {"nicht", nothing},
    {"kein", nothing},
    {"keine", nothing},
    {"niet", nothing},
    {"geen", nothing},
    {"ej", nothing},
    {"ikke", nothing},
    {"nie", nothing},
    {"brak", nothing},
    {"bez", nothing},
    {"nema", nothing},
    {"nincs", nothing},
    {"yok", nothing},
    {"tidak", nothing},
    {"belum", nothing},
    {"fara", nothing},
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
    {"libre", vacant},
    {"livre", vacant},
    {"libero", vacant},
    {"reservado", nothing},
    {"asignado", nothing},
    {"asignada", nothing},
    {"frei", vacant},
    {"freie", vacant},
    {"reserviert", nothing},
    {"ledig", vacant},
    {"wolny", vacant},
    {"wolne", vacant},
    {"volna", vacant},
    {"volny", vacant},
    {"liber", vacant},
    {"szabad", vacant},
    // The reverse name.
    {"reverse", reverse},
    {"rev", reverse},
    {"rdns", reverse},
    {"revdns", reverse},
    {"ptr", reverse},
    {"reverso", reverse},
    {"inverso", reverse},
    {"reversa", reverse},
    {"inversa", reverse},
    // What a hoster lets.
    {"server", server},
    {"servers", server},

    // What stands between.
    {"a", glue},
    {"add", glue},
    {"adres", glue},
    {"an", glue},
    {"and", glue},
    {"apnic", glue},
    {"arin", glue},
    {"as", glue},
    {"assegnato", glue},
    {"assigne", glue},
    {"asignar", glue},
    {"attribue", glue},
    {"attribuito", glue},
    {"been", glue},
    {"belegt", glue},
    {"benutzt", glue},
    {"block", glue},
    {"by", glue},
    {"change", glue},
    {"changed", glue},
    {"configurado", glue},
    {"configurada", glue},
    {"configurato", glue},
    {"configure", glue},
    {"configured", glue},
    {"de", glue},
    {"defined", glue},
    {"defini", glue},
    {"definido", glue},
    {"definida", glue},
    {"definito", glue},
    {"ddos", glue},
    {"dns", glue},
    {"edit", glue},
    {"entry", glue},
    {"exist", glue},
    {"for", glue},
    {"found", glue},
    {"from", glue},
    {"gebruik", glue},
    {"has", glue},
    {"have", glue},
    {"here", glue},
    {"hostname", glue},
    {"hostnames", glue},
    {"in", glue},
    {"is", glue},
    {"konfiguriert", glue},
    {"lacnic", glue},
    {"me", glue},
    {"my", glue},
    {"name", glue},
    {"names", glue},
    {"new", glue},
    {"nombre", glue},
    {"nom", glue},
    {"nome", glue},
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
    {"tilldelad", glue},
    {"to", glue},
    {"toegewezen", glue},
    {"un", glue},
    {"update", glue},
    {"use", glue},
    {"used", glue},
    {"vergeben", glue},
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
