# SPDX-License-Identifier: MIT
"""A list at a glance, reports beside the output, and what an interrupted run says in each format."""
import re
import signal
import xml.etree.ElementTree

from harness import CliTest, main, read_record, reverse
from dns_message import PTR, SILENCE  # which harness has put on the path

SERVFAIL = 2


class Summary(CliTest):
    def test_a_block(self):
        """Three pass, one has the provider's name, one has no answer, the others have no PTR record."""
        self.world.confirmed("192.0.2.4", "192-0-2-4.dyn.example.com")
        self.world.set(reverse("192.0.2.9"), PTR, SERVFAIL)
        ended = self.run_program("--summary", "192.0.2.0/28")
        self.assertEqual((ended.status, ended.stderr), (1, ""))
        self.assertEqual(ended.stdout, """\
192.0.2.0/28  16 addresses
    11 FAIL no PTR record  .0 .5-.8 .10-.15
     1 TEMP PTR lookup failed: SERVFAIL  .9
     1 WARN generic name  .4
     3 PASS .1-.3

        .0  F...wFFFFTFFFFFF
            . pass  w warn  F fail  T temporary

16 addresses: 3 pass, 1 warn, 11 fail, 1 temporary
""")

    def test_a_mixed_list(self):
        """Networks in the order of the list, each from its first address to the next network; bad lines only counted."""
        lines = ["192.0.2.1", "192.0.2.9", "2001:db8::1", "no target", "gone.example.com", "192.0.2.2"]
        ended = self.run_program("--summary", "-", stdin="\n".join(lines).encode())
        self.assertEqual(ended.status, 2)
        self.check_complaint(ended, "standard input:4: ")
        self.assertEqual(ended.stdout, """\
192.0.2.0/24  2 addresses
     1 FAIL no PTR record  .9
     1 PASS .1

2001:db8::/64  1 address
     1 PASS ::1

FAIL  gone.example.com: host name without an address

192.0.2.0/24  1 address
     1 PASS .2

5 addresses, 1 invalid line: 3 pass, 0 warn, 2 fail, 0 temporary
""")

    def test_github_has_the_annotations_after_it(self):
        text = self.run_program("--summary", "192.0.2.0/28").stdout
        ended = self.run_program("--summary", "--format", "github", "192.0.2.0/28")
        self.assertEqual((ended.status, ended.stdout[:len(text)]), (1, text))
        self.assertEqual(ended.stdout[len(text):].count("::error title=FCrDNS"), 10)

    def test_results_that_come_in_another_order(self):
        self.responder.hold(reverse("192.0.2.1"))
        process = self.start("--summary", "--unordered", "192.0.2.0/30")
        self.responder.wait_for("three.example.com")
        self.responder.release(reverse("192.0.2.1"))
        self.assertIn("     3 PASS .1-.3\n", self.end(process).stdout)


