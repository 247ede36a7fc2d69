// SPDX-License-Identifier: MIT
// The recogniser of generic names: names in the shapes that providers and operators use,
// invented on documentation addresses, and properties over random ones (seeds are printed).
#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "catch.hpp"
#include "fcrdns/generic_name.hpp"

using namespace fcrdns;

namespace {

std::optional<IpAddress> address_of(std::string_view text) {
    return text.empty() ? std::nullopt : IpAddress::parse(text);
}

GenericJudgement judge(std::string_view address, std::string_view name) {
    return judge_name(DnsName::from_text(name).value(), address_of(address));
}

std::string rules_of(const GenericJudgement& judgement) {
    std::string text;
    for (const GenericEvidence& clue : judgement.evidence) {
        if (!text.empty()) text += ' ';
        text.append(clue.text).append("=").append(clue.rule->name);
    }
    return text;
}

bool has(const GenericJudgement& judgement, std::string_view text, std::string_view rule) {
    return std::any_of(judgement.evidence.begin(), judgement.evidence.end(),
                       [&](const GenericEvidence& clue) { return clue.text == text && clue.rule->name == rule; });
}

struct Case {
    std::string_view address;
    std::string_view name;
    std::string_view text;
    std::string_view rule;
};

// Every address form: what is found where.
constexpr Case address_cases[] = {
    {"192.0.2.77", "192-0-2-77.isp.example", "192-0-2-77", "full_address"},
    {"192.0.2.77", "192.0.2.77.isp.example", "192.0.2.77", "full_address"},
    {"192.0.2.77", "77.2.0.192.rev.isp.example", "77.2.0.192", "full_address"},
    {"192.0.2.77", "77-192-0-2.isp.example", "77-192-0-2", "full_address"},
    {"192.0.2.77", "192x0x2x77.isp.example", "192x0x2x77", "full_address"},
    {"192.0.2.77", "host192-0-2-77.isp.example", "192-0-2-77", "full_address"},
    {"192.0.2.77", "077.net2-0-192.isp.example", "077.net2-0-192", "full_address"},
    {"192.0.2.77", "192.000.002.077.isp.example", "192.000.002.077", "full_address"},
    {"192.0.2.77", "x-0-2-77.isp.example", "0-2-77", "three_octets"},
    {"192.0.2.77", "77.2.0.x.isp.example", "77.2.0", "three_octets"},
    {"192.0.2.77", "192-0-xxx-77.isp.example", "192-0-xxx-77", "three_octets"},
    {"198.51.100.219", "a219.sub100.net198.isp.example", "219.sub100.net198", "three_octets"},
    {"203.0.113.45", "line113-45.isp.example", "113-45", "two_octets"},
    {"203.0.113.45", "45.113.isp.example", "45.113", "two_octets"},
    {"192.0.2.77", "pc000024d.isp.example", "c000024d", "hex_address"},
    {"203.0.113.45", "2d7100cb.isp.example", "2d7100cb", "reversed_hex_address"},
    {"203.0.113.45", "3405803821.isp.example", "3405803821", "decimal_address"},
    {"203.0.113.45", "x31300070455.isp.example", "31300070455", "octal_address"},
    {"203.0.113.45", "0313-0000-0161-0055.isp.example", "0313-0000-0161-0055", "octal_address"},
    {"203.0.113.45", "c203000113045.isp.example", "203000113045", "packed_address"},
    {"198.51.100.219", "d19851100219.isp.example", "19851100219", "packed_address"},
    {"203.0.113.45", "cadaaabbdaef.isp.example", "cadaaabbdaef", "lettered_address"},
    {"203.0.113.45", "ywbxlq.isp.example", "ywbxlq", "base64_address"},
    {"203.0.113.45", "dlahet.isp.example", "dlahet", "base64_address"},
    {"203.0.113.45", "1kbq71p.isp.example", "1kbq71p", "base36_address"},
    {"198.51.100.219", "node-jx7.dynamic.isp.example", "jx7", "base36_address"},
    {"203.0.113.45", "m-712d.dynamic.isp.example", "712d", "hex_part"},
    {"203.0.113.45", "host45.isp.example", "45", "last_octet"},
    {"203.0.113.45", "line45.isp.example", "45", "last_octet"},
    {"203.0.113.45", "x.port45.isp.example", "45", "last_octet"},
    {"203.0.113.45", "13-45.host.isp.example", "45", "last_octet"},
    {"203.0.113.45", "pc104045.isp.example", "045", "last_octet"},
    {"203.0.113.245", "pc21245.isp.example", "245", "last_octet"},
    {"203.0.113.7", "customer7.isp.example", "7", "last_octet"},
    {"203.0.113.219", "pt219.city.region.isp.example", "219", "last_octet"},
    {"203.0.113.45", "pc45.block113.isp.example", "45.block113", "two_octets"},
    {"198.51.100.219", "r100.u219.isp.example", "100.u219", "two_octets"},
    {"198.51.100.219", "rev198-219.dsl.isp.example", "198-219", "two_octets"},
    {"203.0.113.45", "cb.00.71.2d.isp.example", "cb.00.71.2d", "hex_address"},
    {"203.0.113.45", "cb00-712d.isp.example", "cb00-712d", "hex_address"},
    {"203.0.113.45", "2d.71.00.cb.isp.example", "2d.71.00.cb", "reversed_hex_address"},
    {"203.0.113.45", "h2d.r71.isp.example", "2d.r71", "reversed_hex_address"},
    {"203.0.113.45", "cb.0.712d.ip4.isp.example", "cb.0.712d", "hex_address"},
    {"203.0.113.45", "45.113.0.203.in-addr.arpa", "45.113.0.203", "full_address"},
    {"203.0.113.45", "static-45.113.0.203.in-addr.arpa", "static", "static_address"},
    {"203.0.113.45", "45.isp.example", "45", "last_octet"},
    {"203.0.113.45", "host.45.isp.example", "45", "last_octet"},
    {"203.0.113.45", "free-45.cb0071.isp.example", "cb0071", "hex_address"},
    {"203.0.113.45", "45.7100cb.isp.example", "7100cb", "reversed_hex_address"},
    {"203.0.113.45", "city-203-113-xx.isp.example", "203-113", "two_octets"},
    {"203.0.113.45", "ik113045.isp.example", "113045", "two_octets"},
    {"192.0.2.214", "2.c214.isp.example", "2.c214", "two_octets"},
    {"192.0.2.1", "2-1.ptr.isp.example", "2-1", "two_octets"},
    {"198.51.100.40", "100-red40.isp.example", "100-red40", "two_octets"},
    {"203.0.113.45", "ns113-45.isp.example", "113-45", "two_octets"},
    {"198.51.100.7", "nat-100-7.campus.example", "100-7", "two_octets"},
    {"198.51.100.219", "ab-219.isp.example", "219", "last_octet"},
    {"198.51.100.219", "shasta-219.city.isp.example", "219", "last_octet"},
    {"198.51.100.219", "office2-219.isp.example", "219", "last_octet"},
    {"198.51.100.219", "customer-north-219.isp.example", "219", "last_octet"},
    {"198.51.100.64", "office-north-064.isp.example", "064", "last_octet"},
    {"198.51.100.219", "219-north.isp.example", "219", "last_octet"},
    {"203.0.113.45", "45-maple-3.city.isp.example", "45", "last_octet"},
    {"203.0.113.45", "net-01-045.isp.example", "045", "last_octet"},
    {"198.18.220.93", "ip-dc5d.isp.example", "c5d", "hex_part"},
    {"203.0.113.45", "ip45.ip-203-0-113.example", "45.ip-203-0-113", "full_address"},
    {"198.51.100.219", "100-198-219.isp.example", "100-198-219", "three_octets"},
    // Two octets anywhere, in any order, whatever stands between.
    {"198.51.100.219", "219.maple.51.isp.example", "219.maple.51", "two_octets"},
    {"198.51.100.219", "oak198.3.elm100.isp.example", "198.3.elm100", "two_octets"},
    {"198.51.100.219", "bdr-219-x51.isp.example", "219-x51", "two_octets"},
    // Packed, whether padded or not; the last two in four digits, others in five.
    {"198.51.3.68", "a3068.campus.example", "3068", "two_octets"},
    {"198.51.34.68", "k6834.isp.example", "6834", "two_octets"},
    {"198.51.34.68", "k19834.isp.example", "19834", "two_octets"},
    {"198.51.34.68", "k198051034.isp.example", "198051034", "packed_address"},
    {"203.0.113.45", "2d.71.cb00.isp.example", "2d.71.cb00", "hex_address"},
    {"198.51.100.66", "net-8-66.isp.example", "66", "last_octet"},
    {"198.51.100.7", "dynamic-7.isp.example", "7", "last_octet"},
    {"203.0.113.45", "ip-203-0-113.example", "203-0-113", "three_octets"},
    {"", "ip-203-0-113-45.isp.example", "203-0-113-45", "address_shape"},
    {"198.51.100.7", "203-0-113-45.isp.example", "203-0-113-45", "address_shape"},
    {"2001:db8:1c:200:1054:9d19:e0f0:8214", "2001-db8-1c-200-1054-9d19-e0f0-8214.isp.example",
     "2001-db8-1c-200-1054-9d19-e0f0-8214", "full_address"},
    {"2001:db8:1c:200:1054:9d19:e0f0:8214", "20010db8001c020010549d19e0f08214.isp.example",
     "20010db8001c020010549d19e0f08214", "full_address"},
    {"2001:db8:1c:200:1054:9d19:e0f0:8214",
     "4.1.2.8.0.f.0.e.9.1.d.9.4.5.0.1.0.0.2.0.c.1.0.0.8.b.d.0.1.0.0.2.isp.example",
     "4.1.2.8.0.f.0.e.9.1.d.9.4.5.0.1.0.0.2.0.c.1.0.0.8.b.d.0.1.0.0.2", "full_address"},
    {"2001:db8:1c:200::17", "2001-db8-1c-200--17.isp.example", "2001-db8-1c-200--17", "full_address"},
    {"2001:db8:1c:200:1054:9d19:e0f0:8214", "p20010db8001c0200.isp.example", "20010db8001c0200", "ipv6_prefix"},
    {"2001:db8:1c:200:1054:9d19:e0f0:8214", "1054-9d19-e0f0-8214.isp.example", "1054-9d19-e0f0-8214", "ipv6_interface"},
};

// Words, numbers and placeholders: no address in the name.
constexpr Case word_cases[] = {
    {"203.0.113.45", "dialup-0595.city.isp.example", "dialup", "access_line"},
    {"203.0.113.45", "ab12-cd.adsl.isp.example", "adsl", "access_line"},
    {"203.0.113.45", "3c7.dynamic.isp.example", "dynamic", "dynamic_pool"},
    {"203.0.113.45", "3c7.dhcp.isp.example", "dhcp", "dynamic_pool"},
    {"203.0.113.45", "dhcp0598.isp.example", "dhcp", "dynamic_pool"},
    {"203.0.113.45", "cust-147.isp.example", "cust", "customer"},
    {"203.0.113.45", "ts01-045.city.isp.example", "ts", "dial_port"},
    {"203.0.113.45", "11cust38.tnt3.city.isp.example", "cust", "customer"},
    {"203.0.113.45", "x7.kunden.isp.example", "kunden", "customer"},
    {"203.0.113.45", "x7.clientes.isp.example", "clientes", "customer"},
    {"203.0.113.45", "office12.static.isp.example", "static", "static_address"},
    {"203.0.113.45", "vps4711.hoster.example", "vps", "rented_server"},
    {"203.0.113.45", "vmi1936435.hoster.example", "1936435", "serial_number"},
    {"203.0.113.45", "267590.hoster.example", "267590", "serial_number"},
    {"203.0.113.45", "green-otter-44576.hoster.example", "44576", "serial_number"},
    {"203.0.113.45", "k07w12.acmehosting.example", "k07w12", "coded_label"},
    {"203.0.113.45", "ts009d31.city.isp.example", "ts", "dial_port"},
    {"203.0.113.45", "3wqz.k.acmevps.example", "3wqz", "machine_identifier"},
    {"203.0.113.45", "vs-4f0ac.acmeserver.example", "4f0ac", "machine_identifier"},
    {"203.0.113.45", "srv112.acmehosting.example", "srv", "rented_server"},
    {"203.0.113.45", "acmeve33236.acmehosting.example", "33236", "serial_number"},
    {"203.0.113.45", "odedi148698.hoster.example", "odedi", "rented_server"},
    {"203.0.113.45", "7741-t1-cust.isp.example", "cust", "customer"},
    {"203.0.113.45", "node-c-712d.isp.example", "712d", "hex_part"},
    {"203.0.113.45", "acme2118.acmecom.example", "acme", "provider_name"},
    {"203.0.113.45", "ns384514.hoster.example", "384514", "serial_number"},
    {"203.0.113.45", "telmx-203-0-113-45.isp.example", "203-0-113-45", "full_address"},
    {"203.0.113.45", "default-rdns.isp.example", "default-rdns", "placeholder"},
    {"2001:db8::5", "default-rdns.isp.example", "default-rdns", "placeholder"},
    {"203.0.113.45", "rdns.isp.example", "rdns", "placeholder"},
    {"203.0.113.45", "no.rdns.isp.example", "no.rdns", "placeholder"},
    {"203.0.113.45", "user.isp.example", "user", "placeholder"},
    {"203.0.113.45", "users.isp.example", "users", "placeholder"},
    {"203.0.113.45", "colo.hoster.example", "colo", "placeholder"},
    {"203.0.113.45", "x7k2q.creolineserver.com", "creolineserver.com", "cloud_default"},
    {"203.0.113.45", "acmefooaa1.miniserver.com", "miniserver.com", "cloud_default"},
    {"203.0.113.45", "cpe00a0c91e2b3d.isp.example", "cpe", "access_line"},
    {"203.0.113.45", "modem-00-1b-2c-3d-4e-5f.isp.example", "00-1b-2c-3d-4e-5f", "hardware_address"},
    {"203.0.113.45", "p4-s3-1-2.city.isp.example", "4-s3-1-2", "number_chain"},
    {"203.0.113.45", "unassigned.isp.example", "unassigned", "placeholder"},
    {"203.0.113.45", "no-reverse-yet.hoster.example", "no-reverse-yet", "placeholder"},
    {"203.0.113.45", "hosted-by.hoster.example", "hosted-by", "placeholder"},
    {"203.0.113.45", "static.isp.example", "static", "placeholder"},
    {"203.0.113.45", "dynamic-ip-adsl.isp.example", "dynamic-ip-adsl", "placeholder"},
    {"203.0.113.45", "x123.acmedsl.example", "acmedsl", "provider_domain"},
    {"203.0.113.45", "x123.cableacme.example", "cableacme", "provider_domain"},
    {"203.0.113.45", "3f60a748.catvacme.example", "catvacme", "provider_domain"},
    {"203.0.113.45", "d7078.isp.example", "d", "address_name"},
    {"203.0.113.145", "s145.isp.example", "145", "last_octet"},
    {"203.0.113.145", "net145.isp.example", "net", "address_name"},
    {"203.0.113.45", "host009.flets-city4.isp.example", "flets", "access_line"},
    {"203.0.113.45", "ab2007d4121356e2eebc8b.userreverse.isp.example", "userreverse", "address_name"},
    {"203.0.113.45", "office1-2.dsl.isp.example", "dsl", "access_line"},
    {"203.0.113.45", "ppp22.isp.example", "ppp", "dynamic_pool"},
    {"203.0.113.45", "pm0-8.city1.isp.example", "pm", "dial_port"},
    {"203.0.113.45", "colo196.city.hoster.example", "colo", "rented_server"},
    {"2001:db8::5", "x3kq8d0a.ip6.isp.example", "x3kq8d0a", "machine_identifier"},
    {"", "kd-7qw2m1.dyn6.isp.example", "kd-7qw2m1", "machine_identifier"},
    {"203.0.113.45", "no-reverse-dns-configured.example", "no-reverse-dns-configured", "placeholder"},
    {"203.0.113.45", "x7k.hosted-by.isp.example", "hosted-by", "placeholder"},
    {"203.0.113.45", "subnet.hoster.example", "subnet", "placeholder"},
    {"203.0.113.45", "hosted-by-acme.example", "hosted-by", "placeholder"},
    {"203.0.113.45", "async1042.isp.example", "async", "dial_port"},
    {"203.0.113.45", "free.acmehost.example", "free", "placeholder"},
    {"203.0.113.45", "sin-asignar.isp.example", "sin-asignar", "placeholder"},
    {"203.0.113.45", "noreversedns.hoster.example", "noreversedns", "placeholder"},
    {"203.0.113.45", "vmx15930.hoster.example", "15930", "serial_number"},
    {"203.0.113.45", "m0020012345.isp.example", "0020012345", "serial_number"},
    {"203.0.113.45", "du-012-0045.isp.example", "du", "dial_port"},
    {"203.0.113.145", "dup145.isp.example", "dup", "dial_port"},
    {"203.0.113.45", "tr1-45.isp.example", "45", "last_octet"},
    {"203.0.113.45", "ab04.city-4-45.isp.example", "45", "last_octet"},
    {"203.0.113.45", "17-4.isp.example", "17-4", "number_chain"},
    {"203.0.113.45", "1-1-2-29a.north.isp.example", "1-1-2-29a", "number_chain"},
    {"203.0.113.45", "2278-2.north.isp.example", "2278-2", "number_chain"},
    {"203.0.113.45", "3.12.isp.example", "3.12", "number_chain"},
    {"203.0.113.45", "adsl4port2.isp.example", "adsl", "access_line"},
    {"203.0.113.45", "2-cgnat3.isp.example", "cgnat", "dynamic_pool"},
    {"203.0.113.45", "x7.abonat.isp.example", "abonat", "customer"},
    {"203.0.113.45", "x7.fwa.isp.example", "fwa", "access_line"},
    {"203.0.113.45", "pppc07.isp.ne.jp", "isp", "provider_domain"},
    {"203.0.113.45", "qlb4acm021.city.isp.ad.jp", "isp", "provider_domain"},
    {"203.0.113.45", "north.7340.ip4.isp.example", "7340", "serial_number"},
    {"203.0.113.45", "k07w12.acmeracks.example", "acmeracks", "provider_domain"},
    // Lines of who sells lines: three digits that are the address's last number, padded or not.
    {"203.0.113.145", "kb145.acmetele.example", "acmetele", "provider_domain"},
    {"203.0.113.145", "ipc145.gw2.acme.net", "acme", "provider_domain"},
    {"203.0.113.57", "a057.acmenet.example", "acmenet", "provider_domain"},
    {"203.0.113.145", "kb145.oak2.isp.ne.jp", "isp", "provider_domain"},
    {"203.0.113.45", "acme-45.acme.example", "acme", "provider_name"},
    {"203.0.113.145", "erm145.acmemobile.example", "acmemobile", "provider_domain"},
    {"203.0.113.45", "2098.x.isp.example", "2098", "serial_number"},
    {"203.0.113.45", "maple9169.acmeserver.example", "acmeserver", "provider_domain"},
    {"203.0.113.45", "cp870081-a.north1.isp.example", "870081", "serial_number"},
    // Places: a customer's number, and two numbers beside a word for equipment or leases.
    {"203.0.113.45", "customer-69.isp.example", "customer", "customer"},
    {"203.0.113.45", "ts18-13.isp.example", "ts", "dial_port"},
    {"203.0.113.45", "ras3p37.isp.example", "ras", "dial_port"},
    {"203.0.113.45", "dhcp-north2-01.campus.example", "dhcp", "dynamic_pool"},
    {"203.0.113.45", "vps70-16.acme.example", "vps", "rented_server"},
    {"203.0.113.45", "v22-5.acmevps.example", "acmevps", "provider_domain"},
    {"203.0.113.45", "pop7-1505.catv.isp.example", "catv", "access_line"},
    {"203.0.113.45", "pool.isp.example", "pool", "placeholder"},
    {"203.0.113.45", "adsl.acmetele.example", "adsl", "placeholder"},
    {"203.0.113.45", "adsl.city.isp.example", "adsl", "placeholder"},
    {"203.0.113.45", "unassigned.acmemail.example", "unassigned", "placeholder"},
    {"2001:db8::5", "vps-1a2b3c4d.vps.ovh.net", "vps.ovh.net", "cloud_default"},
};

// Somebody chose these, numbers or not.
constexpr std::pair<std::string_view, std::string_view> chosen[] = {
    {"203.0.113.45", "mail.example.com"},
    {"203.0.113.45", "example.com"},
    {"203.0.113.45", "mx1.mail.example.com"},
    {"203.0.113.45", "smtp-out-113-45.mail.example.com"},
    {"203.0.113.45", "203-0-113-45.smtp-out.mailer.example"},
    {"203.0.113.45", "a8-29.smtp-out.mailer.example"},
    {"203.0.113.45", "mta-203-0-113-45.mailer.example"},
    {"203.0.113.45", "o12345678.outbound.mailer.example"},
    {"203.0.113.45", "mail-eopbgr80057.outbound.mailer.example"},
    {"203.0.113.45", "mr85p00im-zteg06011101.me.com"},
    {"203.0.113.45", "o1.ptr19278.example.com"},
    {"203.0.113.45", "p-impout005.msg.core.co.example.net"},
    {"203.0.113.45", "us-smtp-delivery-45.mailer.example"},
    {"203.0.113.45", "ns1.example.org"},
    {"203.0.113.45", "www2.example.org"},
    {"203.0.113.45", "jupiter.example.org"},
    {"203.0.113.45", "web12.example.org"},
    // By chance an operator's number is the address's, also where the company's name holds "net" or "tele".
    {"203.0.113.45", "dc45.acmenet.example"},
    {"203.0.113.145", "db145.acmetele.example"},
    {"203.0.113.45", "185qa02-ptr.acme.example"},
    {"203.0.113.45", "pc16470vm.lab.acme.example"},
    {"203.0.113.45", "ord1user01.acme.example"},
    // A hoster's number of the account, before the name that the company gave its host.
    {"203.0.113.45", "676416-db1.acme.example"},
    {"203.0.113.45", "10493-us-log003.acme.example"},
    // The one line of somebody.
    {"203.0.113.45", "adsl.acme.example"},
    {"203.0.113.45", "users.physics.university.example"},
    {"203.0.113.45", "vpn-client02.acme.example"},
    {"203.0.113.45", "d3-ip02.acme.example"},
    {"203.0.113.45", "ks2k3abcd50.acme.example"},
    {"203.0.113.45", "mobile520.example.com.mx1.acme.example"},
    {"203.0.113.45", "pool-04-svcs-02.acme.example"},
    {"203.0.113.45", "qx315mr04.acmecloud.example"},
    {"203.0.113.45", "30200040.in3.mandrillapp.com"},
    // As at .45: the numbers of a place and a host.
    {"203.0.113.145", "ams-2-145.ptr.acme.example"},
    {"203.0.113.145", "ams-2-145.core.acme.example"},
    {"203.0.113.145", "mx145.acmetele.example"},
    {"203.0.113.12", "hv12.acme.example"},
    {"203.0.113.12", "ct12.acme.example"},
    {"203.0.113.45", "acme-45.acmecom.example"},
    {"203.0.113.45", "vms173001pub.acme.example"},
    {"203.0.113.45", "2026.x.acme.example"},
    {"203.0.113.45", "lab-101020-bm01.acme.example"},
    {"203.0.113.45", "ts02.acme.example"},
    {"203.0.113.45", "dhcp2.acme.example"},
    {"203.0.113.45", "customer1.acme.example"},
    {"203.0.113.45", "mail.pool.acme.example"},
    // Words that only end or hold like a provider's, and numbers of codes.
    {"203.0.113.45", "nyc0lppp003.acme.example"},
    {"203.0.113.45", "leaflets12.acme.example"},
    {"203.0.113.45", "w214431dnss0001.acme.example"},
    {"203.0.113.45", "as400.acme.example"},
    {"203.0.113.45", "w214431dnss0911.acme.example"},
    {"203.0.113.45", "ul024881.eu.vendor.example"},
    {"203.0.113.45", "maple12.acmewifi.example"},
    {"203.0.113.45", "adsl01.branch3.acme.example"},
    {"203.0.113.45", "dyn-01.acme.example"},
    // An operator's own hosts of a kind, numbered from one, at addresses numbered from one.
    {"203.0.113.1", "static1.acme.example"},
    {"203.0.113.2", "home2.acme.example"},
    {"203.0.113.1", "radio1.acme.example"},
    {"203.0.113.2", "vdsl2.office.acme.example"},
    {"203.0.113.12", "compute-0-12.acme.example"},
    // Small numbers meet two octets.
    {"203.0.113.45", "maple3.oak0.acme.example"},
    {"203.0.7.4", "maple7.x.oak4.acme.example"},
    {"203.0.113.45", "office12.acme.ne.jp"},
    {"203.0.113.45", "office45.acme.ne.jp"},
    {"203.0.113.45", "north.2019.acme.example"},
    {"203.0.113.45", "office.dsl.example.net"},
    {"203.0.113.45", "mail.customer.isp.example"},
    {"203.0.113.45", "vpn3.static.isp.example"},
    {"203.0.113.45", "host.example.org"},
    {"203.0.113.45", "lab7.cs.university.example"},
    {"203.0.113.45", "tor-exit-1.example.org"},
    {"203.0.113.45", "v145.example.org"},
    // Codes of vendors' relays, name servers, and words that only begin like a provider's.
    {"203.0.113.45", "g7t4019.dallas.vendor.example"},
    {"203.0.113.45", "q1lk14522.it.vendor.example"},
    {"203.0.113.45", "b03cxnp07029.boulder.vendor.example"},
    {"203.0.113.45", "userp2240.vendor.example"},
    {"203.0.113.45", "a014158-nc01.esg.vendor.example"},
    {"203.0.113.45", "cu-ab11p00im-quki08153201.ab.vendor.example"},
    {"203.0.113.45", "dmzms99801.na.vendor.example"},
    {"203.0.113.45", "ul001888.eu.vendor.example"},
    {"203.0.113.45", "b1712.mx.srv.vendor.example"},
    {"203.0.113.45", "clb03-v110.core.vendor.example"},
    {"203.0.113.45", "p-east2-cluster3-host10-snip4-10.eps.vendor.example"},
    {"203.0.113.45", "sg-1-45.ptr.vendor.example"},
    {"203.0.113.45", "dc045-1.exch045.vendor.example"},
    {"203.0.113.145", "acm145-bgp01.acmecom.example"},
    {"203.0.113.45", "rdns1.carrier.example"},
    {"203.0.113.45", "rdns45.carrier.example"},
    {"203.0.113.37", "rdns37a.carrier.example"},
    {"203.0.113.45", "res2.tech.acmecable.example"},
    {"203.0.113.45", "post7.static.city.example"},
    {"203.0.113.45", "bras13.carrier.example"},
    {"203.0.113.45", "pcx01.lns.campus.example"},
    {"203.0.113.45", "ipv4to6.acmesrv.example"},
    {"2001:db8::25", "resolver1.ipv6-lab.carrier.example"},
    {"2001:db8::25", "web-02.ip6.acme.example"},
    {"203.0.113.45", "dhcp-dns.campus.example"},
    {"203.0.113.45", "dns-dhcp.campus.example"},
    {"203.0.113.45", "dynamic-dns.example.org"},
    {"203.0.113.45", "dhcp2.campus.example"},
    {"203.0.113.45", "dslr12.photo.example"},
    {"203.0.113.45", "fiberglass2.boats.example"},
    {"203.0.113.45", "cablecar7.city.example"},
    {"203.0.113.45", "clientportal3.bank.example"},
    {"203.0.113.45", "memberships2.club.example"},
    // A company's own servers, numbered, without any part of the address.
    {"203.0.113.45", "srv112.acme.example"},
    {"203.0.113.45", "srv112.berlin.acme.example"},
    {"203.0.113.45", "node118.rack4.acme.example"},
    {"203.0.113.45", "lapp103.rno.corp.acme.example"},
    {"203.0.113.45", "node7.acme.example"},
    {"203.0.113.45", "host112.acme.example"},
    {"203.0.113.45", "server14.acme.example"},
    {"203.0.113.45", "cloud3.acme.example"},
    {"203.0.113.45", "vm12.acme.example"},
    {"203.0.113.45", "srv2019.acme.example"},
    {"203.0.113.45", "srv20240131.acme.example"},
    {"203.0.113.45", "ds001.acme.example"},
    {"203.0.113.45", "0001.acme.example"},
    {"203.0.113.45", "ts45.acme.example"},
    {"203.0.113.45", "smb-sdsl01.acme.example"},
    {"203.0.113.45", "adsl2.acme.example"},
    {"203.0.113.45", "acme12.acme.example"},
    {"203.0.113.45", "acme2019.acme.example"},
    // Inventory numbers, models and containers, and what only looks like a line's.
    {"203.0.113.45", "lab-301121-bm01.eng.acme.example"},
    {"203.0.113.45", "kqvpemm500018.region.acme.example"},
    {"203.0.113.45", "oaktree750653-wks.ad.acme.example"},
    {"203.0.113.45", "virusgw12001.acme.example"},
    {"203.0.113.45", "0366fb520575.lab.campus.example"},
    {"203.0.113.45", "site4-4ce3b18c8342.search.acme.example"},
    {"203.0.113.45", "office-p330.dub.acme.example"},
    {"203.0.113.45", "rs6000.acme.example"},
    {"203.0.113.45", "free.acme.example"},
    {"203.0.113.45", "vwx0530.dip.campus.example"},
    {"203.0.113.45", "ready-4-client-live-server4.acme.example"},
    {"203.0.113.203", "de203.offer.brand.example"},
    // Hosts of who sends for others carry their addresses.
    {"203.0.113.45", "o203x0x113x45.outbound-mail.acmesend.example"},
    {"198.51.100.0", "brand100-00.ey.acmemail.example"},
    {"203.0.113.45", "203-0-113-45.acmemkt.example"},
    {"203.0.113.45", "eagle18-45.acme.example"},
    {"203.0.113.45", "news113-45.mkt.brand.example"},
    // Companies' names begin like domains for customers, and who provides lines has servers.
    {"203.0.113.45", "vps1.accessbank.example"},
    {"203.0.113.45", "host12.poolcorp.example"},
    {"203.0.113.45", "sjc1234.dynacorp.example"},
    {"203.0.113.45", "srv112.acmefiber.example"},
    {"203.0.113.45", "vm12.acmedsl.example"},
    {"203.0.113.45", "s1110.acme.example"},
    {"203.0.113.45", "s-1110.acme.example"},
    {"203.0.113.45", "debian-s-1vcpu-1gb-fra1-01.acme.example"},
    {"203.0.113.45", "pc12345.campus.example"},
    {"203.0.113.45", "nb-100746.acme.example"},
    {"203.0.113.45", "fra1234.cloud.acme.example"},
    {"203.0.113.45", "mon123.access.acme.example"},
    {"203.0.113.45", "net14.acme.example"},
    {"203.0.113.45", "db12.private.acme.example"},
    // Several numbers of unknown meaning say no more than one of them, and a server's word no more than its place.
    {"203.0.113.45", "acm-ub1864-014.ea.acme.example"},
    {"203.0.113.45", "21a0035i-sl7b460.priv.acme.example"},
    {"203.0.113.45", "srv1.fsn1-dc12.htz.acme.example"},
    // Dates, places, and numbers padded with zeros that meet the address.
    {"203.0.113.45", "2024-11-05.backup.acme.example"},
    {"203.0.113.45", "100-101.relay.acme.example"},
    {"198.51.100.45", "srv00045.acme.example"},
    {"203.0.113.13", "vms173013pub.acme.example"},
    {"203.0.113.45", "vps11pruxweb06.acme.example"},
    // An operator's hosts numbered as its addresses are, and servers by their site: Cologne, San Antonio.
    {"198.51.100.219", "data-store-219.acme.example"},
    {"203.0.113.45", "cgn1srv4.acme.example"},
    {"203.0.113.45", "sat1srv2.acme.example"},
    {"203.0.113.45", "c00954-100x.lab.campus.example"},
    {"203.0.113.45", "f4ts07i01.acme.example"},
    {"203.0.113.45", "as64500-01.ring.acme.example"},
    {"203.0.113.45", "us2dhcp6.acme.example"},
    {"203.0.113.45", "h040.bos6.acme.example"},
    {"203.0.113.45", "nas-09-buf6.acme.example"},
    {"203.0.113.45", "range154.acme.example"},
    {"203.0.113.45", "pop3.acme.example"},
    // Few lines, pools, racks and containers are a company's own.
    {"203.0.113.45", "cable2.studio.acme.example"},
    {"203.0.113.45", "adsl1.branch3.acme.example"},
    {"203.0.113.45", "pool-2.btc.miner.example"},
    {"203.0.113.45", "img2.static.acme.example"},
    {"203.0.113.45", "s1-e3.a1.acme.example"},
    {"203.0.113.45", "ct101.acme.example"},
    // The final dot is missing in the zone file: the numbers are the zone's.
    {"203.0.113.45", "mail.example.com.113.0.203.in-addr.arpa"},
    {"203.0.113.45", "jupiter.example.com.113.0.203.in-addr.arpa"},
    {"203.0.113.45", "jupiter.0-63.113.0.203.in-addr.arpa"},
    {"203.0.113.45", "jupiter.113.0.203.in-addr.arpa"},
    {"2001:db8::25", "jupiter.example.com.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa"},
    {"2001:db8::25", "mx6.example.org"},
    {"2001:db8::25", "db8.example.org"},
    {"", "mail.example.com"},
    {"", "ae-1-2.core.example.net"},
};

void check_found(const Case& c) {
    const GenericJudgement judgement = judge(c.address, c.name);
    INFO(c.address << ' ' << c.name << ": " << rules_of(judgement));
    CHECK(judgement.match());
    CHECK(has(judgement, c.text, c.rule));
}

}  // namespace

