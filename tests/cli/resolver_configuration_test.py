# SPDX-License-Identifier: MIT
"""Whom the program asks: /etc and the environment. Rows R of ../faults.txt.

Each run sees a private /etc with nothing but what the test put there; the servers listen on
loopback, at a port that --port names.
"""
import os
import subprocess

from harness import CliTest, World, main, needs, reverse
from dns_message import PTR, SERVFAIL, SILENCE  # which harness has put on the path
from dns_responder import RecordingServer

PRIVATE_ETC = ["unshare", "-m", "sh", "-c", 'mount --bind "$1" /etc && shift && exec "$@"', "sh"]
WITHOUT_ROOTS_RIGHT_TO_READ = ["setpriv", "--bounding-set", "-dac_override,-dac_read_search"]


def can_mount():
    if os.geteuid() != 0:
        return False
    return subprocess.run(["unshare", "-m", "true"], stderr=subprocess.DEVNULL, check=False).returncode == 0


class ResolverConfiguration(CliTest):
    def setUp(self):
        needs(can_mount(), "mount namespaces (root)")
        super().setUp()
        self.etc = self.directory / "etc"
        self.etc.mkdir()

    def configure(self, content):
        (self.etc / "resolv.conf").write_bytes(content if isinstance(content, bytes) else content.encode())

    def run_configured(self, *arguments, prefix=(), **options):
        return self.run_program("--port", str(self.responder.port), *arguments, server=False,
                                prefix=[*PRIVATE_ETC, str(self.etc), *prefix], **options)

    def serve_beside(self, host, world=None):
        """A second server at the same port of another address of loopback."""
        return self.enter(RecordingServer(world or self.world, host=host, port=self.responder.port))

    def check_passes(self, ended, stderr=""):
        self.assertEqual((ended.status, ended.stderr), (0, stderr), ended)
        self.assertEqual(ended.stdout, "PASS  192.0.2.1 -> mail.example.com -> 192.0.2.1\n")

    def check_no_server(self, ended, *words):
        self.assertEqual((ended.status, ended.stdout), (2, ""), ended)
        self.assertTrue(ended.stderr.splitlines()[-1].startswith("fcrdns-check: /etc/resolv.conf: "), ended)
        for word in words:
            self.assertIn(word, ended.stderr)
        self.assertEqual(self.responder.count(), 0, "127.0.0.1 was asked in silence")

    def test_R1_no_file(self):
        self.check_no_server(self.run_configured("192.0.2.1"), "cannot be read: No such file or directory")
        with_server = self.run_configured("192.0.2.1", "@127.0.0.1")
        self.check_passes(with_server)

    def test_R2_nothing_in_it(self):
        for content in ("", "\n", "# nameserver 127.0.0.1\n; nameserver 127.0.0.1\n", "search example.org\n",
                        "nameserver\n", " #\n", "xnameserver 127.0.0.1\n"):
            self.configure(content)
            self.check_no_server(self.run_configured("192.0.2.1"), "names no usable server", "--server ADDRESS")

    def test_R3_unreadable(self):
        path = self.etc / "resolv.conf"
        path.mkdir()
        self.check_no_server(self.run_configured("192.0.2.1"), "cannot be read: Is a directory")
        path.rmdir()
        path.symlink_to("nowhere")
        self.check_no_server(self.run_configured("192.0.2.1"), "cannot be read: No such file or directory")
        path.unlink()
        path.symlink_to("resolv.conf")
        self.check_no_server(self.run_configured("192.0.2.1"), "cannot be read: Too many levels of symbolic links")
        path.unlink()
        self.configure("nameserver 127.0.0.1\n")
        path.chmod(0)
        ended = self.run_configured("192.0.2.1", prefix=WITHOUT_ROOTS_RIGHT_TO_READ)
        self.check_no_server(ended, "cannot be read: Permission denied")

    def test_R3_fifo(self):
        os.mkfifo(self.etc / "resolv.conf")
        self.check_no_server(self.run_configured("192.0.2.1"), "names no usable server")

    def test_R4_not_an_address(self):
        for bad in ("not-an-ip", "127.0.0.1:53", "127.1", "\x1b[31m", "256.0.0.1"):
            self.configure(f"nameserver {bad}\n")
            shown = bad.replace("\x1b", "\\027")
            self.check_no_server(self.run_configured("192.0.2.1"), f"nameserver {shown} is ignored: expected an address")
            self.configure(f"nameserver {bad}\nnameserver 127.0.0.1\n")
            self.check_passes(self.run_configured("192.0.2.1"),
                              f"fcrdns-check: /etc/resolv.conf: nameserver {shown} is ignored: expected an address\n")
            self.responder.asked.clear()

    def test_R5_nothing_there(self):
        self.configure("nameserver 127.0.0.1\n")
        self.responder.close()
        # Were the refusal not noticed, three tries of 30, 60 and 120 seconds would pass.
        ended = self.run_configured("--timeout", "30", "192.0.2.1")
        self.assertEqual(ended.status, 3)
        self.assertIn("unreachable (Connection refused) from 127.0.0.1", ended.stdout)
        self.assertIn("/etc/resolv.conf", ended.stdout)

    def test_R6_first_dead(self):
        self.configure("nameserver 127.0.0.77\nnameserver 127.0.0.1\n")
        self.check_passes(self.run_configured("--timeout", "30", "192.0.2.1"))

    def test_R6_first_silent(self):
        silent = self.serve_beside("127.0.0.2", world=World(SILENCE))
        self.configure("nameserver 127.0.0.2\nnameserver 127.0.0.1\n")
        self.check_passes(self.run_configured("--timeout", "0.2", "192.0.2.1"))
        self.assertGreater(silent.count(), 0)

    def test_R7_first_servfail(self):
        failing = self.serve_beside("127.0.0.2", world=World(SERVFAIL))
        self.configure("nameserver 127.0.0.2\nnameserver 127.0.0.1\n")
        self.check_passes(self.run_configured("192.0.2.1"))
        self.assertEqual((failing.count(), self.responder.count()), (2, 2))

    def test_R8_many_servers(self):
        self.configure("".join(f"nameserver 127.0.0.{i}\n" for i in range(70, 77)) + "nameserver 127.0.0.1\n")
        self.check_passes(self.run_configured("192.0.2.1"))
        self.configure("".join(f"nameserver 127.0.0.{i}\n" for i in range(70, 79)) + "nameserver 127.0.0.1\n")
        ended = self.run_configured("192.0.2.1", "--tries", "1")
        self.assertEqual(ended.status, 3)
        self.check_complaint(ended, "/etc/resolv.conf: only the first 8 name servers are used")

    def test_R9_search_list(self):
        self.world.set("short", 1, 3)
        self.world.address("short.example.org", "192.0.2.1")
        self.configure("domain example.org\nsearch example.org example.net\noptions ndots:15\nnameserver 127.0.0.1\n")
        ended = self.run_configured("192.0.2.1", "short")
        self.assertEqual({q.name for q in self.responder.asked},
                         {reverse("192.0.2.1"), "mail.example.com", "short"})
        self.assertRegex(ended.stdout, "FAIL  short +does not exist\n")

    def test_R10_options(self):
        self.configure("options timeout:1 attempts:1 rotate use-vc edns0 no-aaaa trust-ad inet6 debug no-such\n"
                       "sortlist 192.0.2.0/255.255.255.0\nnameserver 127.0.0.2\nnameserver 127.0.0.1\n")
        second = self.serve_beside("127.0.0.2")
        self.check_passes(self.run_configured("192.0.2.1"))
        self.assertEqual((self.responder.count(), {q.transport for q in second.asked}), (0, {"tcp"}))
        second.asked.clear()
        self.configure("options timeout:1 attempts:1 rotate\noptions edns0 trust-ad\n; options use-vc\n"
                       "nameserver 127.0.0.2\n")
        self.check_passes(self.run_configured("192.0.2.1"))
        self.assertEqual({q.transport for q in second.asked}, {"udp"})
        self.world.set(reverse("192.0.2.9"), PTR, SILENCE)
        self.configure("options attempts:1 timeout:30\nnameserver 127.0.0.1\n")
        self.assertEqual(self.run_configured("--timeout", "0.05", "--tries", "3", "192.0.2.9").status, 3)
        self.assertEqual(self.responder.count(reverse("192.0.2.9")), 3)
        six = self.run_configured("--json", "2001:db8::1")
        self.assertEqual(six.records[0]["verdict"], "pass")

    def test_R11_ipv6_servers(self):
        for bad in ("fe80::1%", "2001:db8::1%eth0", "127.0.0.1%eth0", "fe80::1%no/such"):
            self.configure(f"nameserver {bad}\n")
            self.check_no_server(self.run_configured("192.0.2.1"), f"nameserver {bad} is ignored: expected an address")
        self.serve_beside("::1")
        self.configure("nameserver ::1\n")
        self.check_passes(self.run_configured("192.0.2.1"))

    def test_R12_hostile_file(self):
        for content in (b"\0nameserver 127.0.0.77\n\0\nnameserver 127.0.0.1", b"nameserver 127.0.0.1\r\nsearch x\r\n",
                        b"nameserver\t127.0.0.1   # comment\n", b"options " + b"x" * (1 << 19) + b"\nnameserver 127.0.0.1",
                        bytes(range(256)) * 8 + b"\nnameserver 127.0.0.1\n", b"  nameserver 127.0.0.1\n"):
            self.configure(content)
            self.check_passes(self.run_configured("192.0.2.1"))
        self.configure(b"nameserver " + b"1" * (1 << 20))
        self.assertEqual(self.run_configured("192.0.2.1").status, 2)

    def test_R12_nsswitch_and_gai_that_break_parsers(self):
        self.configure("nameserver 127.0.0.1\n")
        for name in ("nsswitch.conf", "host.conf", "svc.conf", "hosts", "gai.conf"):
            (self.etc / name).write_bytes(b"\0hosts: files\n\0" + b"\xff" * 4096)
        self.check_passes(self.run_configured("192.0.2.1"))

    def test_R13_environment(self):
        self.configure("nameserver 127.0.0.1\n")
        aliases = self.write("aliases", "mail.example.com other.example.com\nshort mail.example.com\n")
        hosts = self.write("hosts", "192.0.2.99 mail.example.com short\n192.0.2.1 other.example.com\n")
        environment = {**os.environ, "LOCALDOMAIN": "example.org", "RES_OPTIONS": "ndots:9 attempts:1 timeout:1 use-vc",
                       "HOSTALIASES": aliases, "CARES_HOSTS": hosts, "CARES_MEMLEAK": "1"}
        self.check_passes(self.run_configured("192.0.2.1", environment=environment))
        self.assertEqual({(q.name, q.transport) for q in self.responder.asked},
                         {(reverse("192.0.2.1"), "udp"), ("mail.example.com", "udp")})
        self.run_configured("short", environment=environment)
        self.assertIn("short", {q.name for q in self.responder.asked})

    def test_R14_hosts_file(self):
        self.configure("nameserver 127.0.0.1\n")
        (self.etc / "hosts").write_text("192.0.2.9 mail.example.com\n192.0.2.1 wrong.example.com\n127.0.0.1 localhost\n")
        self.check_passes(self.run_configured("192.0.2.1"))
        ended = self.run_configured("--json", "192.0.2.9")
        self.assertEqual(ended.records[0]["reason"], "no_ptr")
        self.run_configured("localhost")
        self.assertGreater(self.responder.count("localhost"), 0)

    def test_R15_nsswitch(self):
        self.configure("nameserver 127.0.0.1\n")
        for content in (None, "hosts: files\n", "hosts:\n", "hosts: myhostname [!UNAVAIL=return] dns\n"):
            if content is not None:
                (self.etc / "nsswitch.conf").write_text(content)
            self.check_passes(self.run_configured("192.0.2.1"))

    def test_R16_file_replaced_meanwhile(self):
        self.configure("nameserver 127.0.0.1\n")
        second = self.serve_beside("127.0.0.2")
        process = self.start("--port", str(self.responder.port), "--json", "-", server=False,
                             prefix=[*PRIVATE_ETC, str(self.etc)])
        process.stdin.write(b"192.0.2.1\n")
        process.stdin.flush()
        self.assertIn("pass", self.read_line(process.stdout))
        self.configure("nameserver 127.0.0.2\n")
        process.stdin.write(b"192.0.2.2\n")
        self.assertEqual(self.end(process).status, 0)
        self.assertEqual((second.count(), self.responder.count()), (0, 4))

    def test_server_option_makes_the_file_unneeded(self):
        (self.etc / "resolv.conf").mkdir()
        self.check_passes(self.run_configured("192.0.2.1", "--server", "127.0.0.1"))


if __name__ == "__main__":
    main()
