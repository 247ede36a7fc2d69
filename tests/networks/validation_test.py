#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Zones that do not validate, behind resolvers that validate, and what the zones' own servers have (--direct)."""
import re
import tempfile

from private_network import PrivateNetworkTest, main
from real_servers import Bind, Knot, Signer, Unbound, zone_file

KNOT_ADDRESS = "127.0.0.2"
IPV6_ZONE = "8.b.d.0.1.0.0.2.ip6.arpa."
NAME_SERVER = "ns.isp.example."


def zone(name, records):
    return zone_file(name, NAME_SERVER, records)


def zones_of(records):
    """{zone: its file}, of {zone: its records}, with the root and the zone of their server."""
    above = {".": "", "isp.example.": f"ns A {KNOT_ADDRESS}\n"}
    return {name: zone(name, text) for name, text in {**above, **records}.items()}


def signed_zones(signer):
    """Zones whose data was changed after they were signed, or whose signatures have expired."""
    def broken(name, records):
        return re.sub(r"\bmail\.example\.com\.", "mx.example.com.", signer.sign(name, zone(name, records)))

    expired = "-s", "20200101000000", "-e", "20200201000000"
    nibbles = "5.2" + 22 * ".0"
    return {
        **zones_of({"example.com.": "mx A 192.0.2.25\nmx AAAA 2001:db8::25\n"}),
        "2.0.192.in-addr.arpa.": broken("2.0.192.in-addr.arpa.", "25 PTR mail.example.com.\n26 PTR old.hosts.example.\n"),
        IPV6_ZONE: broken(IPV6_ZONE, f"{nibbles} PTR mail.example.com.\n"),
        "hosts.example.": signer.sign("hosts.example.", zone("hosts.example.", "old A 192.0.2.26\n"), *expired),
    }


class Bogus:
    """Of a resolver that validates; `codes` are the extended errors that it gives."""

    codes = ()

    @classmethod
    def start_servers(cls):
        signer = Signer(cls.enterClassContext(tempfile.TemporaryDirectory()))
        cls.knot = cls.run_server(Knot(signed_zones(signer), address=KNOT_ADDRESS))
        cls.resolver = cls.run_server(cls.validating(signer.anchors))
        cls.direct = ("--direct", "--port", str(cls.knot.port))

    def codes_given(self, address):
        record, = self.run_program("--server", self.resolver.server, "--json", address, server=False).records
        return tuple(error["code"] for error in record["failure"]["ede"])

    def check(self, address, name, kind, asked, codes=None):
        codes = self.codes if codes is None else codes
        words = "SERVFAIL" + {(): "", (6,): " (DNSSEC Bogus)", (7,): " (Signature Expired)"}[codes]
        self.explain(self.resolver, address, status="TEMP", failure=("servfail", "SERVFAIL", kind, asked, codes),
                     smtp="450 4.7.25", says=[f"could not find out: {words}."])
        self.explain(self.resolver, *self.direct, address, status="WARN", findings=["resolver_differs"],
                     says=[f"-> {name} -> {address}",
                           f"{self.resolver.server} cannot get it: {words}; receivers that validate defer or refuse."])
        strict = self.run_program("--server", self.resolver.server, *self.direct, "--strict", address, server=False)
        self.assertEqual(strict.status, 1, strict)
        predicted, = self.run_program("--server", self.resolver.server, *self.direct, "--json", "--receivers", address,
                                      server=False).records
        rows = {row["receiver"]: row for row in predicted["receivers"]}
        self.assertEqual((rows["postfix"]["outcome"], rows["postfix"]["reply"]),
                         ("depends", f"450 4.7.25 Client host rejected: cannot find your hostname, [{address}]"))
        self.assertIn("where its resolver validates", rows["postfix"]["why"])

    def test_signature_of_the_ptr_record(self):
        self.check("192.0.2.25", "mx.example.com", "PTR", "25.2.0.192.in-addr.arpa")

    def test_signature_of_an_ipv6_block(self):
        self.check("2001:db8::25", "mx.example.com", "PTR", f"5.2{22 * '.0'}.{IPV6_ZONE}".rstrip("."))

    def test_zone_of_the_host_expired(self):
        """Unbound 1.22 says that it is the date, 1.17 does not."""
        codes = self.codes_given("192.0.2.26")
        self.assertIn(codes, (self.codes, (7,)))
        self.check("192.0.2.26", "old.hosts.example", "A", "old.hosts.example", codes)


class UnboundValidates(Bogus, PrivateNetworkTest):
    programs = (Knot, Signer, Unbound)
    codes = (6,)

    @classmethod
    def validating(cls, anchors):
        text = '  module-config: "validator iterator"\n  local-zone: "2.0.192.in-addr.arpa." nodefault\n'
        text += '  local-zone: "8.b.d.0.1.0.0.2.ip6.arpa." nodefault\n'
        text += "".join(f'  trust-anchor: "{key}"\n' for key in anchors.values())
        return Unbound(cls.knot, text, port=cls.knot.port)


