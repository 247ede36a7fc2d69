# SPDX-License-Identifier: MIT
"""The world that the receivers judge: one client address per case.

A group is a set of addresses whose evidence is the same to fcrdns-check: the same PTR names
in another order, or a name that it never asks and that leads back for one address and not for
the other. Where the prediction is `depends`, the group shows both ends.
"""
import ipaddress
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import dns_message as dns
from dns_message import A, AAAA, CNAME, PTR
from dns_responder import Zone

ELSEWHERE4, ELSEWHERE6 = "192.0.2.99", "2001:db8:ffff::99"
FAILURES = {
    "SERVFAIL": dns.SERVFAIL,
    "REFUSED": dns.REFUSED,
    "NOTIMP": dns.NOTIMP,
    "FORMERR": dns.FORMERR,
    "YXDOMAIN": dns.YXDOMAIN,
    "silence": dns.SILENCE,
    "referral": dns.REFERRAL,
    "garbage": dns.GARBAGE,
    "cut short": dns.CUT,
}
NAMES_OF = {fault: what for what, fault in FAILURES.items()}


class Case:
    def __init__(self, address, group, what, silent):
        self.address, self.group, self.what, self.silent = address, group, what, silent

    @property
    def reverse(self):
        if ":" not in self.address:
            return ".".join(reversed(self.address.split("."))) + ".in-addr.arpa"
        octets = ipaddress.ip_address(self.address).packed
        return ".".join(reversed(octets.hex())) + ".ip6.arpa"


class World:
    def __init__(self):
        self.zone = Zone()
        self.zone.add_apex(".", 60, dns.soa_data(60), 60)
        self.cases = []
        self.groups = {}
        self.used4 = self.used6 = 0

    def case(self, what, group=None, ipv6=False, silent=False):
        """A new client address; `silent` marks a case in which the DNS does not answer."""
        if ipv6:
            self.used6 += 1
            address = "2001:db8::%x" % self.used6
        else:
            self.used4 += 1
            address = "198.51.100.%d" % self.used4 if self.used4 < 255 else "203.0.113.%d" % (self.used4 - 254)
        case = Case(address, group or what, what, silent)
        self.cases.append(case)
        return case

    def ptr(self, case, *names):
        for text in names:
            self.zone.add(case.reverse, PTR, dns.wire(text))

    def back(self, case, text):
        """The name leads back; for a name of several cases, to each of them."""
        self.zone.add_address(text, case.address)

    def elsewhere(self, text, ipv6=False):
        self.zone.add_address(text, ELSEWHERE6 if ipv6 else ELSEWHERE4)

    def one_name(self, what, text, leads_back=True, group=None, ipv6=False):
        case = self.case(what, group, ipv6)
        self.ptr(case, text)
        if leads_back:
            self.back(case, text)
        return case


def host(case, label="mail"):
    """A name of this case alone."""
    return "%s.c%s.example.net" % (label, case.address.split(".")[-1] if "." in case.address else case.address[10:] + "x")


def add_ptr_cases(world):
    world.case("PTR NXDOMAIN (2)")
    nodata = world.case("PTR NODATA (3)")
    world.zone.exists(nodata.reverse)
    for what, fault in FAILURES.items():
        case = world.case("PTR %s (4-6)" % what, silent=fault == dns.SILENCE)
        world.zone.fault(case.reverse, PTR, fault)
    for what in ("leads back", "dangling"):
        case = world.case("RFC 2317, %s (14, 40)" % what)
        target = "%s.0/25.100.51.198.in-addr.arpa" % case.address.split(".")[-1]
        world.zone.add(case.reverse, CNAME, dns.wire(target))
        if what == "leads back":
            world.zone.add(target, PTR, dns.wire(host(case)))
            world.back(case, host(case))
    loop = world.case("PTR CNAME loop")
    world.zone.add(loop.reverse, CNAME, dns.wire("loop." + loop.reverse))
    world.zone.add("loop." + loop.reverse, CNAME, dns.wire(loop.reverse))
    chain = world.case("PTR through three CNAMEs")
    links = [chain.reverse] + ["l%d.%s" % (i, chain.reverse) for i in range(3)]
    for owner, target in zip(links, links[1:]):
        world.zone.add(owner, CNAME, dns.wire(target))
    world.zone.add(links[-1], PTR, dns.wire(host(chain)))
    world.back(chain, host(chain))
    lost = world.case("PTR CNAME to a name that fails")
    world.zone.add(lost.reverse, CNAME, dns.wire("x." + lost.reverse))
    world.zone.fault("x." + lost.reverse, PTR, dns.SERVFAIL)