TEST_CASE("an address in a name is found in every form") {
    for (const Case& c : address_cases) check_found(c);
}

TEST_CASE("words, numbers and placeholders of providers are found") {
    for (const Case& c : word_cases) check_found(c);
}

TEST_CASE("a name that somebody chose is not generic") {
    for (const auto& [address, name] : chosen) {
        const GenericJudgement judgement = judge(address, name);
        INFO(address << ' ' << name << ": " << rules_of(judgement));
        CHECK_FALSE(judgement.match());
        CHECK(judgement.evidence.empty());
    }
}

TEST_CASE("numbers are matched whole") {
    CHECK_FALSE(has(judge("203.0.113.45", "x34058038211.example.com"), "3405803821", "decimal_address"));
    for (const std::string_view name : {"lab1203-0-113-45.example.com", "lab203-0-113-451.example.com"}) {
        INFO(name);
        CHECK_FALSE(has(judge("203.0.113.45", name), "203-0-113-45", "full_address"));
    }
    CHECK_FALSE(has(judge("203.0.113.45", "a12d7100cb.example.com"), "2d7100cb", "reversed_hex_address"));
    CHECK_FALSE(has(judge("203.0.113.45", "ab2d7100cb1.example.com"), "2d7100cb", "reversed_hex_address"));
}

