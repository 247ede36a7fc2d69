# SPDX-License-Identifier: MIT
"""The schema that is installed: it describes every member, takes what is added later, and the
strict form of it refuses every record that is not one of ours. Both validators must say the same.

schema_test.py PROGRAM
"""
import copy
import json
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
import json_schema
import world

PROGRAM = sys.argv.pop(1)
# A record of every kind: pass, warning, failures, temporary, no address, invalid; with and without what is optional.
COMMANDS = """
fcrdns-check --json 192.0.2.25 203.0.113.1 198.51.100.7 198.51.100.20 gone.example.net 'no target' ::ffff:192.0.2.25
fcrdns-check --json -v --receivers --helo mail.example.net 192.0.2.25 192.0.2.27 198.51.100.20 2001:db8::25
fcrdns-check --json --direct 192.0.2.25 203.0.113.1 198.51.100.7
fcrdns-check --json -f senders.txt
fcrdns-check --json --mx example.com
"""


def objects(value, path=()):
    """Every object in a record, with the way to it."""
    if isinstance(value, dict):
        yield path
        for key, element in value.items():
            yield from objects(element, path + (key,))
    elif isinstance(value, list):
        for index, element in enumerate(value):
            yield from objects(element, path + (index,))


def one_of_each(records):
    """(record, path) of every kind of object, and of a record of every status, once."""
    seen = set()
    for record in records:
        for path in objects(record):
            kind = tuple("[]" if isinstance(step, int) else step for step in path) or record["status"]
            if kind not in seen:
                seen.add(kind)
                yield record, path


def at(record, path):
    for step in path:
        record = record[step]
    return record


def described(part, path=""):
    """(path, member) of every member, whatever the depth."""
    if isinstance(part, dict):
        for name, member in part.get("properties", {}).items():
            yield f"{path}/{name}", member
        for key, element in part.items():
            yield from described(element, f"{path}/{key}")
    elif isinstance(part, list):
        for index, element in enumerate(part):
            yield from described(element, f"{path}/{index}")


class Schema(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.open = json_schema.Validators(json_schema.load())
        cls.strict = json_schema.Validators(json_schema.strict())
        printed = world.shell(PROGRAM, COMMANDS).stdout.decode()
        cls.records = [json.loads(line) for line in printed.splitlines() if line.startswith("{")]

    def refused_by(self, validators, record):
        return {validator for validator, _ in validators.faults(record)}

    def assert_refused(self, record, what):
        self.assertEqual(self.refused_by(self.strict, record), {"jsonschema", "fastjsonschema"}, what)

    def test_there_is_a_record_of_every_kind(self):
        self.assertEqual({record["status"] for record in self.records}, {"PASS", "WARN", "FAIL", "TEMP", "INVALID"})
        for member in ("failure", "smtp", "reverse_zone", "helo", "receivers", "authoritative", "queries"):
            self.assertTrue(any(record[member] for record in self.records), member)
            self.assertTrue(any(record[member] is None for record in self.records), member)

    def test_what_the_program_prints(self):
        for record in self.records:
            self.assertEqual(self.open.faults(record), [], record)
            self.assertEqual(self.strict.faults(record), [], record)

    def test_the_members_stand_in_the_order_of_the_schema(self):
        """All of them, but for what only --mx adds."""
        order = list(json_schema.load()["properties"])
        for record in self.records:
            self.assertEqual(list(record), [member for member in order if member != "mx" or "mx" in record])
        self.assertTrue(any("mx" in record for record in self.records))

    def test_every_member_is_described(self):
        members = list(described(json_schema.load()))
        self.assertGreater(len(members), 80)
        self.assertEqual([path for path, member in members if len(member.get("description", "")) < 8], [])

    def test_what_is_added_later_is_taken(self):
        for record, path in one_of_each(self.records):
            added = copy.deepcopy(record)
            at(added, path)["added_later"] = [1, {"of": "any kind"}]
            self.assertEqual(self.open.faults(added), [], path)
            self.assert_refused(added, path)

    def test_words_that_are_added_later_are_taken(self):
        record = next(record for record in self.records if record["findings"] and record["queries"])
        for path in (("reason",), ("findings", 0, "code"), ("queries", 0, "outcome"), ("receivers", 0, "basis")):
            added = copy.deepcopy(record)
            at(added, path[:-1])[path[-1]] = "added_later"
            self.assertEqual(self.open.faults(added), [], path)
            self.assert_refused(added, path)

    def test_a_member_that_is_missing_is_seen(self):
        for record, path in one_of_each(self.records):
            for key in at(record, path):
                less = copy.deepcopy(record)
                del at(less, path)[key]
                self.assert_refused(less, (*path, key))

    def test_a_member_of_another_kind_is_seen(self):
        for record, path in one_of_each(self.records):
            for key in at(record, path):
                other = copy.deepcopy(record)
                at(other, path)[key] = [["of no kind"]]
                self.assert_refused(other, (*path, key))

    def test_members_that_contradict_each_other_are_seen(self):
        for record in self.records:
            for verdict, key, value in (("temperror", "status", "TEMP"), ("pass", "iprev", "pass"),
                                        ("pass", "reason", "forward_confirmed"), ("fail", "reason", "no_ptr")):
                if record["verdict"] != verdict:
                    self.assert_refused({**record, key: value}, (record["verdict"], key, value))


if __name__ == "__main__":
    absent = json_schema.missing_packages()
    if absent:
        sys.exit(f"missing: {', '.join(absent)}")
    world.enter()
    unittest.main(argv=[sys.argv[0], "-v"])