def add_forward_cases(world):
    def case_with_name(what, silent=False):
        case = world.case(what, silent=silent)
        world.ptr(case, host(case))
        return case, host(case)

    case, text = case_with_name("one PTR, leads back (1)")
    world.back(case, text)
    case, text = case_with_name("one PTR, leads elsewhere (43)")
    world.elsewhere(text)
    case, text = case_with_name("forward NXDOMAIN (10)")
    case, text = case_with_name("forward NODATA (11)")
    world.zone.exists(text)
    for what, fault in FAILURES.items():
        case, text = case_with_name("forward %s (12, 13)" % what, silent=fault == dns.SILENCE)
        world.zone.fault(text, A, fault)
        world.zone.fault(text, AAAA, fault)
    case, text = case_with_name("A SERVFAIL, AAAA NODATA (37)")
    world.zone.fault(text, A, dns.SERVFAIL)
    case, text = case_with_name("A leads back, AAAA SERVFAIL (38)")
    world.back(case, text)
    world.zone.fault(text, AAAA, dns.SERVFAIL)
    case, text = case_with_name("A NODATA, AAAA SERVFAIL (39)")
    world.zone.fault(text, AAAA, dns.SERVFAIL)
    case, text = case_with_name("A NODATA, AAAA silent", silent=True)
    world.zone.fault(text, AAAA, dns.SILENCE)
    case, text = case_with_name("A NODATA, AAAA exists")
    world.elsewhere(text, ipv6=True)
    for what, fault in {"SERVFAIL": dns.SERVFAIL, "REFUSED": dns.REFUSED, "silent": dns.SILENCE}.items():
        case, text = case_with_name("A %s, AAAA exists" % what, silent=fault == dns.SILENCE)
        world.zone.fault(text, A, fault)
        world.elsewhere(text, ipv6=True)
    for a, aaaa in ((dns.SERVFAIL, dns.GARBAGE), (dns.GARBAGE, dns.SERVFAIL), (None, dns.GARBAGE)):
        case, text = case_with_name("A %s, AAAA %s" % (NAMES_OF.get(a, "NODATA"), NAMES_OF[aaaa]))
        for rrtype, fault in ((A, a), (AAAA, aaaa)):
            if fault is not None:
                world.zone.fault(text, rrtype, fault)
    case, text = case_with_name("A leads elsewhere, AAAA SERVFAIL")
    world.elsewhere(text)
    world.zone.fault(text, AAAA, dns.SERVFAIL)
    case, text = case_with_name("target is a CNAME, leads back (15)")
    world.zone.add(text, CNAME, dns.wire("real." + text))
    world.back(case, "real." + text)
    case, text = case_with_name("target is a CNAME to NXDOMAIN (46)")
    world.zone.add(text, CNAME, dns.wire("gone.c46.example.org"))
    case, text = case_with_name("target is a CNAME to NODATA")
    world.zone.add(text, CNAME, dns.wire("real." + text))
    world.zone.exists("real." + text)
    case, text = case_with_name("target is a CNAME to SERVFAIL")
    world.zone.add(text, CNAME, dns.wire("real." + text))
    for rrtype in (A, AAAA):
        world.zone.fault("real." + text, rrtype, dns.SERVFAIL)
    case, text = case_with_name("target is a CNAME loop")
    world.zone.add(text, CNAME, dns.wire("loop." + text))
    world.zone.add("loop." + text, CNAME, dns.wire(text))
    case, text = case_with_name("target is a chain of four CNAMEs, leads back")
    for i in range(4):
        owner = text if i == 0 else "l%d.%s" % (i - 1, text)
        world.zone.add(owner, CNAME, dns.wire("l%d.%s" % (i, text)))
    world.back(case, "l3." + text)
    for count in (60, 100):
        case, text = case_with_name("%d A records, the last leads back (24)" % count)
        for i in range(count - 1):
            world.zone.add_address(text, "192.0.2.%d" % (100 + i))
        world.back(case, text)
    case, text = case_with_name("A in the same /24 (41)")
    world.zone.add_address(text, "198.51.100.250")


