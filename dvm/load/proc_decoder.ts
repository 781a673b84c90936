/**
 * Decodes processes: regime, parameters, resources, locals and body.
 *
 * @module
 */
import { boolValue, intValue, stringValue, type Value } from "../value/value.ts";
import type { JsonCursor } from "../text/json_cursor.ts";
import type { Block, Forge, Local, Param, Proc, Use } from "../dir/model.ts";
import { type RecordForm, type RecordReader, UNRESOLVED } from "./record_reader.ts";
import { StatementDecoder } from "./statement_decoder.ts";

const QUALIFIERS: readonly string[] = ["linear"];
const PROC: RecordForm = {
  what: "a process",
  required: ["regime", "name", "params", "uses", "ret", "qualifiers", "body"],
  optional: ["locals"],
};

/** Decodes the processes of one artifact. */
export class ProcDecoder {
  readonly #reader: RecordReader;
  readonly #cursor: JsonCursor;
  readonly #statements: StatementDecoder;
  #nextProc: number;

  /** Process ids count from `firstProc`. */
  constructor(reader: RecordReader, firstProc: number) {
    this.#reader = reader;
    this.#cursor = reader.cursor;
    this.#statements = new StatementDecoder(reader);
    this.#nextProc = firstProc;
  }

  /** Reads a process of `forge`. */
  proc(forge: Forge): Proc {
    const cursor = this.#cursor;
    const place = this.#reader.place();
    const id = this.#nextProc++;
    const params: Param[] = [], uses: Use[] = [], qualifiers: string[] = [], locals: Local[] = [];
    let regime: Proc["regime"] = "K";
    let name = "", retText: string | undefined, body: Block = [];
    this.#reader.record(PROC, (member) => {
      switch (member) {
        case "regime":
          regime = this.#regime();
          break;
        case "name":
          name = this.#reader.name("the process");
          break;
        case "params":
          cursor.readArray(() =>
            params.push(this.#reader.typedName("a parameter", "the parameter"))
          );
          break;
        case "uses":
          cursor.readArray(() => uses.push(this.#use()));
          break;
        case "ret":
          retText = cursor.readStringOrNull();
          break;
        case "qualifiers":
          cursor.readArray(() => qualifiers.push(this.#qualifier()));
          break;
        case "body":
          body = this.#statements.block("body", undefined);
          break;
        default:
          cursor.readArray(() => locals.push(this.#local()));
      }
    });
    return {
      id,
      regime,
      name,
      forge,
      place,
      reference: "",
      params,
      uses,
      retText,
      ret: undefined,
      qualifiers,
      isLinear: isLinear(regime, qualifiers),
      locals,
      localsByName: new Map(locals.map((local) => [local.name, local])),
      body,
      slotNames: [],
      rebindings: [],
      constraints: [],
      mentions: new Map(),
      assigned: new Set(),
      calledPaths: new Set(),
      mayHaveUnboundNames: false,
      callees: new Map(),
    };
  }

  #regime(): Proc["regime"] {
    const at = this.#cursor.offset;
    const regime = this.#cursor.readString();
    if (regime === "K" || regime === "Q" || regime === "Φ") return regime;
    this.#reader.note(
      "DR0117",
      `unknown regime ${JSON.stringify(regime)}: the regimes are K, Q and Φ`,
      at,
    );
    return "K";
  }

  #qualifier(): string {
    const at = this.#cursor.offset;
    const qualifier = this.#cursor.readString();
    if (!QUALIFIERS.includes(qualifier)) {
      this.#reader.note(
        "DR0118",
        `unknown qualifier ${JSON.stringify(qualifier)}: the only qualifier is linear`,
        at,
      );
    }
    return qualifier;
  }

  #local(): Local {
    const cursor = this.#cursor;
    const place = this.#reader.place();
    this.#reader.usesV02 = true;
    let name = "", typeText = "", mutable = false;
    this.#reader.record({ what: "a local", required: ["name", "ty", "is_mutable"] }, (member) => {
      if (member === "name") name = this.#reader.name("the local");
      else if (member === "ty") typeText = cursor.readString();
      else mutable = cursor.readBool();
    });
    return { name, typeText, mutable, place, type: UNRESOLVED };
  }

  #use(): Use {
    const cursor = this.#cursor;
    const place = this.#reader.place();
    let resource = "";
    const args: { name: string; value: Value }[] = [];
    this.#reader.record(
      { what: "a resource declaration", required: ["resource", "args"] },
      (member) => {
        if (member === "resource") resource = this.#reader.name("the resource");
        else cursor.readArray(() => args.push(this.#useArgument()));
      },
    );
    return { resource, args, place };
  }

  /** `["deadline_us", {"Int": 5000}]` */
  #useArgument(): { name: string; value: Value } {
    const cursor = this.#cursor;
    const at = cursor.offset;
    const names: string[] = [], values: Value[] = [];
    cursor.readArray((index) => {
      if (index === 0) names.push(cursor.readString());
      else values.push(this.#literal());
    });
    const [name] = names, [value] = values;
    if (name === undefined || value === undefined || values.length > 1) {
      return cursor.stop("DR0104", "an argument is a pair of a name and a literal", at);
    }
    return { name, value };
  }

  #literal(): Value {
    const cursor = this.#cursor;
    const at = cursor.offset;
    let value: Value | undefined;
    cursor.readObject((tag) => {
      if (value !== undefined) cursor.stop("DR0106", "a literal has one tag", at);
      switch (tag) {
        case "Int":
          value = intValue(cursor.readInt64());
          break;
        case "Float":
          value = { kind: "Float", value: cursor.readFloat() };
          break;
        case "Bool":
          value = boolValue(cursor.readBool());
          break;
        case "String":
          value = stringValue(cursor.readString());
          break;
        case "Char": {
          const char = cursor.readString();
          if ([...char].length !== 1) cursor.stop("DR0104", "a Char has one character", at);
          value = { kind: "Char", value: char };
          break;
        }
        default:
          cursor.stop("DR0106", `a literal has no tag ${JSON.stringify(tag)}`, at);
      }
    });
    return value ?? cursor.stop("DR0105", "a literal needs a tag", at);
  }
}

function isLinear(regime: Proc["regime"], qualifiers: readonly string[]): boolean {
  return regime === "Q" || qualifiers.includes("linear");
}