TEST_CASE("a mail word is overridden by the whole address in a pool's name") {
    CHECK_FALSE(judge("203.0.113.45", "mx-203-0-113-45.isp.example").match());
    CHECK(judge("203.0.113.45", "mx-ll-203.0.113-45.dynamic.isp.example").match());
}

TEST_CASE("the whole address is enough, and so is a word beside a number, or another address") {
    CHECK(judge("203.0.113.45", "203-0-113-45.isp.example").match());
    CHECK(judge("203.0.113.45", "x7.adsl.isp.example").match());
    CHECK(judge("198.51.100.7", "203-0-113-45.isp.example").match());
}

TEST_CASE("the evidence is little, and each text once") {
    const auto judgement =
        judge("203.0.113.45", "dyn-203-0-113-45.s6240.c3-0.stn-cbr1.pool.cable.customer.adsl.isp.example");
    CHECK(judgement.evidence.size() == 4);
    CHECK(judgement.evidence.front().text == "203-0-113-45");
    for (std::size_t i = 0; i < 4; ++i) {
        for (std::size_t k = 0; k < i; ++k) CHECK(judgement.evidence[i].text != judgement.evidence[k].text);
    }
}

TEST_CASE("what is no host name is not judged") {
    CHECK_FALSE(judge("203.0.113.45", "-203-0-113-45.isp.example").match());
    CHECK_FALSE(judge("203.0.113.45", "203\\.0\\.113\\.45.isp.example").match());
    CHECK_FALSE(judge("203.0.113.45", "203.0.113.45").match());
}

