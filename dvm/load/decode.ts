/**
 * Decodes the text of one artifact into forges: DIR v0.1 and v0.2 into one model, in one pass (docs/dir.md).
 *
 * A malformed JSON text ends the reading. Any other failure, such as an unknown regime or a malformed expression, is noted, and
 * reading continues, so that all of them are reported at once.
 *
 * @module
 */
import { failure, type Result, success } from "../base/result.ts";
import {
  type Alias,
  type Bind,
  type Clause,
  CLAUSE_OPERATORS,
  type DirVersion,
  type Forge,
  type Proc,
} from "../dir/model.ts";
import type { Field, Shape } from "../dir/type.ts";
import type { JsonCursor } from "../text/json_cursor.ts";
import { JsonStop } from "../text/json_failure.ts";
import type { NameTable } from "../text/name_table.ts";
import type { LoadFailure } from "./load_failure.ts";
import { ProcDecoder } from "./proc_decoder.ts";
import { RecordReader } from "./record_reader.ts";

/** The content of one artifact. */
export interface DecodedArtifact {
  readonly version: DirVersion;
  /** The version that the artifact states, if it states one. */
  readonly stated: DirVersion | undefined;
  readonly forges: readonly Forge[];
  /** Shapes declared beside the forges (`types` of v0.2), visible in every forge. */
  readonly shapes: readonly Shape[];
  /** Aliases declared beside the forges. */
  readonly aliases: readonly Alias[];
  /** Every name of the artifact. The `slot` of a binding or mention is a number in this table until `scope.ts` replaces it. */
  readonly names: NameTable;
}

/** Decodes the text of artifact number `artifact`. Process ids count from `firstProc`. */
export function decodeArtifact(
  text: string,
  at: { readonly artifact: number; readonly firstProc: number },
): Result<DecodedArtifact, readonly LoadFailure[]> {
  const reader = new RecordReader(text, at.artifact);
  try {
    const decoded = new Decoder(reader, at.firstProc).readProgram();
    reader.cursor.source.release();
    return reader.failures.length === 0 ? success(decoded) : failure(reader.failures);
  } catch (thrown) {
    if (thrown instanceof JsonStop) return failure([...reader.failures, thrown.failure]);
    throw thrown;
  }
}

const CLAUSE_VALUE = /^(-?[0-9]+(\.[0-9]+)?|[A-Za-z_][A-Za-z0-9_]*|"(?:[^"\\]|\\.)*")$/s;

class Decoder {
  readonly #reader: RecordReader;
  readonly #cursor: JsonCursor;
  readonly #procs: ProcDecoder;

  constructor(reader: RecordReader, firstProc: number) {
    this.#reader = reader;
    this.#cursor = reader.cursor;
    this.#procs = new ProcDecoder(reader, firstProc);
  }

