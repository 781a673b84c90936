#!/usr/bin/env python3
"""Verifies dustrun logs without dustrun: plain Python 3 with its standard library only, without code in common with the executor.

    verify_log.py LOG [--against NOTE] [--key VKEY]...   verdict and reason; exit code 0 if complete, 6 if damaged, 7 otherwise
    verify_log.py --ledger LEDGER [--against NOTE] [--key VKEY]...  the same of a seal ledger; 7 if it has no entry, or an unfinished one
    verify_log.py --proof PROOF --key VKEY...            whether a block of a log, an entry of a ledger or a line of a store's log is in what
                                                         a note attests, without that; 0 or 6
    verify_log.py --store DIR...                         whether stores' logs are in order, and the logs in DIR/runs are as they record;
                                                         0 if so, 6 if damaged, 1 if files are missing or foreign, 7 if unfinished
    verify_log.py --batch                                reads logs from stdin, each as length, LF, bytes; one verdict a line

NOTE and PROOF are files; a VKEY is the text of a public key, `name+id+base64`, or a file that holds it. Rule numbers are those of docs/log-format.md, and
of docs/store.md for the store's log; ledgers are described in docs/realization.md. Whether the events follow from the program is not verified here: replay does that.
"""
import base64
import decimal
import functools
import hashlib
import json
import math
import os
import re
import stat
import sys

EMPTY = (False, 0, "", [], {})  # what a member marked `~` is left out for; `control` for "next"
BLOCK = 1024  # events between two checkpoints, at most
NEST = 1000  # depth of a value, at most
sys.setrecursionlimit(12_000)


class Damage(Exception):
    """A rule is violated."""


class Unusable(Exception):
    """A key that was given is none."""


def require(condition, rule, reason):
    if not condition:
        raise Damage(f"rule {rule}: {reason}")