namespace {

using Random = std::mt19937;

unsigned below(Random& random, unsigned limit) {
    return static_cast<unsigned>(std::uniform_int_distribution<unsigned>(0, limit - 1)(random));
}

IpAddress random_ipv4(Random& random) {
    std::array<std::uint8_t, 4> octets{};
    for (auto& octet : octets) octet = static_cast<std::uint8_t>(below(random, 256));
    return IpAddress::from_bytes(octets).value();
}

IpAddress random_ipv6(Random& random) {
    std::array<std::uint8_t, 16> octets{};
    for (auto& octet : octets) octet = static_cast<std::uint8_t>(below(random, 256));
    return IpAddress::from_bytes(octets).value();
}

std::string digits_of(std::uint64_t value, unsigned base, std::size_t width = 1) {
    std::string text;
    for (; value != 0 || text.size() < width; value /= base)
        text += "0123456789abcdefghijklmnopqrstuvwxyz"[value % base];
    std::reverse(text.begin(), text.end());
    return text;
}

void replace(std::string& text, std::string_view what, const std::string& with) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size())) {
        text.replace(at, what.size(), with);
    }
}

/// {a} to {d} are the octets, {A} to {D} the same with three digits.
std::string fill(std::string_view form, const IpAddress& address) {
    std::string text(form);
    const auto octets = address.bytes();
    std::uint32_t number = 0;
    std::string letters;
    for (std::size_t i = 0; i < 4; ++i) {
        number = number << 8U | octets[i];
        const std::string padded = digits_of(octets[i], 10, 3);
        replace(text, std::string{'{', static_cast<char>('a' + i), '}'}, digits_of(octets[i], 10));
        replace(text, std::string{'{', static_cast<char>('A' + i), '}'}, padded);
        for (const char c : padded) letters += static_cast<char>(c - '0' + 'a');
    }
    replace(text, "{hex}", digits_of(number, 16, 8));
    replace(text, "{decimal}", digits_of(number, 10));
    replace(text, "{octal}", digits_of(number, 8, 11));
    replace(text, "{base36}", digits_of(number, 36, 7));
    replace(text, "{letters}", letters);
    return text;
}