  readProgram(): DecodedArtifact {
    const cursor = this.#cursor;
    const forges: Forge[] = [];
    const shapes: Shape[] = [];
    const aliases: Alias[] = [];
    const start = cursor.offset;
    let declared: { readonly text: string; readonly offset: number } | undefined;
    this.#reader.record(
      { what: "the program", required: ["forges"], optional: ["types", "version"] },
      (name) => {
        if (name === "forges") cursor.readArray(() => forges.push(this.#forge()));
        else if (name === "types") cursor.readArray(() => this.#typeDeclaration(shapes, aliases));
        else declared = { offset: cursor.offset, text: cursor.readString() };
      },
    );
    cursor.readEnd();
    if (forges.length === 0) this.#reader.note("DR0108", "the program has no forge", start);
    const needed: DirVersion = this.#reader.usesV02 ? "0.2" : "0.1";
    if (declared !== undefined) this.#checkVersion(declared, needed);
    const version = declared?.text === "0.2" ? "0.2" : needed;
    const stated = declared === undefined ? undefined : declared.text === "0.1" ? "0.1" : "0.2";
    return { version, stated, forges, shapes, aliases, names: this.#reader.names };
  }

  #checkVersion(
    declared: { readonly text: string; readonly offset: number },
    needed: DirVersion,
  ): void {
    const { text, offset } = declared;
    if (text !== "0.1" && text !== "0.2") {
      this.#reader.note("DR0122", `DIR version ${JSON.stringify(text)} is not supported`, offset);
    } else if (text < needed) {
      this.#reader.note(
        "DR0122",
        `the artifact declares DIR ${text} and uses features of DIR ${needed}`,
        offset,
      );
    }
  }

  #forge(): Forge {
    const cursor = this.#cursor;
    const place = this.#reader.place();
    const shapes: Shape[] = [], procs: Proc[] = [], binds: Bind[] = [];
    const forge = { name: "", place, shapes, procs, binds };
    this.#reader.record(
      { what: "a forge", required: ["name", "shapes", "procs", "binds"] },
      (name) => {
        if (name === "name") forge.name = this.#reader.name("the forge");
        else if (name === "shapes") cursor.readArray(() => shapes.push(this.#shape()));
        else if (name === "procs") {
          cursor.readArray(() => procs.push(this.#procs.proc(forge)));
        } else cursor.readArray(() => binds.push(this.#bind()));
      },
    );
    return forge;
  }

  #typeDeclaration(shapes: Shape[], aliases: Alias[]): void {
    const cursor = this.#cursor;
    const place = this.#reader.place();
    this.#reader.usesV02 = true;
    let name = "", kinds = 0;
    let fields: Field[] | undefined, target: string | undefined;
    this.#reader.record({ what: "a type declaration", required: ["name", "kind"] }, (member) => {
      if (member === "name") {
        name = this.#reader.name("the type");
        return;
      }
      const at = cursor.offset;
      cursor.readObject((kind) => {
        if (++kinds > 1) cursor.stop("DR0106", "a type declaration has one kind", at);
        if (kind === "Struct") {
          this.#reader.record({ what: "a struct declaration", required: ["fields"] }, () => {
            fields = this.#fields();
          });
        } else if (kind === "Alias") {
          this.#reader.record({ what: "an alias declaration", required: ["target"] }, () => {
            target = cursor.readString();
          });
        } else {
          cursor.skipValue();
          this.#reader.note("DR0123", `type declarations of kind ${kind} are not supported`, at);
        }
      });
      if (kinds === 0) this.#reader.note("DR0123", "a type declaration has no kind", at);
    });
    if (fields !== undefined) shapes.push({ name, place, fields });
    if (target !== undefined) aliases.push({ name, place, target });
  }

  #shape(): Shape {
    const place = this.#reader.place();
    let name = "";
    let fields: Field[] = [];
    this.#reader.record({ what: "a shape", required: ["name", "fields"] }, (member) => {
      if (member === "name") name = this.#reader.name("the shape");
      else fields = this.#fields();
    });
    return { name, place, fields };
  }

  #fields(): Field[] {
    const fields: Field[] = [];
    this.#cursor.readArray(() => fields.push(this.#reader.typedName("a field", "the field")));
    return fields;
  }

  #bind(): Bind {
    const cursor = this.#cursor;
    const place = this.#reader.place();
    let source = "", target = "";
    const clauses: Clause[] = [];
    this.#reader.record(
      { what: "a bind", required: ["source", "target", "contract"] },
      (member) => {
        if (member === "source") source = this.#reader.name("the bind's source");
        else if (member === "target") target = this.#reader.name("the bind's target");
        else cursor.readArray(() => clauses.push(this.#clause()));
      },
    );
    return {
      source,
      target,
      place,
      clauses,
      sourceProc: undefined,
      targetProc: undefined,
      named: { source, target },
    };
  }

  #clause(): Clause {
    const cursor = this.#cursor;
    const place = this.#reader.place();
    let key = "", opText = "", value = "";
    this.#reader.record(
      { what: "a contract clause", required: ["key", "op", "value"] },
      (member) => {
        if (member === "key") key = this.#reader.name("the clause");
        else if (member === "op") opText = cursor.readString();
        else value = cursor.readString();
      },
    );
    const op = CLAUSE_OPERATORS.find((known) => known === opText);
    if (op === undefined) {
      const known = CLAUSE_OPERATORS.join(", ");
      this.#reader.noteAt(
        place,
        "DR0121",
        `unknown contract operator ${JSON.stringify(opText)}: the operators are ${known}`,
      );
    }
    if (!CLAUSE_VALUE.test(value)) {
      this.#reader.noteAt(
        place,
        "DR0121",
        `${JSON.stringify(value)} is neither a literal nor an identifier`,
      );
    }
    return { key, op: op ?? "==", value, place };
  }
}
