#!/usr/bin/env python3
"""Verifies dustrun logs without dustrun: plain Python 3 with its standard library only, without code in common with the executor.

    verify_log.py LOG [--against "NAME N SHA256"]   prints verdict and reason; exits with 0 if complete, 6 if damaged, 7 otherwise
    verify_log.py --batch                           reads logs from stdin, each as length, LF, bytes; prints verdicts

Rule numbers are those of docs/log-format.md. Whether the events follow from the program is not verified here: replay does that.
"""
import functools
import hashlib
import json
import re
import sys

AT = "proc stmt_index at "
SINK = "host first last sink "
# Kind -> its fields in order; `?` marks an optional field.
FIELDS = {kind: fields.split() for kind, fields in {
    "run_started": "format version semantics entry args mode limits tick_us resources? realizers? artifacts program",
    "program_loaded": "name text",
    "resource_granted": "proc resource args",
    "resource_denied": "proc resource args reason refusal",
    "bind_checked": "source target stage holds ticks reason refusal?",
    "constraint_added": AT + "id predicate tick",
    "constraint_held": AT + "id",
    "constraint_failed": AT + "id reason",
    "enter_proc": "proc forge regime args",
    "stmt_exec": AT + "tick control bound? range?",
    "leave_proc": "proc value?",
    "q_alloc": "proc resource name origin",
    "q_move": "proc resource from to",
    "q_use": "proc resource name",
    "q_consume": "proc resource name reason",
    "q_leak": "proc resource name",
    "phi_resolved": "proc gate verdict configuration conflict bounds work certificate",
    "witness": "stmt_index at tick proc constraints from configuration name value",
    "effect": AT + "index effect value payload tick",
    "outcome": "status returned? error? ticks effects",
    "effect_intended": SINK + "position key",
    "effect_realized": SINK + "position key",
    "effect_in_doubt": SINK + "reason",
    "effect_resolved": "host first last decision",
    "realization_finished": "host status performed reason",
    "checkpoint": "bytes sha256 skip",
    "recovered": "host cut sha256",
}.items()}
REALIZATION = {"effect_intended", "effect_realized", "effect_in_doubt", "effect_resolved", "realization_finished"}


def require(condition, reason):
    if not condition:
        raise ValueError(reason)


def members(pairs):
    require(len(dict(pairs)) == len(pairs), "rule 5: duplicate member")
    return dict(pairs)


@functools.lru_cache(4096)
def check_form(line):
    """Rules 1 to 5: one compact JSON object of a known kind, with exactly its fields in their order."""
    event = json.loads(line.decode("utf-8"), object_pairs_hook=members)
    require(isinstance(event, dict) and list(event)[:2] == ["seq", "kind"], "rule 2: the first members are not seq and kind")
    fields = FIELDS.get(event["kind"])
    require(fields, f"rule 2: unknown kind {event['kind']}")
    wanted = [name.rstrip("?") for name in fields if name[-1] != "?" or name[:-1] in event]
    require(list(event)[2:] == wanted, f"rule 3: wrong fields for {event['kind']}")
    bare = re.sub(rb'"(?:[^"\\]|\\.)*"', b"", line)
    require(not re.search(rb"\s", bare), "rule 1: white space outside strings")
    return event


def verify(data, against=None):
    """The verdict on a log's bytes, and the reason for it."""
    lines, end = data.split(b"\n"), data.rfind(b"\n") + 1
    lines.pop()  # the text after the last LF is not a line
    offset, checkpoints, since, artifacts = 0, [], 0, 0
    header = outcome = None
    realization, digest, attested = "none", hashlib.sha256(), None
    for seq, line in enumerate(lines):
        if against and against[0] == seq:
            attested = digest.hexdigest()
        event = check_form(line)
        kind = event["kind"]
        require(event["seq"] == seq, f"rule 6: line {seq + 1} has seq {event['seq']}")
        require((kind == "run_started") == (seq == 0), "rule 7: the first event, and only the first, must be run_started")
        header = header or event
        if kind == "program_loaded":
            artifacts += 1
            require(artifacts <= header["artifacts"], "rule 8: too many artifacts")
        elif kind in REALIZATION:
            may_realize = outcome and "error" not in outcome and realization != "complete"
            require(may_realize, "rule 10: realization without an admitted outcome, or after it was complete")
            realization = event["status"] if kind == "realization_finished" else "begun"
        elif kind not in ("run_started", "checkpoint", "recovered"):
            require(artifacts == header["artifacts"], "rule 8: an artifact is missing")
            require(not outcome, "rule 9: an event after the outcome")
            outcome = event if kind == "outcome" else None
        since = 0 if kind == "checkpoint" else since + 1
        require(since <= 1024, "rule 11: a checkpoint is missing")
        if kind == "checkpoint":
            skip = [checkpoints[-back] for back in (1 << n for n in range(64)) if back <= len(checkpoints)]
            wanted = {"seq": seq, "kind": kind, "bytes": offset, "sha256": digest.hexdigest(), "skip": skip}
            wanted = json.dumps(wanted, separators=(",", ":")).encode()
            require(wanted == line, f"rule 12: line {seq + 1} is not the checkpoint of the bytes before it")
            checkpoints.append(offset)
        digest.update(line + b"\n")
        offset += len(line) + 1
    if against and against[0] == len(lines):
        attested = digest.hexdigest()
    require(attested is None or attested == against[1], "the external checkpoint has another digest")
    counted = f"{len(lines)} events"
    if end < len(data):
        return "torn", f"{counted}; {len(data) - end} bytes of an incomplete line follow"
    if against and len(lines) <= against[0]:
        return ("complete", counted) if len(lines) == against[0] else ("incomplete", f"{counted} of {against[0]}")
    has_effects = header and header["mode"] == "realize" and outcome and "error" not in outcome and outcome["effects"]
    if has_effects and realization != "complete":
        return "incomplete", f"{counted}; the realization is not finished"
    return ("complete", counted) if outcome and since == 0 else ("prefix", f"{counted}; completeness not provable")


def judge(data, against=None):
    try:
        return verify(data, against)
    except (ValueError, KeyError, TypeError, RecursionError) as reason:
        return "damaged", str(reason)


def main(words):
    if words == ["--batch"]:
        while length := sys.stdin.buffer.readline():
            print(judge(sys.stdin.buffer.read(int(length)))[0])
        return 0
    if len(words) not in (1, 3) or words[1:2] not in ([], ["--against"]):
        print(__doc__, file=sys.stderr)
        return 5
    checkpoint = words[2].split() if len(words) == 3 else None
    with open(words[0], "rb") as log:
        verdict, reason = judge(log.read(), checkpoint and (int(checkpoint[-2]), checkpoint[-1]))
    print(f"{verdict}: {reason}")
    return {"complete": 0, "damaged": 6}.get(verdict, 7)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
