/**
 * Decodes statements: the forms of DIR v0.1, and those that v0.2 adds.
 *
 * @module
 */
import { ExprReader, NO_EXPR_TEXT } from "./expr_reader.ts";
import { nearestHint } from "../text/suggest.ts";
import type { JsonCursor } from "../text/json_cursor.ts";
import {
  type Block,
  EFFECT_KINDS,
  type ExprText,
  type MemoryOperation,
  type Stmt,
} from "../dir/model.ts";
import type { RecordForm, RecordReader } from "./record_reader.ts";
import { accessExpr, callExpr, operationExpr } from "./synthesize.ts";

const EFFECTS = [...EFFECT_KINDS, "expr"] as const;
const CALL_PATH =
  /^([A-Za-z_][A-Za-z0-9_]*::)?(([A-Za-z_][A-Za-z0-9_]*|Φ)::)?[A-Za-z_][A-Za-z0-9_]*$/;

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

const ALLOC: RecordForm = { what: "an Alloc", required: ["size", "result"] };
const DEALLOC: RecordForm = { what: "a Dealloc", required: ["ptr"] };
const LOAD: RecordForm = { what: "a Load", required: ["ptr", "result"] };
const STORE: RecordForm = { what: "a Store", required: ["ptr", "value"] };

/** The statements that are objects, the most frequent first. */
const KINDS: readonly string[] = [
  "Let",
  "Assign",
  "Effect",
  "Call",
  "If",
  "Return",
  "While",
  "For",
  "Index",
  "Field",
  "Constrain",
  "Prove",
  "Alloc",
  "Dealloc",
  "Load",
  "Store",
];

/** The fields of every statement. */
interface StmtBase {
  readonly path: string;
  readonly index: number;
  readonly offset: number;
  readonly at: string;
}

/** Decodes the statements of one artifact. */
export class StatementDecoder {
  readonly #reader: RecordReader;
  readonly #cursor: JsonCursor;
  readonly #exprs: ExprReader;

  constructor(reader: RecordReader) {
    this.#reader = reader;
    this.#cursor = reader.cursor;
    this.#exprs = new ExprReader(reader);
  }

  /** Reads the statements of a block. `top` is the index of the top-level statement that contains the block. */
  block(path: string, top: number | undefined): Stmt[] {
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
    const base = { path, index, offset, at: "" };
    if (cursor.peeks('"')) {
      const word = cursor.readString();
      if (word !== "Break" && word !== "Continue") {
        this.#reader.note("DR0120", unknownStatement(word), offset);
        return undefined;
      }
      this.#reader.usesV02 = true;
      return { kind: word, ...base };
    }
    const members = cursor.openObject(KINDS);
    if (!cursor.nextMember(members)) {
      this.#reader.note("DR0120", "a statement has no kind", offset);
      return undefined;
    }
    const stmt = this.#stmtForm(members.name, base);
    if (cursor.nextMember(members)) cursor.stop("DR0106", "a statement has one kind", offset);
    return stmt;
  }

