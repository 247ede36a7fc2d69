# SPDX-License-Identifier: MIT
"""One address as the program explains it through a real resolver: in text, and in JSON, which must agree."""
import os
import pathlib
import shutil
import tempfile

import real_servers  # which puts the other folders of tests on the path
from harness import CliTest, main, needs


class NetworkTest(CliTest):
    """`servers` are started once for all tests of a class, by start_servers()."""

    programs = ()  # the classes of servers that it starts

    @classmethod
    def setUpClass(cls):
        os.environ["PATH"] += ":/usr/sbin:/sbin"
        missing = [name for server in cls.programs for name in server.programs if not shutil.which(name)]
        needs(not missing, " ".join(missing))
        cls.start_servers()

    @classmethod
    def start_servers(cls):
        raise NotImplementedError

    @classmethod
    def run_server(cls, server):
        return cls.enterClassContext(server)

    def setUp(self):
        self.directory = pathlib.Path(self.enter(tempfile.TemporaryDirectory()))

    def explain(self, server, *arguments, status, findings=(), failure=None, fix=(), smtp=None, says=(), never=()):
        """Runs it in both formats. `failure` is (outcome, rcode, type asked, name asked, codes of extended errors), `fix`
        the records to publish with their option, `smtp` how the reply begins; None and () are nothing at all."""
        at = ("--server", server if isinstance(server, str) else server.server)
        text = self.run_program(*at, *arguments, server=False)
        record, = self.run_program("--json", *at, *arguments, server=False).records
        self.assertEqual((text.stdout[:4], record["status"]), (status, status), text)
        codes = {finding["code"] for finding in record["findings"]} - {"special_use_address"}
        self.assertEqual(codes, set(findings), text)
        failed = record["failure"]
        self.assertEqual(failed and (failed["outcome"], failed["rcode"], failed["qtype"], failed["qname"],
                                     tuple(error["code"] for error in failed["ede"])), failure, text)
        self.assertEqual([(entry["option"], entry["record"]) for entry in record["fix"]], list(fix), text)
        line = record["smtp"] and record["smtp"]["line"]
        self.assertEqual(line and line[:len(smtp or "x")], smtp, text)
        flat = " ".join(text.stdout.split())
        for words in says:
            self.assertIn(words, flat)
        for words in (*never, *(() if smtp else ("450 4.7.25", "550 5.7.25 Client"))):
            self.assertNotIn(words, flat)
        if not fix:
            self.assertNotIn("To fix it", flat)
        return record