constexpr std::string_view ipv4_forms[] = {
    "{a}-{b}-{c}-{d}.isp.example",
    "{a}.{b}.{c}.{d}.isp.example",
    "{d}.{c}.{b}.{a}.rev.isp.example",
    "host-{d}-{c}-{b}-{a}.isp.example.net",
    "pool-{c}-{d}-{a}-{b}.city.isp.example",
    "{d}.net-{a}-{b}-{c}.isp.example",
    "{a}x{b}x{c}x{d}.isp.example",
    "ip-{A}-{B}-{C}-{D}.isp.example.co.uk",
    "h{A}{B}{C}{D}.isp.example",
    "{D}{C}{B}{A}.isp.example",
    "u{a}{b}{c}{d}.dynamic.isp.example",
    "p{hex}.isp.example",
    "{hex}.virtual.isp.example",
    "{decimal}.pool.isp.example",
    "o{octal}.isp.example",
    "node-{base36}.pool.isp.example",
    "{letters}.isp.example",
    "{b}-{c}-{d}.cable.isp.example",
    "cpe-{c}-{d}.isp.example",
    "d{d}.adsl.isp.example",
    "{d}.ip-{a}-{b}-{c}.example",
    "mail-{a}-{b}-{c}-{d}.dynamic.isp.example",
};

}  // namespace