def sha256(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


# ── spelling: rules 1, 4 and 5 ─────────────────────────────────────────────────────────────────────────────────────────────────

def spell_float(number):
    """As ECMAScript prints it: the shortest digits that read back as the same binary64; always with a point or an exponent."""
    require(math.isfinite(number), 4, "a number is out of range")
    sign, digits, exponent = decimal.Decimal(repr(number)).as_tuple()
    text = "".join(map(str, digits)).rstrip("0") or "0"
    point = len(digits) + exponent if number else 1
    if 0 < point <= 21:
        text = text.ljust(point, "0")
        spelled = f"{text[:point]}.{text[point:] or '0'}"
    elif -6 < point <= 0:
        spelled = f"0.{'0' * -point}{text}"
    else:
        spelled = f"{text[0]}{'.' if text[1:] else ''}{text[1:]}e{point - 1:+d}"
    return ("-" if sign else "") + spelled


def spell(item):
    """The only spelling of a JSON value in a log."""
    if isinstance(item, str):
        text = json.dumps(item, ensure_ascii=False)
        return re.sub("[\ud800-\udfff]", lambda lone: f"\\u{ord(lone[0]):04x}", text)
    if isinstance(item, dict):
        return "{" + ",".join(f"{spell(name)}:{spell(member)}" for name, member in item.items()) + "}"
    if isinstance(item, list):
        return "[" + ",".join(map(spell, item)) + "]"
    return spell_float(item) if isinstance(item, float) else json.dumps(item)


def members(pairs):
    require(len(dict(pairs)) == len(pairs), 5, "a member occurs twice")
    return dict(pairs)


def parse(line):
    try:
        event = json.loads(line.decode("utf-8"), object_pairs_hook=members)
    except (ValueError, RecursionError) as problem:
        raise Damage(f"rule 1: not a JSON object in UTF-8: {problem}") from None
    require(isinstance(event, dict), 1, "not a JSON object")
    bare = re.sub(rb'"(?:[^"\\]|\\.)*"', b"", line)
    require(not re.search(rb"\s", bare), 1, "white space outside of strings")
    require(spell(event).encode() == line, 4, "a number or string has another spelling")
    return event


# ── members and their types: rules 2, 3, 5 and 6 ───────────────────────────────────────────────────────────────────────────────

def is_int(item, low=0, high=2**53 - 1):
    return isinstance(item, int) and not isinstance(item, bool) and low <= item <= high


NUMBERED = {"Thread": "t", "Mutex": "x", "File": "f"}  # handles: a letter, and a number within the run
HOLDER = r"m[1-9][0-9]{0,15}\.[1-9][0-9]{0,15}"


def is_value(item, depth=0):
    if item == "Unit" and depth <= NEST:
        return True
    if depth > NEST or not isinstance(item, dict) or len(item) != 1:
        return False
    [(tag, content)] = item.items()
    if tag == "Struct":
        is_struct = isinstance(content, dict) and list(content) == ["ty", "fields"] and isinstance(content["ty"], str)
        return is_struct and is_named(content["fields"], depth + 1)
    if tag == "Array":
        return isinstance(content, list) and all(is_value(entry, depth + 1) for entry in content)
    if tag == "Mem":
        return isinstance(content, str) and re.fullmatch(HOLDER, content) is not None
    if tag in NUMBERED:
        return isinstance(content, str) and re.fullmatch(NUMBERED[tag] + "[1-9][0-9]{0,15}", content) is not None
    if tag in ("Port", "Device", "Mapped"):
        return isinstance(content, str)
    if tag == "Int":
        return is_int(content, -2**63, 2**63 - 1)
    if tag == "Char":
        return isinstance(content, str) and len(content) == 1
    return tag in ("Float", "Bool", "String") and isinstance(content, {"Float": float, "Bool": bool, "String": str}[tag])


def payload_of(value, semantics):
    """The payload of an effect with this value. Unit is spelled otherwise by the upstream executor."""
    if value == "Unit":
        return "unit" if semantics == "host-0.1" else "Unit"
    [(tag, content)] = value.items()
    if tag in ("String", "Char"):
        return content
    return spell(content) if tag in ("Int", "Bool", "Float") else spell(value)


def written_by(effect):
    """What the effect of an operation is on, `file`, `port` or `device`, and its name; None for the effect of a statement."""
    operation, _, name = effect.partition(":")
    kind = {"write": "file", "io_write": "port", "mmio_write": "device"}.get(operation) if name else None
    return kind, name


def is_named(item, depth=0):
    """Values by name. Names that are array indices come first and ascend: programs that read JSON put them there."""
    if not isinstance(item, dict):
        return False
    indices = [int(name) for name in item if re.fullmatch("0|[1-9][0-9]{0,9}", name) and int(name) < 2**32 - 1]
    require(list(map(str, indices)) == list(item)[:len(indices)] and indices == sorted(indices), 5, "index names not first")
    return all(is_value(value, depth) for value in item.values())


def is_range(item):
    return isinstance(item, dict) and list(item) == ["start", "end"] and all(map(is_value, item.values()))


def matches(pattern):
    return lambda item: isinstance(item, str) and re.fullmatch(pattern, item) is not None


def is_place(pattern):
    """A check for text of this form, in which names are JSON strings exactly if they are no identifiers."""
    def check(item):
        if not isinstance(item, str) or not re.fullmatch(pattern, item):
            return False
        try:
            quoted = {text: json.loads(text) for text in re.findall(QUOTED, item)}
        except ValueError:
            return False
        return all(spell(name) == text and not re.fullmatch(IDENTIFIER, name) for text, name in quoted.items())
    return check


def list_of(check):
    return lambda item: isinstance(item, list) and all(map(check, item))


def record(form, **alternatives):
    """A check for an object with these members; with alternatives, its first member `kind` says which others follow."""
    def check(item):
        if not isinstance(item, dict):
            return False
        fields = alternatives.get(str(item.get("kind"))) if alternatives else form
        return fields is not None and has_members(item, f"{form} {fields}" if alternatives else form)
    return check


def has_members(item, form):
    """Whether the members of an object are those of a form, in order. `?`: may be absent. `~`: absent in place of a default."""
    fields = [re.fullmatch(r"(\w+)([?~]?):(\S+)", field).groups() for field in form.split()]
    present = [field for field in fields if not field[1] or field[0] in item]
    require(list(item) == [name for name, _, _ in present], 3, f"has {', '.join(item)}; expected {form}")
    for name, mark, kind in present:
        default = ["next"] if name == "control" else EMPTY
        require(item[name] is not None, 3, f"{name} is null")
        require(mark != "~" or item[name] not in default, 3, f"{name} has its default and is spelled out")
        require(TYPES[kind](item[name]) if kind in TYPES else item[name] in kind.split("|"), 6, f"wrong content of {name}")
    return True


IDENTIFIER, QUOTED = "[A-Za-z_][A-Za-z0-9_]*", r'"(?:[^"\\]|\\.)*"'
NAME = f"(?:{IDENTIFIER}|{QUOTED})"
PROC = rf"(?:(?:{NAME}::)?[KQΦ]::)?{NAME}"
INDEX = r"\[(?:0|[1-9][0-9]*)\]"
CLAUSE = "clause:clause"
TYPES = {
    "text": lambda item: isinstance(item, str),
    "bool": lambda item: isinstance(item, bool),
    "true": lambda item: item is True,
    "false": lambda item: item is False,
    "int": is_int,
    "pos": lambda item: is_int(item, -1),
    "value": is_value,
    "named": is_named,
    "set": lambda item: is_named(item) and len(item) == 1,
    "range": is_range,
    "integer": lambda item: is_value(item) and "Int" in item,
    "struct": lambda item: is_value(item) and "Struct" in item,
    "proc": is_place(PROC),
    "at": is_place(rf"{PROC}\.body{INDEX}(?:\.(?:body|then_body|else_body){INDEX})*"),
    "hex": matches("[0-9a-f]{64}"),
    "digest": matches("sha256:[0-9a-f]{64}"),
    "occurrence": matches("[0-9a-f]{32}"),
    "time": matches("[0-9]{4}(?:-[0-9]{2}){2}T[0-9]{2}(?::[0-9]{2}){2}[.][0-9]{3}Z"),
    "modes": matches("(?=.)r?w?a?"),
    "file": matches("f[1-9][0-9]{0,15}"),
    "base64": matches("[A-Za-z0-9+/]*={0,2}"),
    "texts": list_of(matches("(?s:.*)")),
    "ints": list_of(is_int),
    "limits": record("max_ticks:int max_depth:int max_memory:int max_work:int max_configuration_work:int max_conflict_work:int"),
    "offers": list_of(record("resource:text args:named")),
    "routes": list_of(record("effect:emit|observe|seal realizer:text")),
    "sinks": list_of(record("effect:text sink:text")),
    "error": record("code:text kind:failure message:text where:text"),
    "failure": lambda item: item in ("DirLoad DirValidate EntrypointNotFound UnsupportedRegime Inadmissible ConstraintFailure "
                                     "ContractViolation ResourceUnavailable EffectViolation TimeViolation Runtime").split(),
    "clause": record("index:int attribute:text operator:==|<|<=|>|>= bound:text"),
    "denial": record("kind:text", absent="", argument_missing="argument:text",
                     argument_differs="argument:text declared:value offered:value"),
    "refusal": record("kind:text", unusable=CLAUSE, effects="clause?:clause proc:text", direction="clause?:clause",
                      witness="clause?:clause carrier:argument|result", latency=CLAUSE + " actual_us:int"),
}
RECEIPT = "host:true time:time first:int last:int "
FORMS = {
    "run_started": "format:dustrun-log/2 version:text semantics:spec|host-0.1 entry:text args:named mode:simulate|realize limits:limits"
                   " seed?:int schedule~:ints tick_us:int resources?:offers realizers~:routes artifacts:int inputs~:int program:digest",
    "program_loaded": "name:text text:text",
    "input_loaded": "input:file|port|device name:text modes?:modes number?:int base?:int sink~:text digest?:digest text?:text base64?:base64",
    "resource_granted": "proc:proc resource:text args:named",
    "resource_denied": "proc:proc resource:text args:named reason:text refusal:denial",
    "bind_checked": "source:text target:text stage:enter|during|leave holds:bool ticks:int reason:text refusal?:refusal",
    "constraint_added": "at:at id:text predicate:text",
    "constraint_held": "id:text",
    "constraint_failed": "id:text reason:text",
    "enter_proc": "proc:proc args:named",
    "stmt": "at:at control~:then|else|body|none|break|continue set?:set range?:range",
    "leave_proc": "proc:proc value?:value",
    "q_alloc": "proc:proc resource:text name:text origin:allocated|parameter|bound|received",
    "q_move": "proc:proc resource:text from:text to:text",
    "q_use": "proc:proc resource:text name:text",
    "q_consume": "proc:proc resource:text name:text reason:measured|returned|passed|projected|freed",
    "q_leak": "proc:proc resource:text name:text",
    "mem_alloc": "at:at region:text holder:text size:int",
    "mem_copy": "at:at region:text holder:text from:text",
    "mem_load": "at:at region:text holder:text offset:int width:int value:integer",
    "mem_store": "at:at region:text holder:text offset:int width:int value:integer",
    "mem_free": "at:at region:text holder:text released:bool",
    "thread_spawn": "at:at spawned:int proc:proc args:named seed?:integer",
    "thread_join": "at:at joined:int ticks:int value?:value",
    "mutex_new": "at:at mutex:text",
    "mutex_lock": "at:at mutex:text",
    "mutex_unlock": "at:at mutex:text",
    "file_open": "at:at file:file name:text mode:r|w|a",
    "file_read": "at:at file:file region:text holder:text offset:int count:int",
    "file_close": "at:at file:file",
    "port_read": "at:at port:text value:integer",
    "device_read": "at:at device:text offset:int width:int value:integer",
    "phi_resolved": "proc:proc gate~:bool verdict:admissible|inadmissible|undecided configuration~:named canonical?:false"
                    " conflict~:texts minimal?:bool bounds~:texts work:int certificate~:text",
    "witness": "at:at proc:proc constraints:texts from:text configuration:named name:text value:struct",
    "effect": "at:at index:int effect:text value:value payload:text file~:file holder?:text",
    "outcome": "status:returned|admissible|inadmissible|failed returned?:value error?:error ticks:int effects:int",
    "realization_started": "host:true time:time occurrence:occurrence machine~:text sinks:sinks",
    "effect_intended": RECEIPT + "sink:text position:pos inode~:int",
    "effect_realized": RECEIPT + "sink:text position:pos",
    "effect_in_doubt": RECEIPT + "sink:text reason:text",
    "effect_resolved": RECEIPT + "decision:perform|skip",
    "realization_finished": "host:true time:time status:complete|failed|abandoned performed:int reason~:text",
    "checkpoint": "tick:int bytes:int effects:int constraints:int depth:int block:hex root:hex skip:ints",
    "recovered": "host:true time:time cut:int sha256:hex",
}
LOADED = {"run_started", "program_loaded", "input_loaded"}
REALIZATION = {"realization_started", "effect_intended", "effect_realized", "effect_in_doubt", "effect_resolved", "realization_finished"}
THREADLESS = LOADED | REALIZATION | {"resource_granted", "resource_denied", "outcome", "checkpoint", "recovered"}


@functools.lru_cache(4096)
def read_line(line):
    """Rules 1 to 6: the event that one line holds."""
    event = parse(line)
    kind = event.get("kind")
    require(list(event)[:2] == ["seq", "kind"], 2, "the first members are not seq and kind")
    require(isinstance(kind, str) and kind in FORMS, 2, f"unknown kind {kind}")
    if kind == "run_started":
        other = event.get("format")
        require(other != "dustrun-log/1", 8, "the log has format dustrun-log/1, which dustrun 0.1 reads")
        require(other == "dustrun-log/2", 8, f"the format {other} is unknown")
    thread = "" if kind in THREADLESS else "thread~:int "
    has_members(event, f"seq:int kind:{kind} {thread}{FORMS[kind]}")
    if kind == "input_loaded":
        check_input(event)
    require(kind != "effect" or ("file" in event) == ("holder" in event), 3, "file and holder go together")
    return event


def check_input(event):
    own = {"file": "modes", "port": "number", "device": "base"}[event["input"]]
    others = {"modes", "number", "base"} - {own}
    require(not others & set(event) and (own in event or own == "number"), 3, f"members of another input than a {event['input']}")
    require(event.get("sink") != "log", 3, "the sink log is spelled out")
    contents = [name for name in ("text", "base64") if name in event]
    require(len(contents) == ("digest" in event), 3, "an input has a digest and either text or base64, or none of them")
    require(contents or event["input"] == "file", 3, "only a file may be missing")
    require(event["input"] != "port" or is_script(event.get("text")), 6, "a port has integers, one a line")


def is_script(text):
    lines = (text or "x").split("\n") if text != "" else [""]
    return lines.pop() == "" and all(re.fullmatch("0|-?[1-9][0-9]{0,18}", line) and -2**63 <= int(line) < 2**63 for line in lines)


# ── order, counts and references: rules 7 to 18 ────────────────────────────────────────────────────────────────────────────────

class Run:
    """What the events so far have established. One method for each kind that a rule of this section concerns."""

    def __init__(self):
        self.seq = self.ticks = self.effects = self.constraints = 0
        self.header = self.outcome = self.started = None
        self.loaded, self.inputs = [], 0
        self.frames = {}  # thread -> processes entered and not left, with the names of their arguments
        self.live, self.allocated = set(), 0
        self.environment = {"file": {}, "port": {}, "device": {}}  # name -> modes; number and script; first address and end
        self.threads = {}  # thread -> how it begins; None once it has; ticks, result; whether it has ended and was joined
        self.locks = {}  # lock -> the thread that has it
        self.files, self.opened = {}, 0  # open file -> name, mode, bytes read
        self.memory, self.regions = {}, 0  # region -> how many holders it has had, those that are live
        self.kinds = []  # of the effects
        self.open, self.next, self.performed, self.status = {}, 0, 0, None  # realization: effect -> intent, state

    def accept(self, event):
        kind = event["kind"]
        require(event["seq"] == self.seq, 7, f"seq is {event['seq']}")
        require((kind == "run_started") == (self.seq == 0), 8, "the first line, and no other, is run_started")
        if kind in REALIZATION:
            ran = self.outcome is not None and "error" not in self.outcome and self.header["mode"] == "realize"
            require(ran and self.status not in ("complete", "abandoned"), 11, "no realization is due here")
            require((kind == "realization_started") == (self.started is None), 11, "realization_started is first, and once")
        elif kind not in LOADED | {"checkpoint", "recovered"}:
            require(self.is_loaded(), 9, "an artifact or input is missing")
            require(self.outcome is None, 10, "an event of the run after its outcome")
        is_tick = kind in ("stmt", "effect", "constraint_added", "witness") and not self.is_operation(event)
        self.ticks += is_tick
        if "thread" in event:
            self.advance(event, is_tick)
        getattr(self, f"on_{kind}", lambda event: None)(event)
        self.seq += 1

    def advance(self, event, is_tick):
        """An event of another thread than the first."""
        thread = self.threads.get(event["thread"])
        require(thread is not None and not thread["ended"], 12, f"thread {event['thread']} was not started, or has ended")
        begin = (event["kind"], event.get("proc"), event.get("args"))
        require(thread["begin"] in (None, begin), 12, f"thread {event['thread']} begins with another event")
        thread["begin"] = None
        thread["ticks"] += is_tick + (event["ticks"] if event["kind"] == "thread_join" else 0)

    def is_operation(self, event):
        """The effect of an operation takes no tick: its statement follows."""
        return event["kind"] == "effect" and self.header["semantics"] == "spec" and written_by(event["effect"])[0] is not None

    def is_loaded(self):
        return len(self.loaded) == self.header["artifacts"] and self.inputs == self.header.get("inputs", 0)

    def depth(self):
        return sum(map(len, self.frames.values()))

    def on_run_started(self, event):
        self.header = event

    def on_program_loaded(self, event):
        require(len(self.loaded) < self.header["artifacts"], 9, "more artifacts than the header declares")
        self.loaded.append(sha256(utf8(event["text"])).hex() if event["text"] else None)
        if len(self.loaded) == self.header["artifacts"] and None not in self.loaded:
            digest = sha256("\n".join(self.loaded).encode()).hex()
            require(self.header["program"] == f"sha256:{digest}", 18, "program is not the digest of the artifacts")

    def on_input_loaded(self, event):
        require(len(self.loaded) == self.header["artifacts"], 9, "an input before the last artifact")
        require(self.inputs < self.header.get("inputs", 0), 9, "more inputs than the header declares")
        self.inputs += 1
        data = None
        if "digest" in event:
            data = utf8(event["text"]) if "text" in event else read_base64(event["base64"])
            require(("text" in event) == is_text(data), 3, "an input has text exactly if it is UTF-8 without long escapes")
            require(event["digest"] == f"sha256:{sha256(data).hex()}", 18, "digest is not that of the input")
        self.add_input(event, data)

    def add_input(self, event, data):
        known = self.environment[event["input"]]
        require(event["name"] not in known, 9, f"the {event['input']} {event['name']} is there twice")
        if event["input"] == "file":
            known[event["name"]] = event["modes"]
        elif event["input"] == "port":
            number = event.get("number")
            require(number is None or all(number != other for other, _ in known.values()), 9, f"two ports have the number {number}")
            known[event["name"]] = (number, [int(line) for line in event["text"].split()])
        else:
            begin, end = event["base"], event["base"] + len(data)
            require(data, 9, f"the device {event['name']} has no bytes")
            require(all(end <= base or other <= begin for base, other in known.values()), 9, "two devices share an address")
            known[event["name"]] = (begin, end)

    def on_enter_proc(self, event):
        self.frames.setdefault(event.get("thread", 0), []).append((event["proc"], set(event["args"])))

    def on_leave_proc(self, event):
        frames = self.frames.get(event.get("thread", 0))
        require(frames and frames.pop()[0] == event["proc"], 12, f"{event['proc']} is not the innermost process")
        if "thread" in event and not frames:
            self.threads[event["thread"]].update(ended=True, result=event.get("value"))

    def on_constraint_added(self, event):
        self.constraints += 1
        require(event["id"] == f"C{self.constraints}", 13, f"expected C{self.constraints}")

    def on_constraint_held(self, event):
        is_added = re.fullmatch("C[1-9][0-9]{0,15}", event["id"]) and int(event["id"][1:]) <= self.constraints
        require(is_added, 13, f"{event['id']} was not added")

    on_constraint_failed = on_constraint_held

    def on_q_alloc(self, event):
        self.allocated += 1
        require(event["resource"] == f"q{self.allocated}", 14, f"expected q{self.allocated}")
        self.live.add(event["resource"])

    def on_q_use(self, event):
        require(event["resource"] in self.live, 14, f"{event['resource']} is not live")

    def on_q_consume(self, event):
        self.on_q_use(event)
        self.live.remove(event["resource"])

    on_q_move, on_q_leak = on_q_use, on_q_consume

    def on_mem_alloc(self, event):
        self.regions += 1
        require(event["region"] == f"m{self.regions}", 14, f"expected m{self.regions}")
        self.memory[event["region"]] = [0, set()]
        self.make_holder(event)

    def make_holder(self, event):
        holders = self.memory[event["region"]]
        holders[0] += 1
        require(event["holder"] == f"{event['region']}.{holders[0]}", 14, f"expected {event['region']}.{holders[0]}")
        holders[1].add(event["holder"])

    def on_mem_copy(self, event):
        self.has_holder(event, event["from"])
        self.make_holder(event)

    def on_mem_load(self, event):
        self.has_holder(event, event["holder"])

    on_mem_store = on_mem_load

    def on_mem_free(self, event):
        self.has_holder(event, event["holder"])
        live = self.memory[event["region"]][1]
        live.remove(event["holder"])
        require(event["released"] == (not live), 14, f"{len(live)} holders are live")
        if not live:
            del self.memory[event["region"]]

    def on_thread_spawn(self, event):
        require(event["spawned"] == len(self.threads) + 1, 12, f"expected thread {len(self.threads) + 1}")
        for value in event["args"].values():
            if "Mem" in value and value != "Unit":
                self.has_holder({"region": value["Mem"].split(".")[0]}, value["Mem"])
        begin = ("enter_proc", event["proc"], event["args"])
        self.threads[event["spawned"]] = {"begin": begin, "ticks": 0, "result": None, "ended": False, "joined": False}

    def on_thread_join(self, event):
        thread = self.threads.get(event["joined"])
        require(thread and thread["ended"], 12, f"thread {event['joined']} has not ended")
        require(not thread["joined"], 12, f"thread {event['joined']} is joined twice")
        thread["joined"] = True
        is_its = (event["ticks"], event.get("value")) == (thread["ticks"], thread["result"])
        require(is_its, 12, f"not the ticks or the result of thread {event['joined']}")

    def on_mutex_new(self, event):
        require(event["mutex"] == f"x{len(self.locks) + 1}", 14, f"expected x{len(self.locks) + 1}")
        self.locks[event["mutex"]] = None

    def on_mutex_lock(self, event):
        require(self.locks.get(event["mutex"], "") is None, 14, f"{event['mutex']} is not free")
        self.locks[event["mutex"]] = event.get("thread", 0)

    def on_mutex_unlock(self, event):
        require(self.locks.get(event["mutex"]) == event.get("thread", 0), 14, f"its thread has no lock {event['mutex']}")
        self.locks[event["mutex"]] = None

    def on_file_open(self, event):
        self.opened += 1
        require(event["file"] == f"f{self.opened}", 14, f"expected f{self.opened}")
        modes = self.environment["file"].get(event["name"], "")
        require(event["mode"] in modes, 14, f"the environment has no file {event['name']} of mode {event['mode']}")
        self.files[event["file"]] = [event["name"], event["mode"], 0]

    def on_file_read(self, event):
        file = self.files.get(event["file"])
        require(file and file[1] == "r", 14, f"{event['file']} is not open to be read")
        self.has_holder(event, event["holder"])
        require(event["offset"] == file[2], 14, f"expected offset {file[2]}")
        file[2] += event["count"]

    def on_file_close(self, event):
        require(self.files.pop(event["file"], None), 14, f"{event['file']} is not open")

    def on_port_read(self, event):
        _, script = self.environment["port"].get(event["port"], (None, []))
        require(script and script.pop(0) == event["value"]["Int"], 14, f"{event['port']} does not deliver this value")

    def on_device_read(self, event):
        begin, end = self.environment["device"].get(event["device"], (0, 0))
        require(event["offset"] + event["width"] <= end - begin, 14, f"{event['device']} has no such bytes")

    def writes(self, event):
        """An effect of an operation is on something that is there."""
        kind, name = written_by(event["effect"])
        if "file" in event:
            file = self.files.get(event["file"])
            is_open = file and file[1] != "r" and kind == "file" and file[0] == name
            require(is_open, 14, f"{event['file']} is not open to be written")
            self.has_holder({"region": event["holder"].split(".")[0]}, event["holder"])
        elif kind:
            require(kind != "file" and name in self.environment[kind], 14, f"nothing is there for {event['effect']}")

    def has_holder(self, event, holder):
        is_live = event["region"] in self.memory and holder in self.memory[event["region"]][1]
        require(is_live, 14, f"{holder} is no live holder of {event['region']}")

    def on_effect(self, event):
        require(event["index"] == self.effects, 15, f"expected effect {self.effects}")
        text = payload_of(event["value"], self.header["semantics"])
        require(event["payload"] == text, 15, "the payload is not the text of the value")
        self.effects += 1
        self.kinds.append(event["effect"])
        if self.header["semantics"] == "spec":
            self.writes(event)

    def on_phi_resolved(self, event):
        verdict = event["verdict"]
        require(verdict == "admissible" or "configuration" not in event, 16, "a configuration that is not admissible")
        require(verdict == "inadmissible" or not {"conflict", "bounds", "certificate"} & set(event), 16, "a conflict, but none is due")
        require((verdict == "inadmissible") == ("minimal" in event), 16, "minimal is there exactly if the verdict is inadmissible")
        is_own = verdict == "admissible" and "gate" not in event
        require(is_own or "canonical" not in event, 16, "canonical, but no canonical configuration is due")
        if is_own:
            self.on_witness(event)

    def on_witness(self, event):
        process, arguments = (self.frames.get(event.get("thread", 0)) or [(None, set())])[-1]
        is_covered = process != event["proc"] or arguments <= set(event.get("configuration", {}))
        require(is_covered, 16, "a parameter is missing from the configuration")

    def on_outcome(self, event):
        self.outcome = event
        has_error = "error" in event
        require(has_error == (event["status"] in ("failed", "inadmissible")), 15, "status and error contradict each other")
        require(not (has_error and "returned" in event), 15, "an outcome with an error returns nothing")
        counts = (self.ticks, self.effects)
        allowed = [counts, (0, 0)] if has_error and self.header["semantics"] == "host-0.1" else [counts]
        require((event["ticks"], event["effects"]) in allowed, 15, f"expected {counts[0]} ticks and {counts[1]} effects")
        require(has_error or self.depth() == 0, 12, "a process is still open")
        require(has_error or all(thread["ended"] for thread in self.threads.values()), 12, "a thread has not ended")
        require(has_error or all(thread is None for thread in self.locks.values()), 14, "a lock is still held")

    def on_realization_started(self, event):
        kinds = [sink["effect"] for sink in event["sinks"]]
        require(kinds == list(dict.fromkeys(self.kinds)), 17, "the sinks are not those of the kinds of effects")
        self.sinks = {sink["effect"]: sink["sink"] for sink in event["sinks"]}
        self.started, self.status = event, "begun"

    def effects_of(self, event):
        first, last = event["first"], event["last"]
        require(first <= last < self.effects, 17, f"there are no effects {first} to {last}")
        effects = range(first, last + 1)
        sink = event.get("sink")
        require(sink is None or all(self.sinks[self.kinds[index]] == sink for index in effects), 17, f"effects do not go to {sink}")
        self.status = "begun"
        return effects

    def on_effect_intended(self, event):
        effects = self.effects_of(event)
        require(event["first"] == self.next and not any(index in self.open for index in effects), 17, "intended out of order")
        self.open.update(dict.fromkeys(effects, ("intended", event["sink"])))

    def on_effect_realized(self, event):
        effects = self.effects_of(event)
        states = [self.open.get(index) for index in effects]
        due = ("intended", event["sink"])
        is_recorded = event["sink"] == "log" and event["first"] == self.next and states[0] is None
        require(all(state == (None if is_recorded else due) for state in states), 17, "realized without its intent")
        self.performed += len(effects)
        self.settle(effects)

    def on_effect_in_doubt(self, event):
        effects = self.effects_of(event)
        require(all(self.open.get(index, "-")[0] == "intended" for index in effects), 17, "in doubt, but not intended")
        self.open.update(dict.fromkeys(effects, ("doubt",)))

    def on_effect_resolved(self, event):
        effects = self.effects_of(event)
        require(all(self.open.get(index, "-")[0] in ("intended", "doubt") for index in effects), 17, "resolved, but not intended")
        if event["decision"] == "skip":
            self.settle(effects)
        else:
            for index in effects:
                del self.open[index]

    def settle(self, effects):
        self.open.update(dict.fromkeys(effects, ("settled",)))
        while self.open.get(self.next) == ("settled",):
            del self.open[self.next]
            self.next += 1

    def on_realization_finished(self, event):
        self.status = event["status"]
        require(event["performed"] == self.performed, 17, f"{self.performed} effects were performed")
        require(self.status != "complete" or self.next == self.effects, 17, f"effect {self.next} is not settled")
        require((self.status != "complete") == ("reason" in event), 17, "a reason is there exactly if it is not complete")


def utf8(text):
    return re.sub("[\ud800-\udfff]", "\ufffd", text).encode()


def read_base64(text):
    try:
        data = base64.b64decode(text, validate=True)
    except ValueError:
        data = None
    require(data is not None and base64.b64encode(data).decode() == text, 4, "base64 in another spelling")
    return data


def is_text(data):
    """UTF-8 without the control characters that JSON escapes with six characters."""
    try:
        return not re.search(r"[\x00-\x07\x0b\x0e-\x1f]", data.decode("utf-8"))
    except ValueError:
        return False


# ── the tree: rules 19 and 20 ──────────────────────────────────────────────────────────────────────────────────────────────────

class Tree:
    """An RFC 6962 tree that grows: the roots of its complete subtrees, largest first, with their heights."""

    def __init__(self):
        self.size, self.subtrees = 0, []

    def add(self, block):
        leaf, height = sha256(b"\0", block), 0
        added, self.size = leaf, self.size + 1
        while self.subtrees and self.subtrees[-1][0] == height:
            added, height = sha256(b"\1", self.subtrees.pop()[1], added), height + 1
        self.subtrees.append((height, added))
        return leaf

    def root(self):
        if not self.subtrees:
            return sha256()
        return functools.reduce(lambda right, left: sha256(b"\1", left, right), [root for _, root in reversed(self.subtrees)])


class Log:
    """A log, read to its last whole line. `roots[n]` is the root of its first n blocks."""

    def __init__(self, data):
        self.run, self.tree, self.roots, self.identity = Run(), Tree(), [sha256()], None
        self.tail = len(data) - data.rfind(b"\n") - 1
        self.checkpoints, self.ends = [], [0]  # offsets of their lines; ends[n]: number of lines up to the n-th
        self.since, self.start = 0, 0  # events since the last checkpoint; where their block starts
        offset, before = 0, None
        for line in data.split(b"\n")[:-1]:
            try:
                event = read_line(line)
                self.accept(event, before, data, offset)
            except Damage as damage:
                raise Damage(f"{damage} (line {self.run.seq + 1}, byte {offset})") from None
            offset, before = offset + len(line) + 1, event["kind"]
            if before == "checkpoint":
                self.start = offset

    def accept(self, event, before, data, offset):
        run, kind = self.run, event["kind"]
        if kind == "checkpoint":
            require(self.since > 0, 19, "a checkpoint over nothing")
            run.accept(event)
            self.check(event, data[self.start:offset])
            if before == "outcome":
                self.identity = self.tree.root()
            return
        is_due = before == "outcome" or self.since == BLOCK or before in LOADED and run.is_loaded()
        require(not is_due, 19, "a checkpoint is missing")
        run.accept(event)
        self.since += 1

    def check(self, event, block):
        leaf = self.tree.add(block)
        start = self.start + len(block)
        skip = [self.checkpoints[-back] for back in (1 << n for n in range(64)) if back <= len(self.checkpoints)]
        wanted = {"tick": self.run.ticks, "bytes": start, "effects": self.run.effects, "constraints": self.run.constraints,
                  "depth": self.run.depth(), "block": leaf.hex(), "root": self.tree.root().hex(), "skip": skip}
        wrong = [name for name, content in wanted.items() if event[name] != content]
        require(not wrong, 20, f"not the checkpoint of what is before it: {', '.join(wrong)}")
        self.checkpoints.append(start)
        self.roots.append(self.tree.root())
        self.ends.append(self.run.seq)
        self.since = 0

    def is_due(self):
        """Whether the run has effects to realize; only then it gets an occurrence."""
        run = self.run
        return run.outcome and run.header["mode"] == "realize" and "error" not in run.outcome and run.effects > 0

    def verdict(self):
        run, counted = self.run, f"{self.run.seq} events"
        if self.tail:
            return "torn", f"{counted}; {self.tail} bytes of an incomplete line follow"
        if self.is_due() and run.status not in ("complete", "abandoned"):
            return "incomplete", f"{counted}; the realization is not finished"
        is_closed = run.outcome and self.since == 0
        return ("complete", counted) if is_closed else ("prefix", f"{counted}; completeness not provable; {self.since} are in no block")


# ── notes and proofs (C2SP signed-note, tlog-checkpoint, tlog-cosignature, tlog-proof) ─────────────────────────────────────────

P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493  # Ed25519, RFC 8032
D = -121665 * pow(121666, -1, P) % P


def point(encoded):
    """The point (x, y, 1, xy) of 32 bytes; None if they encode none."""
    y, sign = int.from_bytes(encoded, "little") & (1 << 255) - 1, encoded[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if (x * x - square) % P == 0 else x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        return None
    x = x if x & 1 == sign else P - x
    return x, y, 1, x * y % P


def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]), (p[1] + p[0]) * (q[1] + q[0])
    c, d = 2 * p[3] * q[3] * D, 2 * p[2] * q[2]
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def multiply(factor, p):
    result = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            result = add(result, p)
        p, factor = add(p, p), factor >> 1
    return result


