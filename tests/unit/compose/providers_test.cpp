// SPDX-License-Identifier: MIT
#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catch.hpp"
#include "fcrdns/provider.hpp"

using namespace fcrdns;

namespace {

DnsName name(std::string_view text) {
    return DnsName::from_text(text).value();
}

Soa zone(std::string_view mname, std::string_view rname) {
    Soa soa;
    soa.zone = name("113.0.203.in-addr.arpa");
    soa.mname = name(mname);
    soa.rname = name(rname);
    return soa;
}

std::string_view provider_of(const Soa* reverse_zone, std::string_view ptr_name = {}) {
    const DnsName ptr = ptr_name.empty() ? DnsName() : name(ptr_name);
    const ProviderAdvice* advice = provider_advice(reverse_zone, ptr_name.empty() ? nullptr : &ptr);
    return advice == nullptr ? "none" : advice->provider;
}

std::string_view provider_of(const Soa& reverse_zone, std::string_view ptr_name = {}) {
    return provider_of(&reverse_zone, ptr_name);
}

struct Case {
    std::string_view mname, rname, ptr_name, provider;
};

// Records and names that were seen, except for the last rows.
constexpr Case cases[] = {
    {"ns-1511.awsdns-60.org", "awsdns-hostmaster.amazon.com", "", "Amazon Web Services"},
    {"", "", "ec2-44-202-251-70.compute-1.amazonaws.com", "Amazon Web Services"},
    {"ns1-04.azure-dns.com", "msnhst.microsoft.com", "", "Microsoft Azure"},
    {"", "", "contosoapp1.northus.cloudapp.azure.com", "Microsoft Azure"},
    {"", "", "contosoapp1.cloudapp.net", "Microsoft Azure"},
    {"ns1.digitalocean.com", "hostmaster.example", "", "DigitalOcean"},
    {"ns-gce-public1.googledomains.com", "hostmaster.example", "", "Google Cloud"},
    {"", "", "77.62.105.34.bc.googleusercontent.com", "Google Cloud"},
    {"ns1.your-server.de", "postmaster.your-server.de", "", "Hetzner"},
    {"hydrogen.ns.hetzner.com", "dns.hetzner.com", "", "Hetzner"},
    {"", "", "static.10.2.0.192.clients.your-server.de", "Hetzner"},
    {"", "", "ip87-106-117-14.pbiaas.com", "IONOS Cloud"},
    {"", "", "192-0-2-10.ip.linodeusercontent.com", "Akamai Linode"},
    {"", "", "li10-192.members.linode.com", "Akamai Linode"},
    {"ns1.p201.dns.oraclecloud.net", "hostmaster.example", "", "Oracle Cloud"},
    {"", "", "vps-d0669a91.vps.ovh.net", "OVHcloud"},
    {"dns200.anycast.me", "tech.ovh.net", "", "OVHcloud"},
    {"", "", "10-2-0-192.instances.scw.cloud", "Scaleway"},
    {"", "", "45.32.121.222.vultrusercontent.com", "Vultr"},
    {"ns1.vultr.com", "hostmaster.example", "", "Vultr"},
    // Zones of people who use the same company's domains for something else, and unknown ones.
    {"ns-cloud-a1.googledomains.com", "cloud-dns-hostmaster.google.com", "", "none"},
    {"ns1.isp.example", "hostmaster.isp.example", "mail.example.com", "none"},
};

std::optional<Soa> zone_of(const Case& row) {
    return row.mname.empty() ? std::nullopt : std::optional(zone(row.mname, row.rname));
}

std::vector<const ProviderAdvice*> all_advice() {
    std::vector<const ProviderAdvice*> found;
    for (const auto& c : cases) {
        const DnsName ptr = c.ptr_name.empty() ? DnsName() : name(c.ptr_name);
        const auto soa = zone_of(c);
        const ProviderAdvice* advice = provider_advice(soa ? &*soa : nullptr, &ptr);
        if (advice != nullptr) {
            found.push_back(advice);
        }
    }
    return found;
}

}  // namespace

