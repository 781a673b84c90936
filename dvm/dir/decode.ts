/**
 * Decodes one artifact's text into forges: DIR v0.1 and v0.2 into one model, in one pass (docs/dir.md).
 *
 * A malformed JSON text ends the reading. Everything else that is wrong (an unknown regime, a bad expression) is noted and
 * reading goes on, so that all of it is reported at once.
 *
 * @module
 */
import { type ExprFailure, ExprParser } from "../expr/parse.ts";
import type { Expr } from "../expr/ast.ts";
import { NameTable } from "../expr/name_table.ts";
import { failure, type Result, success } from "../result.ts";
import { boolValue, intValue, stringValue, type Value } from "../value.ts";
import { JsonCursor, type JsonFailure, JsonStop } from "./json.ts";
import type {
  Alias,
  Bind,
  Block,
  Clause,
  DirVersion,
  ExprText,
  Field,
  Forge,
  Local,
  Param,
  Place,
  Proc,
  Shape,
  Stmt,
  Use,
} from "./model.ts";
import { accessExpr, callExpr } from "./synthesize.ts";

/** Something wrong with an artifact, before it becomes a diagnostic. */
export interface LoadFailure {
  readonly code: LoadCode;
  readonly message: string;
  readonly offset: number;
  readonly path: string;
  /** The expression at fault, and where in it. */
  readonly within?: { readonly text: string; readonly start: number; readonly end: number };
}

/** Codes of load failures above the JSON level. */
export type LoadCode =
  | JsonFailure["code"]
  | ExprFailure["code"]
  /** No forge, or an empty name. */
  | "DR0108"
  /** An unknown regime. */
  | "DR0117"
  /** An unknown qualifier. */
  | "DR0118"
  /** An unknown effect kind. */
  | "DR0119"
  /** An unknown statement. */
  | "DR0120"
  /** A contract clause of another form. */
  | "DR0121"
  /** A version that is not supported, or older than the features used. */
  | "DR0122"
  /** A type declaration that is not supported. */
  | "DR0123";

/** What one artifact holds. */
export interface DecodedArtifact {
  readonly version: DirVersion;
  readonly forges: readonly Forge[];
  /** Shapes declared beside the forges (`types` of v0.2), visible in every forge. */
  readonly shapes: readonly Shape[];
  /** Aliases declared beside the forges. */
  readonly aliases: readonly Alias[];
  /** Every name of the artifact. The `slot` of a binding or mention is a number of this table until `scope.ts` fills it. */
  readonly names: NameTable;
}

/** Decodes the text of artifact number `artifact`. Process ids count from `firstProc`. */
export function decodeArtifact(
  text: string,
  at: { readonly artifact: number; readonly firstProc: number },
): Result<DecodedArtifact, readonly LoadFailure[]> {
  const decoder = new Decoder(text, at.artifact, at.firstProc);
  try {
    const decoded = decoder.readProgram();
    return decoder.failures.length === 0 ? success(decoded) : failure(decoder.failures);
  } catch (thrown) {
    if (thrown instanceof JsonStop) return failure([...decoder.failures, thrown.failure]);
    throw thrown;
  }
}

const NO_EXPR: Expr = { kind: "bool", value: true, start: 0, end: 0 };
/** Members that carry no meaning and are kept with the artifact's text: source positions. */
const INERT_MEMBERS: readonly string[] = ["span", "spans"];
const QUALIFIERS: readonly string[] = ["linear"];
const EFFECTS = ["emit", "observe", "seal", "expr"] as const;
const CLAUSE_OPERATORS: readonly string[] = ["==", "<", "<=", ">", ">="];
const UNRESOLVED = { kind: "unknown", name: "" } as const;

/** A record being read: which members it may have. */
interface RecordForm {
  readonly what: string;
  readonly required: readonly string[];
  readonly optional?: readonly string[];
}

const PROC: RecordForm = {
  what: "a process",
  required: ["regime", "name", "params", "uses", "ret", "qualifiers", "body"],
  optional: ["locals"],
};
const LET: RecordForm = { what: "a Let", required: ["name", "expr"] };
const CONSTRAIN: RecordForm = { what: "a Constrain", required: ["predicate"] };
const PROVE: RecordForm = { what: "a Prove", required: ["name", "from"] };
const EFFECT: RecordForm = { what: "an Effect", required: ["kind", "payload"] };
const RETURN: RecordForm = { what: "a Return", required: ["expr"] };
const CALL: RecordForm = { what: "a Call", required: ["target", "args", "result"] };
const ASSIGN: RecordForm = { what: "an Assign", required: ["target", "expr"] };
const IF: RecordForm = { what: "an If", required: ["condition", "then_body", "else_body"] };
const WHILE: RecordForm = { what: "a While", required: ["condition", "body"] };
const FOR: RecordForm = { what: "a For", required: ["var", "start", "end", "body"] };
const INDEX: RecordForm = { what: "an Index", required: ["target", "index", "result"] };
const FIELD: RecordForm = { what: "a Field", required: ["target", "field", "result"] };