BASE = point((4 * pow(5, -1, P) % P).to_bytes(32, "little"))


def is_signed(key, signature, message):
    if len(signature) != 64:
        return False
    a, r, s = point(key), point(signature[:32]), int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= ORDER:
        return False
    hashed = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % ORDER
    left, right = multiply(s, BASE), add(r, multiply(hashed, a))
    return all((left[i] * right[2] - right[i] * left[2]) % P == 0 for i in (0, 1))


RUN = "([^\n]+)/run/((?:[0-9a-f]{32}){1,2})"  # an origin: the key's name, and the run's occurrence or identity
LINES = "([^\n]+)(?<!/run)/([0-9a-f]{32})"  # an origin: the key's name, and the id of a ledger or a store
KEY_NAME = "(?!\ufeff)[^\\s+\0-\x1f\x7f-\x9f]+"


def read_key(given):
    """A key's name, its ID and its public half, whose first byte is the type; of the text, or of the file of this name."""
    text = given if re.search(r"\+[0-9a-f]{8}\+", given) else read_text(given).removesuffix("\n")
    name, number, encoded = (text.split("+", 2) + ["", ""])[:3]
    try:
        public = read_base64(encoded)
    except Damage:
        public = b""
    identifier = sha256(name.encode(), b"\n", public)[:4]
    if not re.fullmatch(KEY_NAME, name) or len(public) != 33 or public[0] not in (1, 4) or number != identifier.hex():
        raise Unusable(f"{name} is no Ed25519 key")
    return name, identifier, public


