# SPDX-License-Identifier: MIT
"""The records of --json against the schema, by two validators that know nothing of each other.

The schema that is installed is open: readers are to take added members and words as they come.
strict() makes of it what the program of these sources may print, and nothing more: no member and
no word that is not described, and what one member says of another.
"""
import copy
import json
import pathlib

FILE = pathlib.Path(__file__).resolve().parent.parent / "src" / "doc" / "fcrdns-check.schema.json"
OUTCOMES_OF_A_FAILURE = ("not_sent", "servfail", "refused", "formerr", "notimp", "referral", "timeout", "unreachable", "malformed",
                         "filtered", "other")


def missing_packages():
    """The packages that are not here."""
    missing = []
    for module, package in (("jsonschema", "python3-jsonschema"), ("fastjsonschema", "python3-fastjsonschema")):
        try:
            __import__(module)
        except ImportError:
            missing.append(package)
    return missing


def load():
    return json.loads(FILE.read_text())


def when(member, value, **properties):
    return {"if": {"properties": {member: value}}, "then": {"properties": properties}}


NULL, EMPTY = {"type": "null"}, {"maxItems": 0}
ONLY_MAIL_DOMAIN = {"items": {"properties": {"code": {"const": "mail_domain"}}}}
CONDITIONS = [
    when("verdict", {"const": "pass"}, reason={"const": "forward_confirmed"}, status={"enum": ["PASS", "WARN"]},
         iprev={"const": "pass"}, confirmed_names={"minItems": 1}, smtp=NULL),
    when("verdict", {"enum": ["fail", "temperror", "invalid"]}, confirmed_names=EMPTY),
    when("verdict", {"const": "temperror"}, status={"const": "TEMP"}, iprev={"const": "temperror"},
         failure={"type": "object", "properties": {"outcome": {"enum": list(OUTCOMES_OF_A_FAILURE)}}},
         reason={"enum": ["ptr_lookup_failed", "forward_lookup_failed", "address_lookup_failed"]}),
    when("verdict", {"enum": ["pass", "fail", "invalid"]}, failure=NULL),
    when("verdict", {"const": "fail"}, status={"const": "FAIL"}, iprev={"enum": ["fail", "permerror"]},
         reason={"enum": ["no_ptr", "ptr_not_a_hostname", "too_many_ptr", "forward_mismatch", "forward_nodata",
                          "forward_nxdomain", "no_address"]}),
    when("verdict", {"const": "invalid"}, reason={"const": "invalid_input"}, status={"const": "INVALID"}, iprev=NULL,
         ip=NULL, fix=EMPTY, queries=EMPTY),
    when("ip", NULL, reverse_name=NULL, ptr=EMPTY, findings=ONLY_MAIL_DOMAIN, smtp=NULL, reverse_zone=NULL, fix=EMPTY),
    when("ip", {"type": "string"}, family={"type": "string"}, reverse_name={"type": "string"}),
]
INFOS = ["resolver_differs", "own_zone_answer", "synthesised_address", "mail_domain", "multiple_ptr", "ptr_alias",
         "forward_alias", "underscore_in_name", "special_use_address", "ipv4_mapped", "input_name_not_in_ptr"]
WARNINGS = ["generic_name", "unconfirmed_ptr", "single_label_name", "unknown_tld", "ptr_target_not_absolute",
            "local_answer", "private_forward_address", "resolver_differs", "helo_mismatch", "helo_not_resolving",
            "servers_disagree", "other_family_only"]


def strict():
    schema = copy.deepcopy(load())
    close(schema)
    schema["allOf"] = CONDITIONS
    schema["definitions"]["finding"]["allOf"] = [
        when("severity", {"const": "warning"}, code={"enum": WARNINGS}),
        when("severity", {"const": "info"}, code={"enum": INFOS}),
    ]
    return schema


def close(part):
    """No member that is not described, and of words that stand as examples no other."""
    if isinstance(part, list):
        for element in part:
            close(element)
    elif isinstance(part, dict):
        if part.get("type") == "object":
            part["additionalProperties"] = False
        if "examples" in part:
            part["enum"] = part.pop("examples")
        for element in part.values():
            close(element)


class Validators:
    """Both validators over one schema."""

    def __init__(self, schema):
        import fastjsonschema
        import jsonschema

        jsonschema.Draft7Validator.check_schema(schema)
        self.by_path = jsonschema.Draft7Validator(schema)
        self.compiled = fastjsonschema.compile(schema)
        self.refused = fastjsonschema.JsonSchemaException

    def faults(self, record):
        """What each of them says against the record: (validator, sentence)."""
        faults = [("jsonschema", f"{'/'.join(map(str, error.absolute_path))}: {error.message}")
                  for error in self.by_path.iter_errors(record)]
        try:
            self.compiled(record)
        except self.refused as error:
            faults.append(("fastjsonschema", str(error)))
        return faults