class BindValidates(Bogus, PrivateNetworkTest):
    programs = (Knot, Signer, Bind)

    @classmethod
    def validating(cls, anchors):
        keys = ""
        for zone, record in anchors.items():
            flags, protocol, algorithm, *key = record.split("DNSKEY", 1)[1].split()
            keys += f'"{zone}" static-key {flags} {protocol} {algorithm} "{"".join(key)}";\n'
        return Bind(cls.knot, "dnssec-validation yes; empty-zones-enable no;", f"trust-anchors {{ {keys} }};",
                    port=cls.knot.port)

    def test_zone_of_the_host_expired(self):
        """BIND 9.20 says now and then that it is the date."""
        at = "--server", self.resolver.server, "--json", "192.0.2.26"
        record, = self.run_program(*at, server=False).records
        self.assertEqual((record["status"], record["failure"]["outcome"], record["failure"]["qname"]),
                         ("TEMP", "servfail", "old.hosts.example"), record)
        self.assertTrue(record["smtp"]["line"].startswith("450 4.7.25"), record)
        record, = self.run_program(*self.direct, *at, server=False).records
        self.assertEqual((record["status"], record["confirmed_names"]), ("WARN", ["old.hosts.example"]), record)
        self.assertIn("resolver_differs", [finding["code"] for finding in record["findings"]])


class RewrittenAnswers(PrivateNetworkTest):
    """A resolver that answers otherwise than the zones' own servers, in ways that nothing in its answer shows."""

    programs = (Knot, Bind)

    @classmethod
    def start_servers(cls):
        zones = zones_of({"example.com.": "mail A 192.0.2.25\nrelay A 192.0.2.26\nmx A 192.0.2.27\n",
                          "2.0.192.in-addr.arpa.": "25 PTR mail.example.com.\n26 PTR relay.example.com.\n"
                                                   "27 PTR mx.example.com.\n28 PTR mail.example.com.\n"})
        cls.knot = cls.run_server(Knot(zones, address=KNOT_ADDRESS))
        policy = zone_file("rpz.", "localhost.", "mail.example.com CNAME .\nrelay.example.com CNAME *.\n"
                           "mx.example.com A 198.51.100.80\n28.2.0.192.in-addr.arpa PTR sinkhole.example.\n")
        cls.resolver = cls.run_server(Bind(
            cls.knot, 'dnssec-validation no; empty-zones-enable no; response-policy { zone "rpz"; };',
            'zone "rpz" { type master; file "rpz.zone"; };', files={"rpz.zone": policy}, port=cls.knot.port))
        cls.direct = ("--direct", "--port", str(cls.knot.port))

    def test_directly(self):
        for address, name, words in (("192.0.2.25", "mail.example.com", "no such name"),
                                     ("192.0.2.26", "relay.example.com", "no such record"),
                                     ("192.0.2.27", "mx.example.com", "198.51.100.80")):
            self.explain(self.resolver, *self.direct, address, status="PASS", findings=["resolver_differs"],
                         says=[f"-> {name} -> {address}", f"gives another answer ({words}): its own, or from before a change"])


class OwnReverseZone(PrivateNetworkTest):
    """A resolver with a reverse zone of its own: what it holds back, its users cannot see."""

    programs = (Knot, Bind)

    @classmethod
    def start_servers(cls):
        zones = zones_of({"example.com.": "mail A 192.0.2.25\n",
                          "2.0.192.in-addr.arpa.": "25 PTR mail.example.com.\n"})
        cls.knot = cls.run_server(Knot(zones, address=KNOT_ADDRESS))
        cls.resolver = cls.run_server(Bind(cls.knot, "dnssec-validation no;",
                                           'zone "2.0.192.in-addr.arpa" { type master; file "own.zone"; };',
                                           files={"own.zone": zone_file("2.0.192.in-addr.arpa.", "localhost.", "1 PTR router.lan.\n")},
                                           port=cls.knot.port))

    def test_directly(self):
        """It names servers of its own, and nobody knows from here which ones others find."""
        self.explain(self.resolver, "--direct", "--port", str(self.knot.port), "192.0.2.25", status="TEMP",
                     failure=("timeout", None, "PTR", "25.2.0.192.in-addr.arpa", ()),
                     says=[f"{self.resolver.server} has the zone 2.0.192.in-addr.arpa itself, and none of the servers that "
                           "it names gives an answer", "fcrdns-check --direct @ADDRESS 192.0.2.25",
                           "nothing is known of what receivers see"], never=["tell its operator"])


if __name__ == "__main__":
    main()