  #stmtForm(kind: string, base: StmtBase): Stmt | undefined {
    switch (kind) {
      case "Let": {
        const { path, index, offset, at } = base;
        const { name, expr, slot } = this.#nameAndExpr(LET);
        return { kind: "Let", path, index, offset, at, name, expr, slot };
      }
      case "Constrain":
        return { kind: "Constrain", ...base, predicate: this.#oneExpr(CONSTRAIN), slots: [] };
      case "Prove": {
        const { name, expr, slot } = this.#nameAndExpr(PROVE);
        return { kind: "Prove", ...base, name, from: expr, slot, hidden: [] };
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

  #stmtFormV02(kind: string, base: StmtBase): Stmt | undefined {
    this.#reader.usesV02 = true;
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
        return this.#memory("alloc", base, ALLOC);
      case "Dealloc":
        return this.#memory("free", base, DEALLOC);
      case "Load":
        return this.#memory("load", base, LOAD);
      case "Store":
        return this.#memory("store", base, STORE);
      default:
        this.#reader.note("DR0120", unknownStatement(kind), base.offset);
        this.#cursor.skipValue();
        return undefined;
    }
  }

  /** Reads a record of a name and an expression, in this order in its form. */
  #nameAndExpr(form: RecordForm): { name: string; expr: ExprText; slot: number } {
    let slot = -1;
    let expr = NO_EXPR_TEXT;
    this.#reader.record(form, (_, position) => {
      if (position === 0) slot = this.#reader.nameNumber("the binding");
      else expr = this.#exprs.read();
    });
    return { name: this.#reader.names.nameOf(slot), expr, slot };
  }

  #oneExpr(form: RecordForm): ExprText {
    let expr = NO_EXPR_TEXT;
    this.#reader.record(form, () => void (expr = this.#exprs.read()));
    return expr;
  }

  #effect(base: StmtBase): Stmt {
    let effect: string = "emit";
    let payload: ExprText = NO_EXPR_TEXT;
    let effectAt = base.offset;
    this.#reader.record(EFFECT, (member) => {
      if (member === "payload") {
        payload = this.#exprs.read();
        return;
      }
      effectAt = this.#cursor.offset;
      effect = this.#cursor.readString();
    });
    const known = EFFECTS.find((name) => name === effect);
    if (known !== undefined) {
      if (known === "expr") this.#reader.usesV02 = true;
      return { kind: "Effect", ...base, effect: known, payload };
    }
    const message = `unknown effect kind ${
      JSON.stringify(effect)
    }: the kinds are emit, observe and seal`;
    this.#reader.note("DR0119", message, effectAt);
    return { kind: "Effect", ...base, effect: "expr", payload };
  }

  #return(base: StmtBase): Stmt {
    let expr: ExprText | undefined;
    this.#reader.record(RETURN, () => {
      if (this.#cursor.readsNull()) this.#reader.usesV02 = true;
      else expr = this.#exprs.read();
    });
    return { kind: "Return", ...base, expr };
  }

  #if(base: StmtBase): Stmt {
    let condition = NO_EXPR_TEXT;
    let thenBody: Block = [];
    let elseBody: Block | undefined;
    this.#reader.record(IF, (member) => {
      if (member === "condition") condition = this.#exprs.read();
      else if (member === "then_body") thenBody = this.block(`${base.path}.then_body`, base.index);
      else if (!this.#cursor.readsNull()) {
        elseBody = this.block(`${base.path}.else_body`, base.index);
      }
    });
    return { kind: "If", ...base, condition, thenBody, elseBody };
  }

  #while(base: StmtBase): Stmt {
    let condition = NO_EXPR_TEXT;
    let body: Block = [];
    this.#reader.record(WHILE, (member) => {
      if (member === "condition") condition = this.#exprs.read();
      else body = this.block(`${base.path}.body`, base.index);
    });
    return { kind: "While", ...base, condition, body };
  }

  #for(base: StmtBase): Stmt {
    let slot = -1, start = NO_EXPR_TEXT, end = NO_EXPR_TEXT;
    let body: Block = [];
    this.#reader.record(FOR, (member) => {
      if (member === "var") slot = this.#reader.nameNumber("the loop variable");
      else if (member === "start") start = this.#exprs.read();
      else if (member === "end") end = this.#exprs.read();
      else body = this.block(`${base.path}.body`, base.index);
    });
    const name = this.#reader.names.nameOf(slot);
    return { kind: "For", ...base, name, start, end, body, slot };
  }

  #call(base: StmtBase): Stmt {
    let target = "", targetAt = 0, slot = -1;
    const args: ExprText[] = [];
    this.#reader.record(CALL, (member) => {
      if (member === "target") {
        targetAt = this.#cursor.offset;
        target = this.#reader.name("the call's target");
      } else if (member === "args") this.#cursor.readArray(() => args.push(this.#exprs.read()));
      else if (!this.#cursor.readsNull()) slot = this.#cursor.readName(this.#reader.names);
    });
    if (!CALL_PATH.test(target)) {
      const within = { text: target, start: 0, end: target.length };
      this.#reader.note(
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
      result: slot < 0 ? undefined : this.#reader.names.nameOf(slot),
      slot,
    };
  }

  #index(base: StmtBase): Stmt {
    let target = NO_EXPR_TEXT, position = NO_EXPR_TEXT, slot = -1;
    this.#reader.record(INDEX, (member) => {
      if (member === "target") target = this.#exprs.read();
      else if (member === "index") position = this.#exprs.read();
      else slot = this.#reader.nameNumber("the result");
    });
    const result = this.#reader.names.nameOf(slot);
    return { kind: "Index", ...base, access: accessExpr(target, position), result, slot };
  }

  #field(base: StmtBase): Stmt {
    let target = NO_EXPR_TEXT, field = "", slot = -1;
    this.#reader.record(FIELD, (member) => {
      if (member === "target") target = this.#exprs.read();
      else if (member === "field") field = this.#reader.name("the field");
      else slot = this.#reader.nameNumber("the result");
    });
    const result = this.#reader.names.nameOf(slot);
    return { kind: "Field", ...base, access: accessExpr(target, field), result, slot };
  }

  /** A memory statement: the call of an operation, which no process of that name replaces. */
  #memory(operation: MemoryOperation, base: StmtBase, form: RecordForm): Stmt {
    const args: ExprText[] = [];
    let slot = -1;
    this.#reader.record(form, (member, position) => {
      if (member === "result") slot = this.#reader.nameNumber("the result");
      else args[position] = this.#exprs.read();
    });
    return {
      kind: "Call",
      ...base,
      target: operation,
      args,
      call: operationExpr(operation, args, base.offset),
      result: slot < 0 ? undefined : this.#reader.names.nameOf(slot),
      slot,
    };
  }
}

function unknownStatement(word: string): string {
  const hint = nearestHint(word, [...KINDS, "Break", "Continue"]);
  return `unknown statement ${JSON.stringify(word)}${hint}`;
}