class Note:
    """A checkpoint in a note: origin, size and root of a tree. Every key that is given must have signed it."""

    def __init__(self, text, keys, origin=RUN):
        is_plain = text.endswith("\n") and not re.search("^\ufeff|[\0-\x09\x0b-\x1f]", text)
        require(is_plain and len(text.encode("utf-16-le")) <= 2_000_000, "note", "it is not whole lines of text, or too long")
        body, blank, signatures = text.rpartition("\n\n")
        body = body + "\n" if blank else text
        form = re.fullmatch(r"([^\n]+)\n(0|[1-9][0-9]{0,15})\n([A-Za-z0-9+/]{43}=)\n(?:[^\n]+\n)*", body)
        require(form and is_int(int(form[2])), "note", "its first lines are not origin, size and root")
        self.origin, self.size, self.root = form[1], int(form[2]), read_base64(form[3])
        lines = [re.fullmatch(f"— ({KEY_NAME}) ([A-Za-z0-9+/]+={{0,2}})", line) for line in signatures.split("\n")[:-1] if blank]
        require(all(lines) and bool(lines) == bool(blank) and len(lines) <= 100, "note", "its last lines are not signatures")
        signed = [(line[1], read_base64(line[2])) for line in lines]
        require(all(len(signature) > 4 for _, signature in signed), "note", "a signature is empty")
        about = re.fullmatch(origin, self.origin)
        require(about, "note", f"{self.origin} is {'another run, or none' if origin == RUN else 'no ledger and no store'}")
        self.name, self.of = about.groups()
        self.signers = [self.check(key, signed, body) for key in keys]

    def check(self, key, signed, body):
        """The name of a key that has signed: type 1 signs the body, type 4 a time and the body (a witness's cosignature)."""
        name, identifier, public = key
        require(public[0] == 4 or self.name == name, "note", f"the origin {self.origin} is not one of {name}")
        own = [signature for signer, signature in signed if signer == name and signature[:4] == identifier]
        require(own, "note", f"not signed by {name}")
        for signature in own:
            time, message = signature[4:12], body
            if public[0] == 4:
                message = f"cosignature/v1\ntime {int.from_bytes(time, 'big')}\n{body}"
            valid = is_signed(public[1:], signature[12 if public[0] == 4 else 4:], message.encode())
            require(valid, "note", f"the signature of {name} is not valid")
        return name

    def attest(self, log):
        """What this note adds to the verdict on a log; it never improves it."""
        verdict, reason = log.verdict()
        started = log.run.started
        identity = log.identity and log.identity.hex()
        known = {64: identity, 32: started["occurrence"] if started else not log.is_due() and identity or None}
        require(known[len(self.of)] in (None, self.of), "note", "it is of another run")
        if self.size > log.tree.size:
            return "incomplete", f"{reason}; {log.tree.size} of {self.size} attested blocks"
        require(self.root == log.roots[self.size], "note", f"the root of the first {self.size} blocks is another")
        if self.size == 0:
            return verdict, f"{reason}; a note of size 0 attests nothing"
        beyond = log.run.seq - log.ends[self.size]
        if verdict == "complete" and beyond == 0:
            return verdict, f"{reason}, as attested"
        return verdict, f"{reason}; attested up to block {self.size}, not the {beyond} lines beyond"