TEST_CASE("the provider is known by its reverse zone or its default names") {
    for (const auto& c : cases) {
        CAPTURE(c.mname, c.rname, c.ptr_name);
        const auto soa = zone_of(c);
        CHECK(provider_of(soa ? &*soa : nullptr, c.ptr_name) == c.provider);
    }
}

TEST_CASE("domains match on label boundaries, whatever the case") {
    CHECK(provider_of(nullptr, "EC2-1.Compute.AMAZONAWS.com") == "Amazon Web Services");
    CHECK(provider_of(nullptr, "amazonaws.com") == "Amazon Web Services");
    CHECK(provider_of(nullptr, "mail.notamazonaws.com") == "none");
    CHECK(provider_of(nullptr, "amazonaws.com.attacker.example") == "none");
    CHECK(provider_of(nullptr, "com") == "none");
    // One label that holds dots: "x.amazonaws" . "com"
    CHECK(provider_of(nullptr, R"(x\.amazonaws.com)") == "none");
}

TEST_CASE("the mailbox of the RNAME is no part of its domain") {
    // hetzner.com as the mailbox hetzner at com
    CHECK(provider_of(zone("ns1.isp.example", "hetzner.com")) == "none");
    CHECK(provider_of(zone("ns1.isp.example", R"(dns\.admin.hetzner.com)")) == "Hetzner");
}

TEST_CASE("who runs the zone counts before what the name looks like") {
    CHECK(provider_of(zone("ns1.digitalocean.com", "hostmaster.example"), "x.vps.ovh.net") == "DigitalOcean");
    CHECK(provider_of(zone("ns1.isp.example", "hostmaster.isp.example"), "x.vps.ovh.net") == "OVHcloud");
}

TEST_CASE("an empty SOA and no name say nothing") {
    CHECK(provider_advice(nullptr, nullptr) == nullptr);
    const Soa empty{};
    CHECK(provider_advice(&empty, nullptr) == nullptr);
    const DnsName root{};
    CHECK(provider_advice(&empty, &root) == nullptr);
}

TEST_CASE("every row is one sentence with a source and a day") {
    REQUIRE(all_advice().size() >= 11);
    for (const ProviderAdvice* advice : all_advice()) {
        CAPTURE(advice->provider);
        CHECK(advice->sentence.ends_with('.'));
        CHECK(advice->sentence.find(". ") == std::string_view::npos);
        CHECK(advice->source.starts_with("https://"));
        CHECK(advice->read_on.size() == std::string_view("2026-11-24").size());
        const std::string words = std::string(advice->sentence).append(advice->command);
        CHECK(std::all_of(words.begin(), words.end(), [](char c) { return c >= ' ' && c <= '~'; }));
        const std::string command = filled(advice->command, *IpAddress::parse("192.0.2.10"), "mail.example.com");
        CHECK(command.find_first_of("{}") == std::string::npos);
        CHECK((command.empty() || command.find("mail.example.com") != std::string::npos));
    }
}

TEST_CASE("a command is filled in") {
    const auto v4 = *IpAddress::parse("192.0.2.10");
    const auto v6 = *IpAddress::parse("2001:DB8::A");
    CHECK(filled("set {ip} {name}", v4, "mail.example.com") == "set 192.0.2.10 mail.example.com");
    CHECK(filled("set-{family} {ip}", v4, "mail.example.com") == "set-ipv4 192.0.2.10");
    CHECK(filled("set-{family} {ip}", v6, "mail.example.com") == "set-ipv6 2001:db8::a");
    CHECK(filled("{name}. {name}", v4, "mail.example.com.") == "mail.example.com. mail.example.com");
    CHECK(filled("ID {other} {", v4, "mail.example.com") == "ID {other} {");
    CHECK(filled("", v4, "mail.example.com").empty());
}

TEST_CASE("nothing that is no host name reaches a command") {
    const auto ip = *IpAddress::parse("192.0.2.10");
    for (const std::string hostile : {"x; reboot", "$(reboot).example", "-rf.example", "`id`", "{ip}", "", "a b",
                                      "a\nb", R"(a\010b.example)", "192.0.2.10"}) {
        CAPTURE(hostile);
        CHECK(filled("set {name}", ip, hostile) == "set your.mail.host.name");
    }
}
