#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Lists through forwarders that take only so much at once, close connections, or are restarted meanwhile."""
import collections
import math

from network_case import NetworkTest, main
from dns_message import ASKED_NAME, SOA, record, soa_data
from dns_responder import RecordingServer, Server
from pressure_test import LimitedServer, healthy
from real_servers import Dnsmasq, KnowsEdns, Unbound

ADDRESSES = "10.0.0.0/20"


def every_address(query):
    """Each leads back, and each zone has its record."""
    if query.type == SOA:
        return query.reply(answer=[record(ASKED_NAME, SOA, soa_data(600))])
    return healthy(query)


answer = KnowsEdns(every_address)


class SlowServer(LimitedServer):
    host = "127.0.0.1"

    def __init__(self, delay):
        super().__init__(delay, math.inf, answer)
        self.port = self.socket.getsockname()[1]


class Forwarders(NetworkTest):
    programs = (Dnsmasq, Unbound)

    @classmethod
    def start_servers(cls):
        pass

    def verdicts(self, ended):
        return dict(collections.Counter(record["verdict"] for record in ended.records))

    def test_limit_of_questions_under_way(self):
        """dnsmasq refuses what is beyond 150 (--dns-forward-max)."""
        for delay in (0.02, 0.1):
            slow = self.enter(SlowServer(delay))
            forwarder = self.enter(Dnsmasq(slow, ready="example"))
            ended = self.run_program("--json", "--server", forwarder.server, ADDRESSES, server=False)
            self.assertEqual((ended.status, self.verdicts(ended)), (0, {"pass": 4096}), f"{delay} s")

    def test_connections_closed_after_100_questions(self):
        forwarder = self.enter(Dnsmasq(self.enter(Server(answer)), ready="example"))
        ended = self.run_program("--json", "--tcp", "--server", forwarder.server, ADDRESSES, server=False)
        self.assertEqual((ended.status, self.verdicts(ended)), (0, {"pass": 4096}), ended.stderr)

    def test_restarted_meanwhile(self):
        world = self.enter(RecordingServer(answer))
        resolver = self.enter(Unbound(world, '  module-config: "iterator"\n  local-zone: "10.in-addr.arpa." nodefault\n',
                                      ready="example"))
        process = self.start("--json", "--server", resolver.server, "10.0.0.0/19", server=False)
        self.eventually(lambda: world.count() > 2000, "the list is under way")
        resolver.stop()
        self.assertIn("does not answer any more (Connection refused); waiting for it", self.read_line(process.stderr))
        self.assertTrue(resolver.start())
        ended = self.end(process)
        self.assertEqual((ended.status, self.verdicts(ended)), (0, {"pass": 8192}), ended.stderr)
        self.assertIn(f"the wait for {resolver.server} has ended", ended.stderr)


if __name__ == "__main__":
    main()