def root_of(leaf, index, size, path):
    """The root of a tree of `size` leaves that has this one at `index`, from the hashes beside its path, lowest first."""
    require(bool(path) == (size > 1), "proof", "the number of hashes does not fit the size")
    if size == 1:
        return leaf
    left = 1 << (size - 1).bit_length() - 1
    if index < left:
        return sha256(b"\1", root_of(leaf, index, left, path[:-1]), path[-1])
    return sha256(b"\1", path[-1], root_of(leaf, index - left, size - left, path[:-1]))


def prove(text, keys):
    """Whether the block or the line in a proof is in the tree that its note attests."""
    head, _, note = text.partition("\n\n")
    origin = RUN if re.fullmatch(RUN, note.split("\n")[0]) else LINES
    form = re.fullmatch(r"c2sp\.org/tlog-proof@v1\nextra (\S*)\nindex (0|[1-9][0-9]{0,15})((?:\n\S+)*)", head)
    require(form and keys, "proof", "not a proof with a block, or no key is given")
    block, index, path = read_base64(form[1]), int(form[2]), [read_base64(line) for line in form[3].split()]
    note = Note(note, keys, origin)
    require(index < note.size and all(len(entry) == 32 for entry in path), "proof", "the index or a hash is out of range")
    require(root_of(sha256(b"\0", block), index, note.size, path) == note.root, "proof", "it is not in the tree")
    if origin == LINES:
        require(b"\n" not in block, "proof", "it is not one line")
        read_entry(block, index) if block.startswith(b'{"entry":') else read_store_line(block)
        return f"line {index + 1} of {note.size} of {note.origin}, signed by {', '.join(note.signers)}"
    events = [read_line(line) for line in block.split(b"\n")[:-1]]
    numbers = [event["seq"] for event in events]
    require(numbers and block.endswith(b"\n"), "proof", "the block is not whole lines")
    require(numbers == list(range(numbers[0], numbers[0] + len(numbers))), 7, "the block has a gap")
    require(all(event["kind"] != "checkpoint" for event in events), "proof", "a checkpoint is in no block")
    return f"block {index} of {note.size} of {note.origin}, events {numbers[0]} to {numbers[-1]}, signed by {', '.join(note.signers)}"