TEST_CASE("any form filled with any address is recognised") {
    const unsigned seed = std::random_device{}();
    Random random(seed);
    for (int round = 0; round < 300; ++round) {
        const IpAddress address = random_ipv4(random);
        for (const std::string_view form : ipv4_forms) {
            const std::string name = fill(form, address);
            INFO("seed " << seed << ": " << address.to_text() << ' ' << name);
            CHECK(judge_name(DnsName::from_text(name).value(), address).match());
        }
    }
}

TEST_CASE("any IPv6 address is recognised in nibbles and groups of both orders, and by halves") {
    const unsigned seed = std::random_device{}();
    Random random(seed);
    for (int round = 0; round < 300; ++round) {
        const IpAddress address = random_ipv6(random);
        const std::string backwards = address.reverse_name().to_text().substr(0, 63);
        std::string nibbles;
        for (const char c : backwards) {
            if (c != '.') nibbles += c;
        }
        std::reverse(nibbles.begin(), nibbles.end());
        std::string groups;
        for (std::size_t i = 0; i < 32; i += 4) groups.append(i == 0 ? "" : "-").append(nibbles, i, 4);
        std::string turned;
        for (std::size_t i = 32; i > 0; i -= 4) turned.append(i == 32 ? "" : "-").append(nibbles, i - 4, 4);
        for (const std::string& host : {backwards, nibbles, groups, turned, "ip-" + nibbles.substr(0, 16),
                                        "host-" + nibbles.substr(16), groups.substr(0, 19), groups.substr(20)}) {
            INFO("seed " << seed << ": " << address.to_text() << ' ' << host);
            CHECK(judge_name(DnsName::from_text(host + ".isp.example").value(), address).match());
        }
    }
}