class Reports(CliTest):
    def paths(self, *names):
        return [self.directory / name for name in names]

    def test_two_files_beside_the_text(self):
        records, table = self.paths("records", "table")
        table.write_text("what was there before " * 1000)
        ended = self.run_program("--report", f"json={records}", f"--report=markdown={table}", "192.0.2.1", "192.0.2.9")
        alone = self.run_program("192.0.2.1", "192.0.2.9")
        self.assertEqual((ended.status, ended.stdout, ended.stderr), (1, alone.stdout, ""))
        self.assertEqual([read_record(line)["status"] for line in records.read_text().splitlines()], ["PASS", "FAIL"])
        self.assertEqual(table.read_text(), self.run_program("--format", "markdown", "192.0.2.1", "192.0.2.9").stdout)
        self.assertIn("| FAIL | `192.0.2.9` | no PTR record |", table.read_text())

    def test_each_is_what_the_format_prints_and_in_the_order_of_the_input(self):
        for form in ("json", "junit", "github", "markdown"):
            (path,) = self.paths(form)
            printed = self.run_program("--format", form, "192.0.2.1", "192.0.2.9").stdout
            ended = self.run_program("-q", "--unordered", "--color=always", "--report", f"{form}={path}", "192.0.2.1",
                                     "192.0.2.9")
            self.assertEqual((ended.status, ended.stdout), (1, ""))
            self.assertEqual(self.without_times(path.read_text()), self.without_times(printed))

    def test_a_list_that_cannot_be_read_is_an_error_of_every_report(self):
        """A CI system looks at the report alone; the address beside the list passes."""
        (missing,) = self.paths("missing")
        sentence = f"{missing}: cannot be read: No such file or directory"
        said = {}
        for form in ("junit", "github", "markdown", "nagios"):
            ended = self.run_program("--format", form, "192.0.2.1", "-f", str(missing))
            self.assertEqual((ended.status, ended.stderr), (3 if form == "nagios" else 2, f"fcrdns-check: {sentence}\n"))
            said[form] = ended.stdout
        suites = xml.etree.ElementTree.fromstring(said["junit"])
        self.assertEqual([suites.get(name) for name in ("tests", "failures", "errors")], ["2", "0", "1"])
        results = {case.get("name"): [(part.tag, part.get("message")) for part in case] for case in suites.iter("testcase")}
        self.assertEqual(results, {"192.0.2.1": [], "input": [("error", sentence)]})
        self.assertIn(f"::error title=FCrDNS::{sentence}\n", said["github"])
        self.assertIn(f"Trouble: `{sentence}`\n", said["markdown"])
        self.assertIn(f"FCRDNS UNKNOWN - {sentence}; ", said["nagios"])

    @staticmethod
    def without_times(text):
        return re.sub(r'time="[0-9.]+"', "", text)

    def test_one_that_cannot_be_written_is_said_before_anything_is_asked(self):
        (path,) = self.paths("records")
        for wrong in (self.directory / "no" / "such", self.directory):
            for arguments in ([], ["--json"], ["-q"], ["--report", f"json={path}"]):
                self.check_usage(self.run_program(*arguments, "--report", f"markdown={wrong}", "192.0.2.1"),
                                 f"--report markdown={wrong}: cannot be written: ")

    def test_a_report_empties_nothing_that_is_in_use(self):
        targets, link = self.paths("targets", "link")
        targets.write_text("192.0.2.1\n")
        link.symlink_to(targets)
        for path in (targets, link):
            self.check_usage(self.run_program("--file", str(targets), "--report", f"json={path}"),
                             f"--report json={path}: the file is the input, too; name another one")
        self.assertEqual(targets.read_text(), "192.0.2.1\n")
        self.check_usage(self.run_program("--report", f"json={link}", "--report", f"junit={targets}", "192.0.2.1"),
                         f"--report junit={targets}: the file is another report, too; name another one")

    def test_a_disk_that_is_full_at_the_end(self):
        ended = self.run_program("--report", "json=/dev/full", "192.0.2.1")
        self.assertEqual((ended.status, ended.stdout), (2, "PASS  192.0.2.1 -> mail.example.com -> 192.0.2.1\n"))
        self.check_complaint(ended, "/dev/full: No space left on device")

    def test_what_is_no_report(self):
        for value in ("json", "json=", "=x", "text=x", "nagios=x", "xml=x", ""):
            self.check_usage(self.run_program("--report", value, "192.0.2.1"),
                             f"--report {value}: expected FORMAT=FILE with json, junit, github or markdown")


