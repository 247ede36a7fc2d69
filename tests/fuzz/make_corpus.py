#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Writes the seeds of the fuzz targets: make_corpus.py tests/fuzz/corpus

The files are in the tree; this says what is in them. Names of files say what is tried.
"""
import pathlib
import struct
import sys

PTR, A, AAAA, NS, SOA, CNAME, OPT, TXT, MX = 12, 1, 28, 2, 6, 5, 41, 16, 15
QUESTION = b"\xc0\x0c"  # a pointer to the name of the question


def name(text):
    return b"".join(bytes([len(label)]) + label.encode() for label in text.split(".") if label) + b"\0"


def record(owner, rtype, data, ttl=300, rclass=1, length=None):
    return owner + struct.pack(">HHIH", rtype, rclass, ttl, len(data) if length is None else length) + data


def soa(owner, ttl=600, minimum=40, mname="ns1.isp.example"):
    data = name(mname) + b"\x0bhost.master" + name("isp.example") + struct.pack(">5I", 1, 2, 3, 4, minimum)
    return record(name(owner), SOA, data, ttl)


def opt(options=b"", extended=0):
    return b"\0" + struct.pack(">HHBBHH", OPT, 1232, extended, 0, 0, len(options)) + options


def extended_error(code, text=b""):
    return struct.pack(">HHH", 15, 2 + len(text), code) + text


def tail(answers=(), authority=(), additional=(), rcode=0, flags=0x8180, counts=None):
    """Flags and counts of the header without QDCOUNT, then what follows the question."""
    counts = counts or (len(answers), len(authority), len(additional))
    return struct.pack(">4H", flags | rcode, *counts) + b"".join([*answers, *authority, *additional])


def ptr(target, **more):
    return record(QUESTION, PTR, name(target), **more)


def cname(owner, target):
    return record(owner, CNAME, name(target))


REVERSE = "25.2.0.192.in-addr.arpa"
TAILS = {
    "one_ptr": tail([ptr("mail.example.com")]),
    "two_ptr": tail([ptr("mail.example.com"), ptr("MAIL.example.com")]),
    "nxdomain_soa": tail(authority=[soa("2.0.192.in-addr.arpa")], rcode=3),
    "nxdomain_bare": tail(rcode=3),
    "nxdomain_with_ptr": tail([ptr("mail.example.com")], rcode=3),
    "nodata_soa": tail(authority=[soa("in-addr.arpa")]),
    "nodata_bare": tail(),
    "referral": tail(authority=[record(name("in-addr.arpa"), NS, name("ns.example"))]),
    "referral_elsewhere": tail(authority=[record(name("example"), NS, name("ns.example"))]),
    "servfail_bogus": tail(additional=[opt(extended_error(6, b"\x1b]0;x\x07 no signature"))], rcode=2),
    "refused": tail(rcode=5),
    "badvers": tail(additional=[opt(extended=1)]),
    "formerr": tail(rcode=1),
    "two_opt": tail([ptr("mail.example.com")], additional=[opt(), opt()]),
    "opt_cut": tail(additional=[opt(b"\0\x0f\0\x20ab")]),
    "opt_many_errors": tail(additional=[opt(extended_error(22, b"x") * 40)]),
    "rfc2317": tail([cname(QUESTION, "25.0-63.2.0.192.in-addr.arpa"),
                     record(name("25.0-63.2.0.192.in-addr.arpa"), PTR, name("mail.example.com"))]),
    "chain_reversed": tail([record(name("b.example"), PTR, name("m.example")), cname(name("a.example"), "b.example"),
                            cname(QUESTION, "a.example")]),
    "chain_loop": tail([cname(QUESTION, "a.example"), cname(name("a.example"), REVERSE)]),
    "chain_self": tail([cname(QUESTION, REVERSE)]),
    "chain_open": tail([cname(QUESTION, "a.example")]),
    "chain_17": tail([cname(QUESTION, "c0")] + [cname(name(f"c{i}"), f"c{i + 1}") for i in range(17)]),
    "pointer_self": tail([b"\xc0\x2f" + struct.pack(">HHIH", PTR, 1, 1, 2) + b"\xc0\x0c"]),
    "pointer_header": tail([record(QUESTION, PTR, b"\xc0\x04")]),
    "pointer_forward": tail([record(QUESTION, PTR, b"\xff\xff")]),
    "pointer_cut": tail([record(QUESTION, PTR, b"\xc0")]),
    "label_reserved": tail([record(QUESTION, PTR, b"\x40" + b"a" * 64 + b"\0")]),
    "label_past_end": tail([record(QUESTION, PTR, b"\x3fab")]),
    "name_too_long": tail([record(QUESTION, PTR, (b"\x3f" + b"a" * 63) * 4 + b"\0")]),
    "name_of_labels": tail([record(QUESTION, PTR, b"\x01a" * 127 + b"\0")]),
    "rdlength_long": tail([record(QUESTION, PTR, name("mail.example.com"), length=99)]),
    "rdlength_short": tail([record(QUESTION, PTR, name("mail.example.com"), length=3)]),
    "rdlength_zero": tail([record(QUESTION, PTR, b"")]),
    "rdlength_extra": tail([record(QUESTION, PTR, name("mail.example.com") + b"x")]),
    "counts_lie": tail([ptr("mail.example.com")], counts=(65535, 65535, 65535)),
    "counts_few": tail([ptr("mail.example.com"), ptr("b.example")], counts=(1, 0, 0)),
    "cut": tail([ptr("mail.example.com")])[:-4],
    "header_only": tail(),
    "trailing": tail([ptr("mail.example.com")]) + b"\0\1\2",
    "stranger": tail([record(name("other.example"), PTR, name("mail.example.com"))]),
    "class_ch": tail([ptr("mail.example.com", rclass=3)]),
    "ptr_in_authority": tail(authority=[ptr("mail.example.com")]),
    "other_types": tail([record(QUESTION, TXT, b"\x04text"), record(QUESTION, A, b"\xc0\0\x02\x19")]),
    "ttl_max": tail([ptr("mail.example.com", ttl=0xFFFFFFFF)]),
    "ttl_zero_local": tail([ptr("mail.example.com", ttl=0)], flags=0x8580),
    "truncated": tail([ptr("mail.example.com")], flags=0x8380),
    "hostile_name": tail([record(QUESTION, PTR, b"\x0b\x1b[2J\r\n\"'\\\0.\x07example\0")]),
    "utf8_name": tail([record(QUESTION, PTR, b"\x06\xff\xfe\xe2\x80\xae\x80\x03{}%\0")]),
    "root_name": tail([record(QUESTION, PTR, b"\0")]),
    "dotted_quad": tail([ptr("192.0.2.25")]),
    "missing_dot": tail([ptr("mail.example.com." + REVERSE)]),
    "long_local": tail([ptr("a" * 63 + ".example")]),
}
FORWARD = ["nxdomain_soa", "nodata_soa", "nodata_bare", "referral", "servfail_bogus", "refused", "chain_open", "cut"]
V4 = bytes([192, 0, 2, 25])
ADDRESSES = {
    "a_good": tail([record(QUESTION, A, V4)]),
    "a_60": tail([record(QUESTION, A, bytes([192, 0, 2, i])) for i in range(60)]),
    "a_16_octets": tail([record(QUESTION, A, b"\0" * 16)]),
    "a_3_octets": tail([record(QUESTION, A, b"\0" * 3)]),
    "a_alias": tail([cname(QUESTION, "host.example.com"), record(name("host.example.com"), A, V4)]),
}
AAAA_TAILS = {
    "aaaa_good": tail([record(QUESTION, AAAA, bytes.fromhex("20010db8") + b"\0" * 11 + b"\x19")]),
    "aaaa_mapped": tail([record(QUESTION, AAAA, b"\0" * 10 + b"\xff\xff" + V4)]),
    "aaaa_4_octets": tail([record(QUESTION, AAAA, V4)]),
}
SOA_TAILS = {
    "soa_good": tail([soa(REVERSE)]),
    "soa_short": tail([record(QUESTION, SOA, name("a") + name("b") + b"\0" * 19)]),
    "soa_long": tail([record(QUESTION, SOA, name("a") + name("b") + b"\0" * 21)]),
}

MX_TAILS = {
    "mx_good": tail([record(QUESTION, MX, b"\0\x14" + name("mx2.example")), record(QUESTION, MX, b"\0\x0a" + name("mx1.example"))]),
    "mx_null": tail([record(QUESTION, MX, b"\0\0\0")]),
    "mx_short": tail([record(QUESTION, MX, b"\0")]),
    "mx_no_name": tail([record(QUESTION, MX, b"\0\x0a")]),
    "mx_long": tail([record(QUESTION, MX, b"\0\x0a" + name("mx1.example") + b"x")]),
    "mx_compressed": tail([record(QUESTION, MX, b"\0\x0a\xc0\x0c")]),
    "mx_hostile": tail([record(QUESTION, MX, b"\xff\xff\x05\x1b[2J\n\x05a$(b)\0")]),
}


def messages():
    seeds = {key: b"\0\0" + value for key, value in TAILS.items()}
    seeds |= {key: b"\1\1" + value for key, value in ADDRESSES.items()}
    seeds |= {key: b"\2\1" + value for key, value in AAAA_TAILS.items()}
    seeds |= {key: b"\4\0" + value for key, value in SOA_TAILS.items()}
    seeds["ns"] = b"\3\0" + tail([record(QUESTION, NS, name("ns1.example")), record(QUESTION, NS, name("ns2.example"))])
    seeds |= {key: b"\5\0" + value for key, value in MX_TAILS.items()}
    whole = b"\0\1\x81\x80\0\1\0\1\0\0\0\0" + name(REVERSE) + b"\0\x0c\0\1" + ptr("mail.example.com")
    seeds |= {"whole": b"\0\x80" + whole, "whole_two_questions": b"\0\x80" + whole.replace(b"\0\1\0\1", b"\0\2\0\1", 1),
              "empty": b"\0\x80", "short": b"\0\x80\0\1\x81"}
    return seeds


def chunk(octets):
    return struct.pack(">H", len(octets)) + octets


def judgements():
    def run(mode, *tails, address=V4, extra=b""):
        return bytes([mode]) + address + extra + b"".join(chunk(t) for t in tails)

    good, fail = ADDRESSES["a_good"], TAILS["nxdomain_soa"]
    seeds = {"ptr_" + key: run(2, value, good, fail, good) for key, value in TAILS.items()}
    seeds |= {"forward_" + key: run(0, TAILS["one_ptr"], value, AAAA_TAILS["aaaa_good"])
              for key, value in {**ADDRESSES, **{k: TAILS[k] for k in FORWARD}}.items()}
    seeds |= {"v6_" + key: run(3, TAILS["one_ptr"], value, address=bytes.fromhex("20010db8") + b"\0" * 11 + b"\x19")
              for key, value in AAAA_TAILS.items()}
    seeds["helo"] = run(4, TAILS["two_ptr"], good, extra=b"\x10mail.example.com")
    seeds["helo_literal"] = run(4, TAILS["one_ptr"], good, extra=b"\x0c[192.0.2.25]")
    seeds["helo_hostile"] = run(4, TAILS["one_ptr"], good, extra=b"\x06\x1b[2J\"\\")
    seeds["from_host"] = run(8, fail, extra=b"\x10mail.example.com")
    seeds["from_host_hostile"] = run(8, fail, extra=b"\x05\xff\x1b\"\\\n")
    seeds["names_120"] = run(0, tail([ptr(f"n{i}.example") for i in range(120)]), *[fail] * 3)
    seeds["provider"] = run(0, tail(authority=[soa("2.0.192.in-addr.arpa", mname="ns-1.awsdns-60.org")], rcode=3))
    seeds["direct"] = bytes([16]) + V4 + chunk(fail) + b"\x03" + chunk(good) + b"\x02"
    seeds["direct_published"] = bytes([16]) + V4 + chunk(TAILS["one_ptr"]) + b"\x02" + chunk(fail) + b"\x07"
    seeds["color_mapped"] = run(96, TAILS["one_ptr"], good)
    seeds["nothing"] = b""
    seeds["silence"] = bytes([1]) + b"\xfe\x80" + b"\0" * 14
    return seeds


def names():
    texts = ["mail.example.com", "mail.example.com.", ".", "", "a..b", r"a\046b.example", r"\000", r"a\256", "\\", r"a\2",
             "a" * 63, "a" * 64, ".".join(["a"] * 127), ".".join(["a"] * 128), "1.2.0.192.in-addr.arpa",
             "mail.example.com.2.0.192.in-addr.arpa", "*.example", "0/25.2.0.192.in-addr.arpa", "-a.b", "203.0.113.1",
             "\x1b[2J", "\xe2\x80\xae"]
    seeds = {f"text_{i:02}": b"\1" + text.encode("latin-1") for i, text in enumerate(texts)}
    wires = [name("mail.example.com"), b"\0", b"", b"\3com", b"\xc0\x0c", b"\x3f" + b"\xff" * 63 + b"\0", b"\1.\0",
             b"\1a" * 127 + b"\0", b"\1\0\0"]
    seeds |= {f"wire_{i:02}": b"\0" + wire for i, wire in enumerate(wires)}
    pairs = [("Mail.example", "mAIL.EXAMPLE."), ("a.b", r"a\.b"), ("[", "{"), ("a.b.c", "b.c")]
    seeds |= {f"pair_{i:02}": b"\2" + bytes([len(a)]) + a.encode() + b.encode() for i, (a, b) in enumerate(pairs)}
    return seeds


def targets():
    lines = ["203.0.113.1", "203.0.113.1.", "[2001:db8::1]", "IPv6:2001:db8::1", "unknown[203.0.113.1]", "1.2.3",
             "1.113.0.203.in-addr.arpa", "::ffff:203.0.113.1", "mail.example.com", "mail.example.com.", "192.0.2.0/28",
             "192.0.2.17/24", "2001:db8::/112", "::/0", "fe80::1%eth0", "203.0.113.256", "010.0.0.1", "0x7f.1",
             "3405803777", "127.0.0.1:53", "[::1]:53", "::1:53", "a\0b", "\x1b]0;x\x07", "\xef\xbb\xbf1.2.3.4", " \t\r\n",
             "203.0.113.1 # comment", "-", "--", "@1.1.1.1", "[[[[", "]", "[]", "a/b", "/", "%", "1" * 300, "a." * 200,
             "[IPv6:::1]", "1:2:3:4:5:6:7:8", "0." * 31 + "0.ip6.arpa", "mail_1.example", "mail.123"]
    return {f"line_{i:02}": line.encode("latin-1") for i, line in enumerate(lines)}


def generic_names():
    v6 = bytes.fromhex("20010db8000000000000000000c0ffee")
    with_v4 = ["192-0-2-25.dyn.isp.example", "25.2.0.192.isp.example", "c0000219.isp.example", "host025.isp.example",
               "192000002025.isp.example", "3221226009.isp.example", "pool-25.isp.example", "ip192.0-2.25.example",
               "mail.example.com", "mx25.example.com", "a8-29.smtp-out.amazonses.com", "unassigned.isp.example",
               "ec2-192-0-2-25.compute-1.amazonaws.com", "25.example", "192.0.2.25", "25-2-0-192", ".", "x",
               "1" * 63 + "." + "2" * 63, "-".join(["192"] * 15) + ".example", "0." * 120 + "example", "_25._.example",
               r"192\0452.example", r"\000\255.example", "xn--25-2-0-192.example", "MAIL-192-0-2-25.EXAMPLE"]
    with_v6 = ["2001-db8--c0ff-ee.isp.example", "20010db8000000000000000000c0ffee.ip6.isp.example",
               ".".join("20010db8000000000000000000c0ffee") + ".isp.example", "c0-ffee.v6.isp.example",
               ".".join(reversed("20010db8000000000000000000c0ffee")) + ".isp.example", "mail6.example.com"]
    seeds = {f"v4_{i:02}": b"\1" + V4 + text.encode() for i, text in enumerate(with_v4)}
    seeds |= {f"v6_{i:02}": b"\2" + v6 + text.encode() for i, text in enumerate(with_v6)}
    seeds |= {f"alone_{i:02}": b"\0" + text.encode() for i, text in enumerate(with_v4[:8])}
    return seeds


def main():
    root = pathlib.Path(sys.argv[1])
    targets_and_seeds = {"message": messages(), "judgement": judgements(), "name": names(), "target": targets(),
                         "generic_name": generic_names()}
    for target, seeds in targets_and_seeds.items():
        folder = root / target
        folder.mkdir(parents=True, exist_ok=True)
        for seed, octets in seeds.items():
            (folder / seed).write_bytes(octets)


if __name__ == "__main__":
    main()