def add_name_cases(world):
    world.one_name("underscore, leads back (16)", "under_score.example.net")
    world.one_name("underscore, NXDOMAIN", "under_score2.example.net", leads_back=False)
    world.one_name("upper case (29)", "UPPER.X29.EXAMPLE.NET")
    world.one_name("single label (22)", "mailhost")
    world.one_name("non-public TLD (42)", "mx.corp.lan")
    world.one_name("looks generic (47)", "198-51-100-47.dyn.example.net")
    labels = ".".join(letter * 59 for letter in "abcd")
    world.one_name("251 octets (36)", labels + ".example.net")
    world.one_name("253 octets", labels + ".xxexample.net")
    world.one_name("label of 63 octets", "y" * 63 + ".example.net")
    world.one_name("64 octets, all that OpenSMTPD keeps", "z" * 52 + ".example.net")
    world.one_name("65 octets", "z" * 53 + ".example.net")
    world.one_name("localhost (20)", "localhost", leads_back=False)
    world.one_name("localhost.localdomain", "localhost.localdomain", leads_back=False)
    world.one_name("root (21)", ".", leads_back=False)
    own = world.case("own address (19)")
    world.ptr(own, own.address)
    world.back(own, own.address)
    other = world.case("another address")
    world.ptr(other, "192.0.2.1")
    world.back(other, "192.0.2.1")
    for what, pattern in {"a hexadecimal number": "0x%02x%02x%02x%02x", "numbers, the last hexadecimal": "%d.%d.%d.0x%x"}.items():
        case = world.case("own address as " + what)
        world.ptr(case, pattern % tuple(int(octet) for octet in case.address.split(".")))
    twice = world.case("the same PTR twice (31)")
    world.ptr(twice, host(twice), host(twice))
    world.back(twice, host(twice))
    odd = {
        "space (17)": "a\\032b.x%d.example.net",
        "UTF-8 (18)": "caf\\195\\169.x%d.example.net",
        "asterisk (30)": "*.x%d.example.net",
        "slash (34)": "a/b.x%d.example.net",
        "dot in a label (35)": "a\\.b.x%d.example.net",
        "backslash": "a\\092b.x%d.example.net",
        "NUL in a label": "mail\\000x.x%d.example.net",
        "control octet": "a\\007b.x%d.example.net",
        "dollar": "a$b.x%d.example.net",
        "quote": "a\\034b.x%d.example.net",
        "leading hyphen (28)": "-a.x%d.example.net",
        "trailing hyphen (44)": "a-.x%d.example.net",
        "inner leading hyphen": "a.-b.x%d.example.net",
        "hyphen alone": "a.-.x%d.example.net",
        "all numeric (33)": "1234.567%d",
        "one number": "9876%d",
        "last label numeric": "mail.12%d",
        "short network number": "10.2%d",
    }
    for what, pattern in odd.items():
        for variant, leads_back in enumerate((True, False)):
            words = ", leads back" if leads_back else ", does not"
            world.one_name(what + words, pattern % variant, leads_back, group=what)
    # OpenSMTPD follows another name than the one published: a dot in a label becomes a
    # separator, and what stands before a NUL loses its last octet.
    for what, text, followed in (
        ("dot in a label (35)", "a\\.b.x2.example.net", "a.b.x2.example.net"),
        ("NUL in a label", "mail\\000x.x2.example.net", "mai"),
    ):
        case = world.one_name(what + ", as OpenSMTPD reads it leads back", text, False, group=what)
        world.back(case, followed)


# The ends of a name in a pair of PTR names; every pair is tried in both orders.
ENDS = ("back", "elsewhere", "NXDOMAIN", "NODATA", "SERVFAIL", "space", "underscore", "hyphen-")
ODD_LABELS = {"space": "a\\032b", "underscore": "under_score", "hyphen-": "hyphen-"}


def add_end(world, case, end, label, followed_leads_back):
    """A name of the case that ends so; one with an odd label leads back, where it is followed."""
    text = host(case, label)
    if end in ODD_LABELS:
        text = ODD_LABELS[end] + "." + text
    if end == "NODATA":
        world.zone.exists(text)
    elif end == "elsewhere" or (end == "hyphen-" and not followed_leads_back):
        world.elsewhere(text)
    elif end == "SERVFAIL":
        world.zone.fault(text, A, dns.SERVFAIL)
        world.zone.fault(text, AAAA, dns.SERVFAIL)
    elif end != "NXDOMAIN":
        world.back(case, text)
    return text