TEST_CASE("a mail host with random numbers that are not its address is never generic") {
    const unsigned seed = std::random_device{}();
    Random random(seed);
    const std::vector<std::string_view> forms = {
        "mail{n}.example.com",          "smtp-{n}-{n}.example.com",        "mx{n}.pod{n}.example.com",
        "out{n}-{n}.mta.example.com",   "mta-{n}-{n}-{n}-{n}.example.net", "{n}-{n}.outbound.example.org",
        "mailout{n}{n}{n}.example.com", "a{n}b{n}.smtp-out.example.com",   "{n}.relay{n}.mx.example.com",
    };
    for (int round = 0; round < 1000; ++round) {
        for (const std::string_view form : forms) {
            std::string name(form);
            const bool known = below(random, 4) != 0;
            const auto address = known ? std::optional(random_ipv4(random)) : std::nullopt;
            const auto is_octet = [&](unsigned number) {
                return address && std::count(address->bytes().begin(), address->bytes().end(), number) != 0;
            };
            // One of them may meet an octet; several of the address's in a row are its address.
            bool met = false;
            while (name.find("{n}") != std::string::npos) {
                unsigned number = below(random, 256);
                while (met && is_octet(number)) number = (number + 1) % 256;
                met = met || is_octet(number);
                name.replace(name.find("{n}"), 3, digits_of(number, 10));
            }
            INFO("seed " << seed << ": " << (address ? address->to_text() : "-") << ' ' << name);
            CHECK_FALSE(judge_name(DnsName::from_text(name).value(), address).match());
        }
    }
}

TEST_CASE("a chosen word with a small number that is not the address's is never generic") {
    const unsigned seed = std::random_device{}();
    Random random(seed);
    const std::vector<std::string_view> words = {"jupiter", "atlas", "oak",    "www",  "ns",      "web",   "vpn",
                                                 "git",     "mars",  "office", "xmpp", "weather", "cloud", "server"};
    for (int round = 0; round < 5000; ++round) {
        const IpAddress address = random_ipv4(random);
        const auto octets = address.bytes();
        unsigned number = below(random, 100);
        while (std::find(octets.begin(), octets.end(), number) != octets.end()) number = (number + 1) % 100;
        const std::string host(words[below(random, static_cast<unsigned>(words.size()))]);
        for (const std::string& name : {host + ".example.org", host + digits_of(number, 10) + ".example.org",
                                        host + '-' + digits_of(number, 10, 2) + ".berlin.example.co.uk"}) {
            INFO("seed " << seed << ": " << address.to_text() << ' ' << name);
            CHECK_FALSE(judge_name(DnsName::from_text(name).value(), address).match());
            CHECK_FALSE(judge_name(DnsName::from_text(name).value(), std::nullopt).match());
        }
    }
}

