# SPDX-License-Identifier: MIT
"""Zone files as an operator edits them: records come and go by owner, type and data."""
import re

import name_servers

LINE = re.compile(r"^(\S+)\s+(?:\d+\s+)?(?:IN\s+)?(A|AAAA|PTR|CNAME)\s+(\S+)\s*(;.*)?$")

# What BIND takes as the owner of an address record, and as the data of a PTR record, where it is the primary server.
HOST_NAME = re.compile(r"([0-9a-z]([0-9a-z-]*[0-9a-z])?\.)+", re.IGNORECASE)


class Impossible(Exception):
    """What a name server refuses."""


class Zones:
    def __init__(self, directory):
        self.before = {zone: path.read_text() for zone, path in name_servers.zone_files(directory)}
        self.texts = dict(self.before)

    def zone_of(self, owner):
        """The zone that holds the name: the longest that it is under."""
        under = [zone for zone in self.texts if zone == "." or owner.lower().rstrip(".") == zone
                 or owner.lower().rstrip(".").endswith("." + zone)]
        return max(under, key=lambda zone: 0 if zone == "." else len(zone))

    def records(self, zone):
        """(line number, owner, type, data) of what is read here; names absolute, in lower case."""
        origin = zone
        for number, line in enumerate(self.texts[zone].split("\n")):
            if line.startswith("$ORIGIN "):
                origin = line.split()[1]
            elif found := LINE.match(line):
                owner, kind, data, _ = found.groups()
                yield (number, absolute(owner, origin), kind,
                       data.lower() if kind in ("A", "AAAA") else absolute(data, origin))

    def remove(self, owner, kind, data=None, missing_ok=False):
        owner, data = canonical(owner), canonical(data)
        zone = self.zone_of(owner)
        going = {number for number, *record in self.records(zone)
                 if record[:2] == [owner, kind] and data in (None, record[2])}
        if data is not None and not going and not missing_ok and not self.comes_of_wildcard(owner, kind, data):
            raise Impossible(f"no record {owner} {kind} {data}")
        lines = self.texts[zone].split("\n")
        self.texts[zone] = "\n".join(line for number, line in enumerate(lines) if number not in going)

    def comes_of_wildcard(self, owner, kind, data):
        """A record of the name itself takes its place (RFC 4592, section 3.3.1)."""
        wildcard = "*." + owner.split(".", 1)[1]
        return any(record == [wildcard, kind, data] for _, *record in self.records(self.zone_of(owner)))

    def add(self, owner, kind, data):
        zone = self.zone_of(owner)
        if not HOST_NAME.fullmatch(data if kind == "PTR" else owner):
            raise Impossible(f"BIND refuses {owner} {kind} {data} (check-names)")
        if any(record[0] == owner.lower() and record[1] == "CNAME" for _, *record in self.records(zone)):
            raise Impossible(f"{owner} is an alias")
        self.texts[zone] += f"{owner} {kind} {data}\n"

    def changed(self):
        return {zone: text for zone, text in self.texts.items() if text != self.before[zone]}

    def originals(self):
        return {zone: self.before[zone] for zone in self.changed()}


def canonical(name):
    """In lower case, and octets that need it as \\DDD, however they are written."""
    def octet(found):
        character = chr(int(found[1])) if found[1].isdigit() else found[1]
        return character if character.isalnum() or character in "-_/*" else f"\\{ord(character):03}"

    if name is None:
        return None
    name = re.sub(r"\\(\d{3}|\D)", octet, name)
    return re.sub(r"[^\w\\./*:-]", lambda found: f"\\{ord(found[0]):03}", name, flags=re.ASCII).lower()


def absolute(name, zone):
    if name == "@":
        return zone.rstrip(".") + "."
    name = canonical(name)
    return name if name.endswith(".") else f"{name}.{zone.rstrip('.')}".rstrip(".") + "."