def add_pair(world, pair, rows, group):
    """The pair; twice where it holds a name that fcrdns-check does not ask and receivers follow."""
    for leads_back in (True, False) if "hyphen-" in pair else (True,):
        case = world.case("two PTR: %s, then %s (%s)" % (*pair, rows), group)
        names = [add_end(world, case, end, label, leads_back) for end, label in zip(pair, ("one", "two"))]
        world.ptr(case, *names)


def add_pairs(world):
    for i, first in enumerate(ENDS):
        for second in ENDS[i + 1 :]:
            group = "two PTR: %s, %s" % (first, second)
            for pair in ((first, second), (second, first)):
                add_pair(world, pair, "7, 8, 25-27, 45, 48", group)
        add_pair(world, (first, first), "9", "two PTR: both %s" % first)


def add_many(world):
    for position in (12, 1):
        case = world.case("12 PTR, number %d leads back (23)" % position, "12 PTR, one leads back (23)")
        names = ["p%d.%s" % (i, host(case)) for i in range(1, 13)]
        world.ptr(case, *names)
        for i, text in enumerate(names, 1):
            world.back(case, text) if i == position else world.elsewhere(text)
    for position, what in ((101, "the last leads back"), (0, "none leads back"), (1, "the first leads back")):
        case = world.case("101 PTR, %s" % what, "101 PTR")
        names = ["p%d.%s" % (i, host(case)) for i in range(1, 102)]
        world.ptr(case, *names)
        if position:
            world.back(case, names[position - 1])


def add_ipv6_cases(world):
    case = world.case("IPv6: AAAA leads back (v6-1)", ipv6=True)
    world.ptr(case, host(case))
    world.back(case, host(case))
    case = world.case("IPv6: only A (v6-2)", ipv6=True)
    world.ptr(case, host(case))
    world.elsewhere(host(case))
    case = world.case("IPv6: leads elsewhere (v6-3)", ipv6=True)
    world.ptr(case, host(case))
    world.elsewhere(host(case), ipv6=True)
    world.case("IPv6: no PTR (v6-4)", ipv6=True)
    case = world.case("IPv6: PTR SERVFAIL", ipv6=True)
    world.zone.fault(case.reverse, PTR, dns.SERVFAIL)
    case = world.case("IPv6: forward NXDOMAIN", ipv6=True)
    world.ptr(case, host(case))
    case = world.case("IPv6: AAAA and A SERVFAIL", ipv6=True)
    world.ptr(case, host(case))
    for rrtype in (A, AAAA):
        world.zone.fault(host(case), rrtype, dns.SERVFAIL)
    case = world.case("IPv6: AAAA NODATA, A SERVFAIL", ipv6=True)
    world.ptr(case, host(case))
    world.zone.fault(host(case), A, dns.SERVFAIL)
    case = world.case("IPv6: AAAA SERVFAIL, A exists", ipv6=True)
    world.ptr(case, host(case))
    world.elsewhere(host(case))
    world.zone.fault(host(case), AAAA, dns.SERVFAIL)
    for aaaa, a in ((dns.SERVFAIL, dns.GARBAGE), (dns.GARBAGE, dns.SERVFAIL)):
        case = world.case("IPv6: AAAA %s, A %s" % (NAMES_OF[aaaa], NAMES_OF[a]), ipv6=True)
        world.ptr(case, host(case))
        world.zone.fault(host(case), A, a)
        world.zone.fault(host(case), AAAA, aaaa)
    case = world.case("IPv6: AAAA leads back, A SERVFAIL", ipv6=True)
    world.ptr(case, host(case))
    world.back(case, host(case))
    world.zone.fault(host(case), A, dns.SERVFAIL)
    for order in ((0, 1), (1, 0)):
        case = world.case("IPv6: two PTR, order %d%d" % order, "IPv6: two PTR", ipv6=True)
        names = [host(case, "a"), host(case, "b")]
        world.back(case, names[0])
        world.elsewhere(names[1], ipv6=True)
        world.ptr(case, *[names[i] for i in order])


def build():
    world = World()
    add_ptr_cases(world)
    add_forward_cases(world)
    add_name_cases(world)
    add_pairs(world)
    add_many(world)
    add_ipv6_cases(world)
    return world
