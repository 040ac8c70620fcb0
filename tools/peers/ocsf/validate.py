"""Validates JSON lines of OCSF: python3 validate.py FILE

Each line is held against the schema of its own class, version and profiles, without a network. A key that the class and its
profiles do not define is a problem, and so are a deprecated key, an identifier with the caption of another one, and an event
that has the same metadata.uid, or a finding that has the same finding_info.uid, as an earlier line.

Needs ocsf-json-schema and jsonschema. Prints a line for each problem. Ends with code 1 if there is one.
"""

import json
import sys
from functools import lru_cache

from jsonschema import Draft202012Validator
from ocsf_json_schema import OcsfJsonSchemaEmbedded, get_ocsf_schema


@lru_cache
def schema_of(version):
    return get_ocsf_schema(version=version)


@lru_cache
def validator_of(version, class_uid, profiles):
    embedded = OcsfJsonSchemaEmbedded(schema_of(version))
    name = embedded.lookup_class_name_from_uid(class_uid)
    return name, Draft202012Validator(embedded.get_class_schema(name, list(profiles)))


def problems_of(event):
    metadata = event["metadata"]
    version = metadata["version"]
    name, validator = validator_of(version, event["class_uid"], tuple(metadata.get("profiles", [])))
    for error in validator.iter_errors(event):
        yield ".".join(map(str, error.absolute_path)) or "event", error.message
    schema = schema_of(version)
    yield from words_of(event, schema["classes"][name], schema, "")
    if event["type_uid"] != event["class_uid"] * 100 + event["activity_id"]:
        yield "type_uid", "is not class_uid * 100 + activity_id"


def words_of(value, definition, schema, path):
    """What JSON Schema does not see: captions, and keys that are deprecated."""
    attributes = definition["attributes"]
    for key, member in value.items():
        attribute = attributes.get(key)
        if attribute is None:
            continue
        place = f"{path}{key}"
        if attribute.get("@deprecated"):
            yield place, "is deprecated"
        known = attribute.get("enum", {}).get(str(member)) if not isinstance(member, (dict, list)) else None
        caption = value.get(attribute.get("sibling"))
        # The source of an event may call "Other" as it likes.
        if known and caption is not None and known["caption"] not in (caption, "Other"):
            yield place, f"{member} is {known['caption']!r}, not {caption!r}"
        if attribute["type"] == "object_t":
            inner = schema["objects"][attribute["object_type"]]
            for number, one in enumerate(member if isinstance(member, list) else [member]):
                if isinstance(one, dict):
                    index = f".{number}" if isinstance(member, list) else ""
                    yield from words_of(one, inner, schema, f"{place}{index}.")


def main(file):
    events, findings, found = set(), set(), 0
    with open(file, encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                event = json.loads(line)
                problems = list(problems_of(event))
                for known, place, uid in (
                    (events, "metadata.uid", event["metadata"].get("uid")),
                    (findings, "finding_info.uid", event["finding_info"]["uid"]),
                ):
                    if uid in known:
                        problems.append((place, f"{uid!r} is in an earlier line"))
                    known.add(uid)
            except (KeyError, TypeError, ValueError, AttributeError, FileNotFoundError) as error:
                problems = [("event", f"{type(error).__name__}: {error}")]
            for place, problem in problems:
                print(f"line {number}: {place}: {problem}")
            found += len(problems)
    return 1 if found else 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python3 validate.py FILE")
    sys.exit(main(sys.argv[1]))
