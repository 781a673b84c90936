/**
 * Reads the text of an artifact into the upstream executor's model as serde's derived readers do: every record may be an object
 * or an array, unknown members are ignored, and only `ret` may be missing.
 *
 * @module
 */
import { assert, failure, type Result, success, unreachable } from "../base/result.ts";
import { HostJsonReader, type Member } from "./json_reader.ts";
import { HostJsonError } from "./json_error.ts";
import type { HostForge, HostProc, HostProgram, HostStmt } from "./model.ts";

/** Why the upstream executor does not read a text as an artifact. */
export interface HostLoadFailure {
  /** The message of upstream. */
  readonly message: string;
  /** Offset in UTF-16 units. */
  readonly offset: number;
}

/** Reads a program. */
export function readHostProgram(text: string): Result<HostProgram, HostLoadFailure> {
  try {
    const json = new HostJsonReader(text);
    const forges: HostForge[] = [];
    json.readRecord("struct DirProgram", [
      listOf(json, "forges", () => forges.push(readForge(json))),
    ]);
    json.readEnd();
    return success({ forges });
  } catch (stop) {
    if (!(stop instanceof HostJsonError)) throw stop;
    return failure({ message: stop.message, offset: stop.offset });
  }
}

function readForge(json: HostJsonReader): HostForge {
  let name = "";
  const procs: HostProc[] = [];
  json.readRecord("struct DirForge", [
    { name: "name", read: () => void (name = json.readString()) },
    listOf(json, "shapes", () => skipShape(json)),
    listOf(json, "procs", () => procs.push(readProc(json))),
    listOf(json, "binds", () => skipBind(json)),
  ]);
  return { name, procs };
}

function readProc(json: HostJsonReader): HostProc {
  const { offset } = json;
  let regime = "";
  let name = "";
  const paramNames: string[] = [];
  const body: HostStmt[] = [];
  json.readRecord("struct DirProc", [
    { name: "regime", read: () => void (regime = json.readString()) },
    { name: "name", read: () => void (name = json.readString()) },
    listOf(
      json,
      "params",
      () => paramNames.push(readTexts(json, "struct DirParam", ["name", "ty"])("name")),
    ),
    listOf(json, "uses", () => skipUse(json)),
    { name: "ret", read: () => skipRet(json), isOptional: true },
    listOf(json, "qualifiers", () => json.readString()),
    listOf(json, "body", () => body.push(readStmt(json))),
  ]);
  return { regime, name, paramNames, body, offset };
}

const STATEMENTS = ["Let", "Constrain", "Prove", "Effect", "Return"] as const;

function readStmt(json: HostJsonReader): HostStmt {
  const { offset } = json;
  return json.readVariant(
    STATEMENTS,
    "struct variant",
    (kind) => ({ ...readStmtMembers(json, kind), offset }),
  );
}

function readStmtMembers(json: HostJsonReader, kind: (typeof STATEMENTS)[number]): StmtMembers {
  const expected = `struct variant DirStmt::${kind}`;
  switch (kind) {
    case "Let": {
      const text = readTexts(json, expected, ["name", "expr"]);
      return { kind, name: text("name"), expr: text("expr") };
    }
    case "Constrain": {
      const text = readTexts(json, expected, ["predicate"]);
      return { kind, predicate: text("predicate") };
    }
    case "Prove": {
      const text = readTexts(json, expected, ["name", "from"]);
      return { kind, name: text("name"), from: text("from") };
    }
    case "Effect": {
      const text = readTexts(json, expected, ["kind", "payload"]);
      return { kind, effect: text("kind"), payload: text("payload") };
    }
    case "Return": {
      const text = readTexts(json, expected, ["expr"]);
      return { kind, expr: text("expr") };
    }
    default:
      return unreachable(kind);
  }
}

/** A statement without its offset. */
type StmtMembers<S = HostStmt> = S extends HostStmt ? Omit<S, "offset"> : never;

function skipShape(json: HostJsonReader): void {
  json.readRecord("struct DirShape", [
    { name: "name", read: () => void json.readString() },
    listOf(json, "fields", () => readTexts(json, "struct DirField", ["name", "ty"])),
  ]);
}

function skipBind(json: HostJsonReader): void {
  json.readRecord("struct DirBind", [
    { name: "source", read: () => void json.readString() },
    { name: "target", read: () => void json.readString() },
    listOf(json, "contract", () => readTexts(json, "struct DirClause", ["key", "op", "value"])),
  ]);
}

function skipUse(json: HostJsonReader): void {
  json.readRecord("struct DirUses", [
    { name: "resource", read: () => void json.readString() },
    listOf(json, "args", () => json.readTuple([() => json.readString(), () => skipLiteral(json)])),
  ]);
}

function skipLiteral(json: HostJsonReader): void {
  json.readVariant(["Int", "Bool", "String"], "newtype variant", (kind) => {
    switch (kind) {
      case "Int":
        return json.readInt64();
      case "Bool":
        return json.readBool();
      case "String":
        return void json.readString();
      default:
        return unreachable(kind);
    }
  });
}

function skipRet(json: HostJsonReader): void {
  if (!json.readsNull()) json.readString();
}

/** A member that holds an array. */
function listOf(json: HostJsonReader, name: string, item: () => void): Member {
  return { name, read: () => json.readArray(item) };
}

/** Reads a record whose members are all texts; the result returns each by its name. */
function readTexts<Name extends string>(
  json: HostJsonReader,
  expected: string,
  names: readonly Name[],
): (name: Name) => string {
  const texts = new Map<Name, string>();
  json.readRecord(
    expected,
    names.map((name) => ({ name, read: () => void texts.set(name, json.readString()) })),
  );
  return (name) => {
    const text = texts.get(name);
    assert(
      text !== undefined,
      `a record that was read has all of its members: ${expected}, ${name}`,
    );
    return text;
  };
}