# ── seal ledgers (docs/realization.md) ─────────────────────────────────────────────────────────────────────────────────────────

ENTRY = "entry:int run:text effect:int kind:text payload:text digest:text key:text before:text"


def read_entry(line, index):
    """The entry in a line, whose digest is that of its payload."""
    try:
        entry = parse(line)
        has_members(entry, ENTRY)
    except Damage as damage:
        raise Damage(re.sub("^rule [0-9]+", "rule entry", str(damage))) from None
    require(entry["entry"] == index, "entry", f"it has number {entry['entry']} instead of {index}")
    require(entry["digest"] == f"sha256:{sha256(utf8(entry['payload'])).hex()}", "entry", "the digest of the payload is another")
    return entry


def judge_ledger(data, text, keys):
    """The verdict on a seal ledger, and the reason; with the text of a note, whether it begins with what that attests."""
    *lines, rest = data.split(b"\n")
    before = ""
    for index, line in enumerate(lines):
        try:
            entry = read_entry(line, index)
            require(entry["before"] == before, "entry", "the digest of the entry before it is another")
        except Damage as damage:
            raise Damage(f"{damage} (line {index + 1})") from None
        before = f"sha256:{sha256(line).hex()}"
    counted = f"{len(lines)} entries"
    if rest or not lines:
        return ("torn", f"{counted}; {len(rest)} bytes of an unfinished one follow") if rest else ("incomplete", counted)
    if text is None:
        return "complete", counted
    note = Note(text, keys, LINES)
    if note.size > len(lines):
        return "incomplete", f"{counted}; {note.size} are attested"
    require(note.of == sha256(b"\0", lines[0]).hex()[:32], "note", "it is of another ledger")
    attested = Tree()
    for line in lines[:note.size]:
        attested.add(line)
    require(note.root == attested.root(), "note", f"the root of the first {note.size} entries is another")
    return "complete", f"{counted}; attested: {note.size}, and not {len(lines) - note.size} after them"