TEST_CASE("a padded number of one digit says no more than the digit") {
    const std::vector<std::string_view> words = {"srv", "dc", "ex", "em", "web", "db", "fs", "nas", "hq", "a", "gw"};
    for (const std::string_view word : words) {
        for (unsigned number = 1; number < 10; ++number) {
            const auto address = IpAddress::from_bytes(std::array<std::uint8_t, 4>{203, 0, 113, std::uint8_t(number)});
            for (std::size_t width = 1; width <= 6; ++width) {
                const std::string name = std::string(word) + digits_of(number, 10, width) + ".example.org";
                INFO(name);
                CHECK_FALSE(judge_name(DnsName::from_text(name).value(), address).match());
            }
        }
    }
}

TEST_CASE("two hosts of an operator whose numbers differ by one get one answer, whatever their last octets") {
    const unsigned seed = std::random_device{}();
    Random random(seed);
    std::vector<std::string> words = {"srv",  "dc",  "ex",  "em", "web", "db",  "fs", "nas", "kerio",
                                      "node", "esx", "pve", "ts", "tc",  "max", "pm", "ras"};
    for (char first = 'a'; first <= 'z'; ++first) {
        // No word of a provider ends in q.
        words.push_back(std::string{first, static_cast<char>('a' + below(random, 26)), 'q'});
    }
    const auto answer = [&](const std::string& name, unsigned last_octet) {
        // No two digits spell 251 or 200, nor their hexadecimal forms: "dc-64" is 220 and 100 in hexadecimal.
        const std::array<std::uint8_t, 4> octets = {198, 251, 200, static_cast<std::uint8_t>(last_octet)};
        return judge_name(DnsName::from_text(name).value(), IpAddress::from_bytes(octets)).match();
    };
    for (const std::string& word : words) {
        for (const std::string_view joint : {"", "-"}) {
            for (std::size_t width = 1; width <= 2; ++width) {
                for (unsigned number = 0; number + 1 < 100; ++number) {
                    const auto name = [&](unsigned n) {
                        return word + std::string(joint) + digits_of(n, 10, width) + ".example.org";
                    };
                    INFO("seed " << seed << ": " << name(number));
                    // At its own octet, at its neighbour's and anywhere else.
                    const bool expected = answer(name(number), number);
                    CHECK(answer(name(number + 1), number + 1) == expected);
                    CHECK(answer(name(number + 1), below(random, 256)) == expected);
                    CHECK(answer(name(number), below(random, 256)) == expected);
                }
            }
        }
    }
}

namespace {

std::string lowered(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), to_lower);
    return text;
}

/// Labels as providers and operators build them, put together without sense.
std::string random_name(Random& random, const IpAddress& address) {
    static const std::vector<std::string> pieces = {"mail", "dsl",    "pool",       "static",    "ip",  "x",
                                                    "-",    "-",      ".",          ".",         "_",   "host",
                                                    "cust", "www",    "0",          "7",         "45",  "2001",
                                                    "db8",  "c0ffee", "unassigned", "hosted-by", "vps", "203-0-113-45"};
    std::string text;
    for (unsigned i = 1 + below(random, 12); i > 0; --i) {
        const unsigned choice = below(random, 30);
        if (choice < pieces.size()) {
            text += pieces[choice];
        } else {
            text +=
                fill(ipv4_forms[below(random, static_cast<unsigned>(std::size(ipv4_forms)))], address).substr(0, 20);
        }
    }
    return text + ".example.net";
}

void check_sane(const DnsName& name, const GenericJudgement& judgement) {
    CHECK(judgement.match() == !judgement.evidence.empty());
    CHECK(judgement.evidence.size() <= 4);
    for (const GenericEvidence& clue : judgement.evidence) {
        REQUIRE(clue.rule != nullptr);
        CHECK_FALSE(clue.text.empty());
        CHECK(name.to_text().find(clue.text) != std::string::npos);
    }
}

}  // namespace

TEST_CASE("upper case changes nothing but the spelling of the evidence") {
    const unsigned seed = std::random_device{}();
    Random random(seed);
    for (int round = 0; round < 5000; ++round) {
        const IpAddress address = random_ipv4(random);
        const std::string text = random_name(random, address);
        std::string shouted = text;
        for (char& c : shouted) {
            if (below(random, 2) == 0 && c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
        }
        const auto name = DnsName::from_text(text);
        const auto other = DnsName::from_text(shouted);
        if (!name) continue;
        INFO("seed " << seed << ": " << shouted);
        const auto first = judge_name(*name, address);
        const auto second = judge_name(other.value(), address);
        CHECK(first.match() == second.match());
        CHECK(rules_of(first) == lowered(rules_of(second)));
        check_sane(*other, second);
    }
}

TEST_CASE("random octets never crash it") {
    const unsigned seed = std::random_device{}();
    Random random(seed);
    const std::string_view likely = "0123456789abcdefxyz-_.ABCDEF";
    for (int round = 0; round < 20000; ++round) {
        std::vector<std::uint8_t> wire;
        const bool host_like = below(random, 2) == 0;
        while (below(random, 6) != 0) {
            const unsigned length = 1 + below(random, below(random, 8) == 0 ? 63 : 12);
            if (wire.size() + length + 2 > 255) break;
            wire.push_back(static_cast<std::uint8_t>(length));
            for (unsigned i = 0; i < length; ++i) {
                wire.push_back(host_like ? static_cast<std::uint8_t>(likely[below(random, 28)])
                                         : static_cast<std::uint8_t>(below(random, 256)));
            }
        }
        wire.push_back(0);
        const auto name = DnsName::from_wire(wire);
        if (!name) continue;
        INFO("seed " << seed << ": " << name->to_text());
        check_sane(*name, judge_name(*name, std::nullopt));
        check_sane(*name, judge_name(*name, random_ipv4(random)));
        check_sane(*name, judge_name(*name, random_ipv6(random)));
    }
}