class Interrupted(CliTest):
    COUNTS = "2 of 4 addresses (interrupted): 1 pass, 0 warn, 1 fail, 0 temporary"

    def interrupt(self, *arguments):
        """Two of four have their answers when the signal comes."""
        self.responder.asked.clear()
        held = [reverse("192.0.2.2"), reverse("192.0.2.3")]
        for name in held:
            self.responder.hold(name)
        seen = self.directory / "seen"
        seen.unlink(missing_ok=True)
        # This report tells when both are finished, whatever the format does with them.
        process = self.start(*arguments, "--report", f"json={seen}", "192.0.2.1", "192.0.2.9", "192.0.2.2", "192.0.2.3")
        self.eventually(lambda: seen.exists() and seen.read_text().count("\n") == 2, "two are finished")
        for name in held:
            self.responder.wait_for(name)
        process.send_signal(signal.SIGINT)
        ended = self.end(process)
        for name in held:
            self.responder.release(name)
        return ended

    def check(self, ended, *lines, status=130, stderr=""):
        self.assertEqual((ended.status, ended.stderr), (status, stderr), ended)
        for line in lines:
            self.assertIn(line + "\n", ended.stdout)

    def test_text(self):
        self.check(self.interrupt(), "FAIL  192.0.2.9        no PTR record", self.COUNTS)
        self.check(self.interrupt("--summary"), self.COUNTS)

    def test_one_target(self):
        self.responder.hold(reverse("192.0.2.1"))
        process = self.start("192.0.2.1")
        self.responder.wait_for(reverse("192.0.2.1"))
        process.send_signal(signal.SIGINT)
        self.check(self.end(process), "0 of 1 address (interrupted): 0 pass, 0 warn, 0 fail, 0 temporary")

    def test_one_target_of_a_silent_server(self):
        self.world.set(reverse("192.0.2.1"), PTR, SILENCE)
        process = self.start("--timeout", "0.5", "192.0.2.1")
        self.responder.wait_for(reverse("192.0.2.1"), 2)
        process.send_signal(signal.SIGINT)
        ended = self.end(process)
        self.assertEqual(ended.status, 130)
        self.assertRegex(ended.stderr, r"\Afcrdns-check: PTR of 192\.0\.2\.1: 127\.0\.0\.1:\d+ silent, try [23] of 3\n\Z")

    def test_json(self):
        ended = self.interrupt("--json")
        self.assertEqual([(r["ip"], r["status"]) for r in ended.records], [("192.0.2.1", "PASS"), ("192.0.2.9", "FAIL")])
        self.check(ended, stderr=f"fcrdns-check: {self.COUNTS}\n")

    def test_junit(self):
        ended = self.interrupt("--format", "junit")
        self.check(ended)
        suites = xml.etree.ElementTree.fromstring(ended.stdout)
        self.assertEqual([suites.get(name) for name in ("tests", "failures", "errors")], ["4", "1", "2"])
        results = {case.get("name"): [part.tag for part in case] for case in suites.iter("testcase")}
        self.assertEqual(results, {"192.0.2.1": [], "192.0.2.9": ["failure"], "192.0.2.2": ["error"], "192.0.2.3": ["error"]})
        for error in suites.iter("error"):
            self.assertIn("interrupted", error.get("message"))

    def test_junit_of_a_block_lists_what_was_not_begun(self):
        self.responder.hold(reverse("192.0.2.0"))
        process = self.start("--format", "junit", "--rate", "1", "192.0.2.0/26")
        self.responder.wait_for(reverse("192.0.2.0"))
        process.send_signal(signal.SIGINT)
        suites = xml.etree.ElementTree.fromstring(self.end(process).stdout)
        self.assertEqual((suites.get("tests"), len({case.get("name") for case in suites.iter("testcase")})), ("64", 64))

    def test_nagios(self):
        """A failure that was seen is one; with nothing but a pass so far the state is not known."""
        ended = self.interrupt("--format", "nagios")
        self.assertEqual((ended.status, ended.stderr), (2, ""))
        self.assertRegex(ended.stdout, r"\AFCRDNS CRITICAL - .*interrupted.*\| pass=1;;;0 warn=0;;;0 fail=1;;;0 temp=0;;;0 ")

    def test_github(self):
        ended = self.interrupt("--format", "github")
        self.check(ended, self.COUNTS)
        self.assertIn("::error title=FCrDNS FAIL 192.0.2.9::", ended.stdout)

    def test_markdown(self):
        self.check(self.interrupt("--format", "markdown"), self.COUNTS)


if __name__ == "__main__":
    main()