class Decoder {
  readonly failures: LoadFailure[] = [];
  readonly names = new NameTable();
  readonly #parser = new ExprParser(this.names);
  readonly #cursor: JsonCursor;
  readonly #artifact: number;
  #nextProc: number;
  /** Whether a feature of v0.2 has been met. */
  #usesV02 = false;

  constructor(text: string, artifact: number, firstProc: number) {
    this.#cursor = new JsonCursor(text);
    this.#artifact = artifact;
    this.#nextProc = firstProc;
  }

  readProgram(): DecodedArtifact {
    const cursor = this.#cursor;
    const forges: Forge[] = [];
    const shapes: Shape[] = [];
    const aliases: Alias[] = [];
    const start = cursor.offset;
    let declared: { readonly text: string; readonly offset: number } | undefined;
    this.#record(
      { what: "the program", required: ["forges"], optional: ["types", "version"] },
      (name) => {
        if (name === "forges") cursor.readArray(() => forges.push(this.#forge()));
        else if (name === "types") cursor.readArray(() => this.#typeDeclaration(shapes, aliases));
        else declared = { offset: cursor.offset, text: cursor.readString() };
      },
    );
    cursor.readEnd();
    if (forges.length === 0) this.#note("DR0108", "the program has no forge", start);
    const needed: DirVersion = this.#usesV02 ? "0.2" : "0.1";
    if (declared !== undefined) this.#checkVersion(declared, needed);
    const version = declared?.text === "0.2" ? "0.2" : needed;
    return { version, forges, shapes, aliases, names: this.names };
  }

  #checkVersion(
    declared: { readonly text: string; readonly offset: number },
    needed: DirVersion,
  ): void {
    const { text, offset } = declared;
    if (text !== "0.1" && text !== "0.2") {
      this.#note("DR0122", `DIR version ${JSON.stringify(text)} is not supported`, offset);
    } else if (text < needed) {
      this.#note(
        "DR0122",
        `the artifact declares DIR ${text} and uses features of ${needed}`,
        offset,
      );
    }
  }

