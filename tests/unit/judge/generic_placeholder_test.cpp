// SPDX-License-Identifier: MIT
// Placeholders: names without numbers that are given to many addresses, in the languages of
// providers, and names that somebody chose although they are made of such words.
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "catch.hpp"
#include "fcrdns/generic_name.hpp"

using namespace fcrdns;

namespace {

GenericJudgement judge(const std::string& name) {
    return judge_name(DnsName::from_text(name).value(), IpAddress::parse("203.0.113.45"));
}

/// The host, and the part of it that is the placeholder.
constexpr std::pair<std::string_view, std::string_view> placeholders[] = {
    // That nothing is set.
    {"unregistered-ip", "unregistered-ip"},
    {"unassignedip", "unassignedip"},
    {"unallocated-block", "unallocated-block"},
    {"noreversednsset", "noreversednsset"},
    {"reverse.not.defined", "reverse.not.defined"},
    {"rdns.not.set", "rdns.not.set"},
    {"not.used", "not.used"},
    {"not-in-use.city", "not-in-use"},
    {"not-allocated", "not-allocated"},
    {"ip-not-assigned", "ip-not-assigned"},
    {"default", "default"},
    {"default-hostname", "default-hostname"},
    {"defaultreverse", "defaultreverse"},
    {"generic", "generic"},
    {"set-your-rdns", "set-your-rdns"},
    {"change-me", "change-me"},
    {"undelegated", "undelegated"},
    {"no-ptr-12", "no-ptr"},
    {"new-assigned-from-ripe-12-2008", "new-assigned-from-ripe"},
    {"free-ip-12", "free-ip"},
    // In other languages.
    {"nao-configurado", "nao-configurado"},
    {"sem-dns", "sem-dns"},
    {"no-asignada", "no-asignada"},
    {"ip-libre", "ip-libre"},
    {"non-assegnato", "non-assegnato"},
    {"non-attribue", "non-attribue"},
    {"nicht-belegt", "nicht-belegt"},
    {"kein-name", "kein-name"},
    {"unbenutzt", "unbenutzt"},
    {"niet-in-gebruik", "niet-in-gebruik"},
    {"ej-tilldelad", "ej-tilldelad"},
    {"nieprzypisany", "nieprzypisany"},
    {"neprirazeno", "neprirazeno"},
    {"nealocat", "nealocat"},
    {"tanimsiz", "tanimsiz"},
    // Whom it serves, or which kind of address it is.
    {"klient", "klient"},
    {"pelanggan", "pelanggan"},
    {"abonne", "abonne"},
    {"home-user", "home-user"},
    {"customerip", "customerip"},
    {"ipdinamica", "ipdinamica"},
    {"cliente-ip-fijo", "cliente-ip-fijo"},
    {"dedicated-server", "dedicated-server"},
    {"dynamic-adsl-north", "dynamic-adsl"},
    {"reserved-for-customer", "reserved-for-customer"},
    // By whom.
    {"fiber.by", "fiber.by"},
    {"hosting-by", "hosting-by"},
    {"hosting.by", "hosting.by"},
    {"ddos.protected.by", "protected.by"},
    {"proudly-hosted-by", "hosted-by"},
    {"connected.via", "connected.via"},
    {"leased-to", "leased-to"},
    {"x7k.operated-by", "operated-by"},
};

/// Hosts that somebody chose.
constexpr std::string_view chosen[] = {
    "the-client",
    "my-host",
    "new-server",
    "home-network",
    "home-access",
    "free-dns",
    "free-name",
    "free-host",
    "freehost",
    "free",
    "spare",
    "available2u",
    "open-source",
    "no-spam",
    "not2day",
    "the-pool",
    "client-portal",
    "clients",
    "locust",
    "trust",
    "equip",
    "kundenportal",
    "stand-by",
    "nearby",
    "red-by",
    "by-design",
    "www.by",
    "mail.by",
    "reserve-bank",
    "default-mail",
    "clientportal",
    "cableship",
    "fiber-home",
    "mobile-app",
    "static-web",
    "dynamic-dns",
    "dhcp-dns",
    "ip",
    "network",
    "no",
    "new",
    "nombre",
    "assigned2team",
    "generics",
    "defaulted",
    "vacancies",
    "userver",
    "dynamic-adsl-gw",
    "office.dsl",
    "jupiter.by",
    // Of Norway, Singapore, a search engine, and a server of reverse proxies.
    "no-server1",
    "sin-server1",
    "sin-host2",
    "sin-ip1",
    "sin-vps3",
    "sem-server2",
    "reverse-server",
};

}  // namespace

TEST_CASE("a placeholder is one in every language and form") {
    for (const auto& [host, text] : placeholders) {
        const auto judgement = judge(std::string(host) + ".isp.example");
        INFO(host);
        REQUIRE(judgement.match());
        CHECK(judgement.evidence.front().text == text);
        CHECK(judgement.evidence.front().rule->name == "placeholder");
    }
}

TEST_CASE("a name made of such words that somebody chose is no placeholder") {
    for (const std::string_view host : chosen) {
        INFO(host);
        CHECK_FALSE(judge(std::string(host) + ".acme.example").match());
    }
}

TEST_CASE("some words are placeholders only under a hoster's domain") {
    for (const std::string host : {"free", "spare", "ip", "hosted", "empty"}) {
        INFO(host);
        CHECK(judge(host + ".acmehost.example").match());
        CHECK_FALSE(judge(host + ".acme.example").match());
    }
}

TEST_CASE("a domain is a placeholder only where it says that nothing is set, and no host stands before it") {
    CHECK(judge("reverse-not-set.example").match());
    CHECK_FALSE(judge("static-ip.example").match());
    CHECK_FALSE(judge("customer-fiber.example").match());
    CHECK_FALSE(judge("jupiter.reverse-not-set.example").match());
}