# ── a store: its log, and the logs of its runs (docs/store.md) ─────────────────────────────────────────────────────────────────

LOG_NAME = "([0-9]{6,15})-[A-Za-z0-9_-]{1,60}[.]jsonl"
BESIDE = r"(?s:(.+\.jsonl)\.(?:snapshots|torn|torn\.[0-9a-f-]{36}|[0-9]+\.torn))"
TYPES |= {"logname": matches(LOG_NAME), "word": matches("[a-z]{1,20}")}
STORE_FORMS = {
    "store": "format:dustrun-store/1 id:occurrence inode?:int birth?:time",
    "begun": "run:int file:logname occurrence:occurrence",
    "closed": "run:int blocks:int root:hex identity?:hex outcome?:word",
    "removed": "run:int",
}
SEVERITIES = {"damaged": 6, "disagreement": 1, "incomplete": 7}


def read_store_line(text):
    try:
        line = parse(text)
        kind = line.get("kind")
        require(isinstance(kind, str) and kind in STORE_FORMS, 1, "its kind is unknown")
        has_members(line, f"kind:{kind} {STORE_FORMS[kind]} time:time last:int store:int")
        return line
    except Damage as damage:
        raise Damage(re.sub("^rule [0-9]+", "rule 1", str(damage))) from None


class Store:
    """A store's log. `runs` has for each number what its lines say; runs up to `older` may have begun before the log was made."""

    def __init__(self, data):
        self.ids, self.runs, self.occurrences = set(), {}, set()
        self.last = self.older = self.named = 0  # `named`: offset of the `store` line in force
        self.lines = data.split(b"\n")[:-1]
        self.torn = len(data) - data.rfind(b"\n") - 1
        offset = 0
        for index, text in enumerate(self.lines):
            try:
                self.accept(read_store_line(text), offset, index == 0)
            except Damage as damage:
                raise Damage(f"{damage} (line {index + 1} of the store's log, byte {offset})") from None
            offset += len(text) + 1

    def accept(self, line, offset, is_first):
        kind = line["kind"]
        require(kind == "store" or not is_first, 1, "the first line does not name the store")
        self.named = offset if kind == "store" else self.named
        require(line["store"] == self.named, 2, f"store is {line['store']}, and the line in force is at {self.named}")
        if is_first:
            self.older = self.last = line["last"]
        self.last += kind == "begun"
        require(line["last"] == self.last, 3, f"last is {line['last']} instead of {self.last}")
        getattr(self, kind)(line)

    def store(self, line):
        require(line["id"] not in self.ids, 1, "the id was used before")
        self.ids.add(line["id"])

    def begun(self, line):
        number = line["run"]
        require(number == line["last"], 3, f"run is {number} instead of {line['last']}")
        require(line["file"].startswith(f"{number:06}-"), 4, "its file has another number")
        require(line["occurrence"] not in self.occurrences, 4, "the occurrence is that of another run")
        self.occurrences.add(line["occurrence"])
        self.runs[number] = {"file": line["file"], "occurrence": line["occurrence"], "closed": [], "removed": False}

    def closed(self, line):
        run = self.present(line["run"], 0, 5)
        if run["closed"]:
            before = run["closed"][-1]
            require(line["blocks"] >= before["blocks"], 5, "it has fewer blocks than before")
            require(line["blocks"] > before["blocks"] or line["root"] == before["root"], 5, "it has another root than before")
            same = all(line.get(name) == before.get(name) for name in ("identity", "outcome"))
            require("identity" not in before or same, 5, "it has another outcome than before")
        run["closed"].append(line)

    def removed(self, line):
        self.present(line["run"], self.older, 6)["removed"] = True

    def present(self, number, older, rule):
        """The run of this number, which is there; one up to `older` need not have begun in this log."""
        require(number in self.runs or 1 <= number <= older, rule, f"run {number} did not begin in this store")
        run = self.runs.setdefault(number, {"file": None, "occurrence": None, "closed": [], "removed": False})
        require(not run["removed"], rule, f"run {number} was removed before")
        return run

    def knows(self, name):
        """Whether a name is that of a run's log."""
        form = re.fullmatch(LOG_NAME, name)
        run = form and self.runs.get(int(form[1]))
        return bool(form) and (run["file"] in (None, name) if run else int(form[1]) <= self.older)


