"""A conformance adapter with a small backend: one K process with lets, effects and a return, over sums and strings.
dustrun conformance --list fixtures/conformance | python3 adapter.py FOLDER"""
import json, pathlib, re, sys
class Unsupported(Exception): pass
class Refused(Exception): pass

def operand(text, names):
    if re.fullmatch(r"-?[0-9]+", text) and -2**63 <= int(text) < 2**63: return int(text)
    if re.fullmatch(r'"[^"\\]*"', text): return text[1:-1]
    if text in names: return names[text]
    raise Unsupported(f"operand {text}")

def evaluate(text, names):
    parts = text.split(" Add ") if '"' not in text else [text]
    value, *rest = [operand(part, names) for part in parts]
    for other in rest:
        if not isinstance(value, int) or not isinstance(other, int): raise Unsupported("a sum of text")
        value += other
        if not -2**63 <= value < 2**63: raise Refused("Runtime")
    return value

def once(pairs):
    if len(dict(pairs)) < len(pairs): raise Refused("DirLoad")
    return dict(pairs)

def execute(case):
    try: program = json.loads(pathlib.Path(case["artifacts"][0]).read_text(encoding="utf-8"), object_pairs_hook=once)
    except ValueError: raise Refused("DirLoad") from None
    try: [forge] = program["forges"]; [proc] = forge["procs"]; statements = [(*s.items(),) for s in proc["body"]]
    except (TypeError, ValueError, AttributeError): raise Unsupported("not one process of plain statements") from None
    plain = {"regime": "K", "name": case["entry"], "params": [], "uses": [], "qualifiers": [], "ret": proc.get("ret"), "body": proc["body"]}
    if proc != plain or forge["binds"] or forge["shapes"] or list(program) != ["forges"] or case["args"] or len(case["artifacts"]) > 1: raise Unsupported("more than a plain process")
    names, effects, returned = {}, [], None
    for index, [(kind, form)] in enumerate(statements):
        if kind == "Let" and form["name"] not in names: names[form["name"]] = evaluate(form["expr"], names)
        elif kind == "Effect" and form["kind"] in ("emit", "observe", "seal"):
            effects.append({"kind": form["kind"], "payload": str(evaluate(form["payload"], names))})
        elif kind == "Return" and index == len(statements) - 1: returned = evaluate(form["expr"], names)
        else: raise Unsupported(kind)
    if isinstance(returned, str) or (proc["ret"] is not None and (proc["ret"] != "i64" or returned is None)): raise Unsupported("types")
    value = None if returned is None else {"Int": returned}
    return {"returned": value, "effects": {"events": effects}, "time": {"tick": len(statements) - (returned is not None)}}

folder = pathlib.Path(sys.argv[1])
folder.mkdir(parents=True, exist_ok=True)
for case in map(json.loads, sys.stdin):
    try: trace = execute(case)
    except Refused as refused: trace = {"error": {"kind": str(refused), "message": ""}}
    except Unsupported as unsupported: trace = {"skip": str(unsupported)}
    (folder / case["trace"]).write_text(json.dumps(trace), encoding="utf-8")