  #forge(): Forge {
    const cursor = this.#cursor;
    const place = this.#place();
    const forge = {
      name: "",
      place,
      shapes: [] as Shape[],
      procs: [] as Proc[],
      binds: [] as Bind[],
    };
    this.#record({ what: "a forge", required: ["name", "shapes", "procs", "binds"] }, (name) => {
      if (name === "name") forge.name = this.#name("the forge");
      else if (name === "shapes") cursor.readArray(() => forge.shapes.push(this.#shape()));
      else if (name === "procs") cursor.readArray(() => forge.procs.push(this.#proc(forge)));
      else cursor.readArray(() => forge.binds.push(this.#bind()));
    });
    return forge;
  }

  #typeDeclaration(shapes: Shape[], aliases: Alias[]): void {
    const cursor = this.#cursor;
    const place = this.#place();
    this.#usesV02 = true;
    let name = "", kinds = 0;
    let fields: Field[] | undefined, target: string | undefined;
    this.#record({ what: "a type declaration", required: ["name", "kind"] }, (member) => {
      if (member === "name") {
        name = this.#name("the type");
        return;
      }
      const at = cursor.offset;
      cursor.readObject((kind) => {
        if (++kinds > 1) cursor.stop("DR0106", "a type declaration has one kind", at);
        if (kind === "Struct") {
          this.#record({ what: "a struct declaration", required: ["fields"] }, () => {
            fields = this.#fields();
          });
        } else if (kind === "Alias") {
          this.#record({ what: "an alias declaration", required: ["target"] }, () => {
            target = cursor.readString();
          });
        } else {
          cursor.skipValue();
          this.#note("DR0123", `type declarations of kind ${kind} are not supported`, at);
        }
      });
      if (kinds === 0) this.#note("DR0123", "a type declaration has no kind", at);
    });
    if (fields !== undefined) shapes.push({ name, place, fields });
    if (target !== undefined) aliases.push({ name, place, target });
  }

  #shape(): Shape {
    const place = this.#place();
    let name = "";
    let fields: Field[] = [];
    this.#record({ what: "a shape", required: ["name", "fields"] }, (member) => {
      if (member === "name") name = this.#name("the shape");
      else fields = this.#fields();
    });
    return { name, place, fields };
  }

  #fields(): Field[] {
    const fields: Field[] = [];
    this.#cursor.readArray(() => fields.push(this.#typedName("a field", "the field")));
    return fields;
  }

  #typedName(what: string, whose: string): Field {
    const place = this.#place();
    let name = "", typeText = "";
    this.#record({ what, required: ["name", "ty"] }, (member) => {
      if (member === "name") name = this.#name(whose);
      else typeText = this.#cursor.readString();
    });
    return { name, typeText, place, type: UNRESOLVED };
  }

  #proc(forge: Forge): Proc {
    const cursor = this.#cursor;
    const place = this.#place();
    const id = this.#nextProc++;
    const params: Param[] = [], uses: Use[] = [], qualifiers: string[] = [], locals: Local[] = [];
    let regime: Proc["regime"] = "K";
    let name = "", retText: string | undefined, body: Block = [];
    this.#record(PROC, (member) => {
      switch (member) {
        case "regime":
          regime = this.#regime();
          break;
        case "name":
          name = this.#name("the process");
          break;
        case "params":
          cursor.readArray(() => params.push(this.#typedName("a parameter", "the parameter")));
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
          body = this.#block("body", undefined);
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
      params,
      uses,
      retText,
      ret: undefined,
      qualifiers,
      locals,
      localsByName: new Map(locals.map((local) => [local.name, local])),
      body,
      slotNames: [],
      rebindings: [],
      mentions: new Map(),
      callees: new Map(),
    };
  }

  #regime(): Proc["regime"] {
    const at = this.#cursor.offset;
    const regime = this.#cursor.readString();
    if (regime === "K" || regime === "Q" || regime === "Φ") return regime;
    this.#note(
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
      this.#note(
        "DR0118",
        `unknown qualifier ${JSON.stringify(qualifier)}: the one qualifier is linear`,
        at,
      );
    }
    return qualifier;
  }

  #local(): Local {
    const cursor = this.#cursor;
    const place = this.#place();
    this.#usesV02 = true;
    let name = "", typeText = "", mutable = false;
    this.#record({ what: "a local", required: ["name", "ty", "is_mutable"] }, (member) => {
      if (member === "name") name = this.#name("the local");
      else if (member === "ty") typeText = cursor.readString();
      else mutable = cursor.readBool();
    });
    return { name, typeText, mutable, place, type: UNRESOLVED };
  }

  #use(): Use {
    const cursor = this.#cursor;
    const place = this.#place();
    let resource = "";
    const args: { name: string; value: Value }[] = [];
    this.#record({ what: "a resource declaration", required: ["resource", "args"] }, (member) => {
      if (member === "resource") resource = this.#name("the resource");
      else cursor.readArray(() => args.push(this.#useArgument()));
    });
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
          if ([...char].length !== 1) cursor.stop("DR0104", "a Char holds one character", at);
          value = { kind: "Char", value: char };
          break;
        }
        default:
          cursor.stop("DR0106", `a literal has no tag ${JSON.stringify(tag)}`, at);
      }
    });
    return value ?? cursor.stop("DR0105", "a literal needs a tag", at);
  }

  #bind(): Bind {
    const cursor = this.#cursor;
    const place = this.#place();
    let source = "", target = "";
    const clauses: Clause[] = [];
    this.#record({ what: "a bind", required: ["source", "target", "contract"] }, (member) => {
      if (member === "source") source = this.#name("the bind's source");
      else if (member === "target") target = this.#name("the bind's target");
      else cursor.readArray(() => clauses.push(this.#clause()));
    });
    return { source, target, place, clauses, sourceProc: undefined, targetProc: undefined };
  }

  #clause(): Clause {
    const cursor = this.#cursor;
    const place = this.#place();
    let key = "", op = "", value = "";
    this.#record({ what: "a contract clause", required: ["key", "op", "value"] }, (member) => {
      if (member === "key") key = this.#name("the clause");
      else if (member === "op") op = cursor.readString();
      else value = cursor.readString();
    });
    if (!CLAUSE_OPERATORS.includes(op)) {
      const known = CLAUSE_OPERATORS.join(", ");
      this.#noteAt(
        place,
        "DR0121",
        `unknown contract operator ${JSON.stringify(op)}: the operators are ${known}`,
      );
    }
    if (!CLAUSE_VALUE.test(value)) {
      this.#noteAt(
        place,
        "DR0121",
        `${JSON.stringify(value)} is neither a literal nor an identifier`,
      );
    }
    return { key, op, value, place };
  }

  // ── statements ───────────────────────────────────────────────────────────────────────────────────────────────────

  /** `top` is the index of the top-level statement that the block stands in. */
  #block(path: string, top: number | undefined): Stmt[] {
    const block: Stmt[] = [];
    this.#cursor.readArray((index) => {
      const stmt = this.#stmt(`${path}[${index}]`, top ?? index);
      if (stmt !== undefined) block.push(stmt);
    });
    return block;
  }

  #stmt(path: string, index: number): Stmt | undefined {
    const cursor = this.#cursor;
    const offset = cursor.offset;
    const base = { path, index, offset };
    if (cursor.peeks('"')) {
      const word = cursor.readString();
      if (word !== "Break" && word !== "Continue") {
        this.#note("DR0120", `unknown statement ${JSON.stringify(word)}`, offset);
        return undefined;
      }
      this.#usesV02 = true;
      return { kind: word, ...base };
    }
    let stmt: Stmt | undefined;
    let count = 0;
    cursor.readObject((kind) => {
      if (++count > 1) cursor.stop("DR0106", "a statement has one form", offset);
      stmt = this.#stmtForm(kind, base);
    });
    if (count === 0) this.#note("DR0120", "a statement has no form", offset);
    return stmt;
  }

  /** Kinds are written out where statements are made: what was read is a piece of the artifact, and not to be held on to. */
  #stmtForm(kind: string, base: { path: string; index: number; offset: number }): Stmt | undefined {
    switch (kind) {
      case "Let": {
        const { path, index, offset } = base;
        const { name, expr, slot } = this.#nameAndExpr(LET);
        return { kind: "Let", path, index, offset, name, expr, slot };
      }
      case "Constrain":
        return { kind: "Constrain", ...base, predicate: this.#oneExpr(CONSTRAIN), slots: [] };
      case "Prove": {
        const { name, expr, slot } = this.#nameAndExpr(PROVE);
        return { kind: "Prove", ...base, name, from: expr, slot };
      }
      case "Effect":
        return this.#effect(base);
      case "Return":
        return this.#return(base);
      case "Call":
        return this.#call(base);
      default:
        return this.#stmtFormV02(kind, base);
    }
  }

  #stmtFormV02(
    kind: string,
    base: { path: string; index: number; offset: number },
  ): Stmt | undefined {
    this.#usesV02 = true;
    switch (kind) {
      case "Assign":
        return { kind: "Assign", ...base, ...this.#nameAndExpr(ASSIGN) };
      case "If":
        return this.#if(base);
      case "While":
        return this.#while(base);
      case "For":
        return this.#for(base);
      case "Index":
        return this.#index(base);
      case "Field":
        return this.#field(base);
      case "Alloc":
        return this.#memory("Alloc", base, ["size"], true);
      case "Dealloc":
        return this.#memory("Dealloc", base, ["ptr"], false);
      case "Load":
        return this.#memory("Load", base, ["ptr"], true);
      case "Store":
        return this.#memory("Store", base, ["ptr", "value"], false);
      default:
        this.#note("DR0120", `unknown statement ${JSON.stringify(kind)}`, base.offset);
        this.#cursor.skipValue();
        return undefined;
    }
  }

  /** A record of a name and an expression, in this order in its form. */
  #nameAndExpr(form: RecordForm): { name: string; expr: ExprText; slot: number } {
    let slot = -1;
    let expr = NO_EXPR_TEXT;
    this.#record(form, (member) => {
      if (member === form.required[0]) slot = this.#nameNumber("the binding");
      else expr = this.#expr();
    });
    return { name: this.names.nameOf(slot), expr, slot };
  }

  #oneExpr(form: RecordForm): ExprText {
    let expr = NO_EXPR_TEXT;
    this.#record(form, () => void (expr = this.#expr()));
    return expr;
  }

  #effect(base: { path: string; index: number; offset: number }): Stmt {
    let effect: string = "emit";
    let payload: ExprText = NO_EXPR_TEXT;
    let effectAt = base.offset;
    this.#record(EFFECT, (member) => {
      if (member === "payload") {
        payload = this.#expr();
        return;
      }
      effectAt = this.#cursor.offset;
      effect = this.#cursor.readString();
    });
    const known = EFFECTS.find((name) => name === effect);
    if (known !== undefined) {
      if (known === "expr") this.#usesV02 = true;
      return { kind: "Effect", ...base, effect: known, payload };
    }
    const message = `unknown effect kind ${JSON.stringify(effect)}: emit, observe and seal exist`;
    this.#note("DR0119", message, effectAt);
    return { kind: "Effect", ...base, effect: "expr", payload };
  }

  #return(base: { path: string; index: number; offset: number }): Stmt {
    let expr: ExprText | undefined;
    this.#record(RETURN, () => {
      if (this.#cursor.readsNull()) this.#usesV02 = true;
      else expr = this.#expr();
    });
    return { kind: "Return", ...base, expr };
  }

  #if(base: { path: string; index: number; offset: number }): Stmt {
    let condition = NO_EXPR_TEXT;
    let thenBody: Block = [];
    let elseBody: Block | undefined;
    this.#record(IF, (member) => {
      if (member === "condition") condition = this.#expr();
      else if (member === "then_body") thenBody = this.#block(`${base.path}.then_body`, base.index);
      else if (!this.#cursor.readsNull()) {
        elseBody = this.#block(`${base.path}.else_body`, base.index);
      }
    });
    return { kind: "If", ...base, condition, thenBody, elseBody };
  }

  #while(base: { path: string; index: number; offset: number }): Stmt {
    let condition = NO_EXPR_TEXT;
    let body: Block = [];
    this.#record(WHILE, (member) => {
      if (member === "condition") condition = this.#expr();
      else body = this.#block(`${base.path}.body`, base.index);
    });
    return { kind: "While", ...base, condition, body };
  }

  #for(base: { path: string; index: number; offset: number }): Stmt {
    let slot = -1, start = NO_EXPR_TEXT, end = NO_EXPR_TEXT;
    let body: Block = [];
    this.#record(FOR, (member) => {
      if (member === "var") slot = this.#nameNumber("the loop variable");
      else if (member === "start") start = this.#expr();
      else if (member === "end") end = this.#expr();
      else body = this.#block(`${base.path}.body`, base.index);
    });
    const name = this.names.nameOf(slot);
    return { kind: "For", ...base, name, start, end, body, slot };
  }

  #call(base: { path: string; index: number; offset: number }): Stmt {
    let target = "", targetAt = 0, slot = -1;
    const args: ExprText[] = [];
    this.#record(CALL, (member) => {
      if (member === "target") {
        targetAt = this.#cursor.offset;
        target = this.#name("the call's target");
      } else if (member === "args") this.#cursor.readArray(() => args.push(this.#expr()));
      else if (!this.#cursor.readsNull()) slot = this.#cursor.readName(this.names);
    });
    if (!CALL_PATH.test(target)) {
      const within = { text: target, start: 0, end: target.length };
      this.#note(
        "DR0111",
        `${JSON.stringify(target)} is not the path of a process`,
        targetAt,
        within,
      );
    }
    return {
      kind: "Call",
      ...base,
      target,
      args,
      call: callExpr(target, args, targetAt),
      result: slot < 0 ? undefined : this.names.nameOf(slot),
      slot,
    };
  }

  #index(base: { path: string; index: number; offset: number }): Stmt {
    let target = NO_EXPR_TEXT, position = NO_EXPR_TEXT, slot = -1;
    this.#record(INDEX, (member) => {
      if (member === "target") target = this.#expr();
      else if (member === "index") position = this.#expr();
      else slot = this.#nameNumber("the result");
    });
    const result = this.names.nameOf(slot);
    return { kind: "Index", ...base, access: accessExpr(target, position), result, slot };
  }

  #field(base: { path: string; index: number; offset: number }): Stmt {
    let target = NO_EXPR_TEXT, field = "", slot = -1;
    this.#record(FIELD, (member) => {
      if (member === "target") target = this.#expr();
      else if (member === "field") field = this.#name("the field");
      else slot = this.#nameNumber("the result");
    });
    const result = this.names.nameOf(slot);
    return { kind: "Field", ...base, access: accessExpr(target, field), result, slot };
  }

  #memory(
    kind: "Alloc" | "Dealloc" | "Load" | "Store",
    base: { path: string; index: number; offset: number },
    operandMembers: readonly string[],
    hasResult: boolean,
  ): Stmt {
    const operands: ExprText[] = [];
    let result: string | undefined;
    const required = hasResult ? [...operandMembers, "result"] : operandMembers;
    this.#record({ what: `a ${kind}`, required }, (member) => {
      if (member === "result") result = this.#name("the result");
      else operands.push(this.#expr());
    });
    return { kind, ...base, operands, result };
  }

  #expr(): ExprText {
    const cursor = this.#cursor;
    const { offset } = cursor;
    const plainEnd = cursor.readPlainString();
    if (plainEnd >= 0) {
      const parsed = this.#parser.parse(cursor.text, offset + 1, plainEnd);
      return new PlainExprText(cursor.text, offset, this.#exprOf(parsed, offset));
    }
    const text = cursor.readString();
    return { text, expr: this.#exprOf(this.#parser.parse(text), offset, text), offset };
  }

  #exprOf(parsed: Result<Expr, ExprFailure>, offset: number, decoded?: string): Expr {
    if (parsed.ok) {
      if (this.#parser.metMatch) this.#usesV02 = true;
      return parsed.value;
    }
    const text = decoded ?? plainStringAt(this.#cursor.text, offset);
    const { code, message, start, end } = parsed.failure;
    this.#note(code, message, offset, { text, start, end });
    return NO_EXPR;
  }

  // ── records and notes ────────────────────────────────────────────────────────────────────────────────────────────

  /** Reads an object of a known form; `read` reads the value of each member that the form has. */
  #record(form: RecordForm, read: (member: string) => void): void {
    const cursor = this.#cursor;
    const { required } = form;
    const start = cursor.offset;
    let found = 0; // one bit for each required member
    cursor.readObject((member) => {
      const position = required.indexOf(member);
      if (position >= 0) found |= 1 << position;
      else if (form.optional?.includes(member) !== true) {
        if (!INERT_MEMBERS.includes(member)) {
          cursor.stop(
            "DR0106",
            `${form.what} has no member ${JSON.stringify(member)}`,
            cursor.offset,
          );
        }
        cursor.skipValue();
        return;
      }
      read(member);
    });
    if (found !== (1 << required.length) - 1) {
      const absent = required.filter((_, position) => (found & (1 << position)) === 0).join(", ");
      cursor.stop("DR0105", `${form.what} lacks ${absent}`, start);
    }
  }

  #name(whose: string): string {
    return this.names.nameOf(this.#nameNumber(whose));
  }

  #nameNumber(whose: string): number {
    const at = this.#cursor.offset;
    const number = this.#cursor.readName(this.names);
    if (this.names.nameOf(number) === "") this.#note("DR0108", `${whose} has an empty name`, at);
    return number;
  }

  #place(): Place {
    return { artifact: this.#artifact, path: this.#cursor.path, offset: this.#cursor.offset };
  }

  #note(code: LoadCode, message: string, offset: number, within?: LoadFailure["within"]): void {
    const path = this.#cursor.path;
    this.failures.push({
      code,
      message,
      offset,
      path,
      ...(within === undefined ? {} : { within }),
    });
  }

  #noteAt(place: Place, code: LoadCode, message: string): void {
    this.failures.push({ code, message, offset: place.offset, path: place.path });
  }
}

/** DIR 0.1 evaluates nothing conditionally: a match is of 0.2. */
/** An expression whose text stands in the artifact as it is. It is seldom asked for, and not kept. */
class PlainExprText implements ExprText {
  readonly expr: Expr;
  readonly offset: number;
  readonly #artifact: string;

  constructor(artifact: string, offset: number, expr: Expr) {
    this.#artifact = artifact;
    this.offset = offset;
    this.expr = expr;
  }

  get text(): string {
    return plainStringAt(this.#artifact, this.offset);
  }
}

/** The string without escapes whose quote stands at `offset`. */
function plainStringAt(text: string, offset: number): string {
  return text.slice(offset + 1, text.indexOf('"', offset + 1));
}

const NO_EXPR_TEXT: ExprText = { text: "", expr: NO_EXPR, offset: 0 };
const CALL_PATH =
  /^([A-Za-z_][A-Za-z0-9_]*::)?(([A-Za-z_][A-Za-z0-9_]*|Φ)::)?[A-Za-z_][A-Za-z0-9_]*$/;
const CLAUSE_VALUE = /^(-?[0-9]+(\.[0-9]+)?|[A-Za-z_][A-Za-z0-9_]*|"(?:[^"\\]|\\.)*")$/s;