def log_beside(name):
    """The log that a file belongs to by its name; the file itself if it is no snapshots and no torn tail."""
    form = re.fullmatch(BESIDE, name)
    return form[1] if form else name


def check_store(folder):
    """The findings about a store, each with its kind and the run's number or None, the most severe first; and its number of lines."""
    runs = os.path.join(folder, "runs")
    names = sorted(os.listdir(runs)) if os.path.isdir(runs) else []
    store = Store(read_regular(os.path.join(folder, "log")))
    if not store.lines:
        logs = [name for name in names if log_beside(name) == name or log_beside(name) not in names]
        return [("incomplete", None, f"the store has no log beside {len(logs)} logs of runs")] if logs else [], 0
    findings = [("incomplete", None, f"its log ends with {store.torn} bytes of an unfinished line")] if store.torn else []
    for number, run in store.runs.items():
        if run["removed"]:
            left = [name for name in names if is_of(log_beside(name), number, run["file"])]
            findings += [("incomplete", number, f"it was removed, and {', '.join(left)} is still there")] if left else []
        elif run["file"]:
            findings += [(kind, number, reason) for kind, reason in check_run(run, os.path.join(runs, run["file"]))]
    known = {name for name in names if store.knows(name)} | {run["file"] for run in store.runs.values()}
    for name in names:
        if name in known or log_beside(name) in known:
            continue
        path = os.path.join(runs, name)
        is_begun = re.fullmatch(LOG_NAME, name) and stat.S_ISREG(os.lstat(path).st_mode) and os.path.getsize(path) == 0
        findings.append(("incomplete" if is_begun else "disagreement", None, f"{name!r} is of no recorded run"))
    return sorted(findings, key=lambda finding: list(SEVERITIES).index(finding[0])), len(store.lines)


def is_of(log, number, file):
    """Whether a log is that of a run; of a run older than the store's log, only the number is known."""
    form = re.fullmatch(LOG_NAME, log)
    return log == file if file else form is not None and int(form[1]) == number


def check_run(run, path):
    """What is wrong with the log of a run that was not removed: kind and reason."""
    if not os.path.lexists(path):
        return [("disagreement", "its log is missing, and nobody recorded that it was removed")]
    if not stat.S_ISREG(os.lstat(path).st_mode):
        return [("disagreement", "its log is not a regular file")]
    try:
        log = Log(read_regular(path))
    except (Damage, RecursionError) as damage:
        return [("damaged", str(damage))]
    findings = []
    if log.run.started and log.run.started["occurrence"] != run["occurrence"]:
        findings.append(("damaged", "its log is that of another occurrence"))
    for closed in run["closed"]:
        has_blocks = closed["blocks"] <= log.tree.size and log.roots[closed["blocks"]].hex() == closed["root"]
        identity = log.identity and log.identity.hex()
        if not has_blocks or closed.get("identity", identity) != identity:
            return findings + [("damaged", f"its log does not begin with the {closed['blocks']} blocks that were recorded")]
    last = run["closed"][-1] if run["closed"] else {}
    outcome = log.run.outcome and log.run.outcome["status"]
    if last.get("outcome", outcome) != outcome:
        findings.append(("damaged", "its outcome is not the recorded one"))
    verdict, reason = log.verdict()
    if verdict != "complete":
        findings.append(("incomplete", f"its log is {verdict}: {reason}"))
    elif last.get("blocks") != log.tree.size:
        findings.append(("incomplete", "its log is not recorded as closed as it is"))
    return findings


def read_regular(path):
    """The bytes of a regular file, none if there is none; links are not followed, and pipes not waited for."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except FileNotFoundError:
        return b""
    with open(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(f"{path} is not a regular file")
        return file.read()


def report_store(folder):
    """Prints the findings about a store; returns the exit code."""
    try:
        findings, lines = check_store(folder)
    except Damage as damage:
        findings, lines = [("damaged", None, str(damage))], 0
    print(f"{folder}: {'in order' if not findings else f'problems: {len(findings)}'}; {lines} lines")
    for kind, number, reason in findings:
        print(f"  {kind}: {'' if number is None else f'run {number}: '}{visible(reason)}")
    return SEVERITIES[findings[0][0]] if findings else 0


# ── the command ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

def judge(data, note=None):
    """The verdict on a log's bytes, and the reason."""
    try:
        log = Log(data)
        return note.attest(log) if note else log.verdict()
    except (Damage, RecursionError) as damage:
        return "damaged", str(damage)


def visible(text):
    """The text in one line, with an escape for each character that a terminal obeys or cannot show: a log may be anybody's."""
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in str(text))


def read_text(path):
    try:
        with open(path, encoding="utf-8", newline="") as file:
            return file.read()
    except UnicodeDecodeError:
        raise OSError(f"{path} is not UTF-8") from None


def main(words):
    if words == ["--batch"]:
        while length := sys.stdin.buffer.readline():
            verdict, reason = judge(sys.stdin.buffer.read(int(length)))
            print(verdict, *re.findall("^rule ([0-9]+)", reason))
        return 0
    if len(words) > 1 and words[0] == "--store":
        try:
            codes = [report_store(folder) for folder in words[1:]]
            return next((code for code in SEVERITIES.values() if code in codes), 0)
        except OSError as problem:
            print(visible(problem), file=sys.stderr)
            return 2
    options, paths = {"--against": [], "--key": [], "--proof": [], "--ledger": []}, []
    rest = iter(words)
    for word in rest:
        options[word].append(next(rest, None)) if word in options else paths.append(word)
    notes, keys, proofs, ledgers = options.values()
    is_usable = len(paths + proofs + ledgers) == 1 and len(paths + ledgers) >= len(notes) and (notes or proofs or not keys)
    if not is_usable or None in notes + keys + proofs + ledgers:
        print(__doc__, file=sys.stderr)
        return 5
    try:
        keys = [read_key(text) for text in keys]
        if proofs:
            print(f"included: {visible(prove(read_text(proofs[0]), keys))}")
            return 0
        text = read_text(notes[0]) if notes else None
        note = Note(text, keys) if notes and paths else None
        with open((paths + ledgers)[0], "rb") as file:
            verdict, reason = judge(file.read(), note) if paths else judge_ledger(file.read(), text, keys)
    except (Damage, ValueError, RecursionError) as damage:
        verdict, reason = "damaged", str(damage)
    except Unusable as problem:
        print(visible(problem), file=sys.stderr)
        return 5
    except OSError as problem:
        print(visible(problem), file=sys.stderr)
        return 2
    print(f"{verdict}: {visible(reason)}")
    return {"complete": 0, "damaged": 6}.get(verdict, 7)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
