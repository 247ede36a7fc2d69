# SPDX-License-Identifier: MIT
"""A network of the test's own, in which every address and port is free and nothing leads outside."""
import subprocess

import network_case  # which puts the other folders of tests on the path
import world

REASON = None  # why this machine does not allow it


def enter():
    """Puts this process, which must have no threads yet, into a network with a loopback interface alone."""
    global REASON
    try:
        world.isolate()
        ip("link", "set", "lo", "up")
    except (OSError, subprocess.CalledProcessError) as error:
        REASON = f"a network namespace ({error})"


def ip(*words):
    subprocess.run(["ip", *words], check=True, capture_output=True)


class PrivateNetworkTest(network_case.NetworkTest):
    @classmethod
    def setUpClass(cls):
        network_case.needs(REASON is None, REASON)
        super().setUpClass()


def main():
    enter()
    network_case.main()
