/**
 * The model's reader of DIR: the records of an artifact (DIR-01 to DIR-10, DIR-22; docs/dir.md, "Records").
 *
 * @module
 */
import { elements, isNull, jsonTree, type Node, properties, string } from "./json.ts";
import type {
  Home,
  ModelBind,
  ModelForge,
  ModelLocal,
  ModelProc,
  ModelProgram,
  ModelTypeDeclaration,
  ModelUse,
  ResourceLiteral,
  TypedName,
} from "./program.ts";
import { Members } from "./members.ts";
import { StatementReader } from "./read_statement.ts";
import { LoadRefusal, type Rules } from "./rules.ts";

/** Reads a program from its artifacts, or throws a {@link LoadRefusal}. */
export function readProgram(texts: readonly string[], rules: Rules): ModelProgram {
  const artifacts = texts.map((text, index) => new Reader(index, text, rules).artifact());
  const isNewer = artifacts.some(({ version }) => version === "0.2");
  return {
    version: isNewer ? "0.2" : "0.1",
    stated: artifacts.flatMap(({ stated }) => stated),
    isLinked: artifacts.length > 1,
    forges: artifacts.flatMap(({ forges }) => forges),
    types: artifacts.flatMap(({ types }) => types),
  };
}

const OPERATORS = ["==", "<", "<=", ">", ">="];
const CLAUSE_VALUE = /^(-?[0-9]+(\.[0-9]+)?|[A-Za-z_][A-Za-z0-9_]*|"(?:[^"\\]|\\.)*")$/s;

/** Artifacts follow each other: an offset of a later one is beyond all of an earlier one. */
const ARTIFACT_SPAN = 1e10;

class Reader {
  readonly #rules: Rules;
  readonly #text: string;
  readonly #artifact: number;
  readonly #members: Members;
  readonly #statements: StatementReader;
  #isNewer = false;

  constructor(artifact: number, text: string, rules: Rules) {
    this.#rules = rules;
    this.#text = text;
    this.#artifact = artifact;
    this.#members = new Members(rules, artifact * ARTIFACT_SPAN);
    this.#statements = new StatementReader(this.#members, rules);
  }

  artifact(): ModelProgram {
    const of = this.#members.of(jsonTree(this.#text), ["forges"], ["types", "version"]);
    const types = elements(of["types"]).map((node) => this.#declaration(node));
    const forges = elements(of["forges"]).map((node) => this.#forge(node));
    if (forges.length === 0 && !this.#rules.breaks("empty program accepted")) {
      throw new LoadRefusal("no forge");
    }
    const needed = this.#isNewer || types.length > 0 || this.#statements.isNewer ? "0.2" : "0.1";
    let version: "0.1" | "0.2" = needed;
    if (of["version"] !== undefined && !this.#rules.breaks("version ignored")) {
      const declared = string(of["version"]);
      if ((declared !== "0.1" && declared !== "0.2") || declared < needed) {
        throw new LoadRefusal("version");
      }
      version = declared;
    }
    const stated = of["version"] === undefined ? undefined : version;
    return { version, stated: [stated], isLinked: false, forges, types };
  }

  #declaration(node: Node): ModelTypeDeclaration {
    const of = this.#members.of(node, ["name", "kind"]);
    const home = { artifact: this.#artifact, forge: undefined };
    const name = this.#members.name(of["name"]);
    const at = this.#members.at(node);
    const [form, ...others] = properties(of["kind"]);
    if (form === undefined || others.length > 0) throw new LoadRefusal("a type has one form");
    if (form.name === "Alias") {
      const { target } = this.#members.of(form.value, ["target"]);
      return { kind: "alias", home, name, at, target: string(target) };
    }
    if (form.name !== "Struct") throw new LoadRefusal(`a type of kind ${form.name}`);
    const members = this.#members.of(form.value, ["fields"]);
    const fields = elements(members["fields"]).map((field) => this.#typedName(field));
    return { kind: "struct", shape: { home, name, at, fields } };
  }

  #forge(node: Node): ModelForge {
    const of = this.#members.of(node, ["name", "shapes", "procs", "binds"]);
    const name = this.#members.name(of["name"]);
    const home = { artifact: this.#artifact, forge: name };
    return {
      home,
      name,
      at: this.#members.at(node),
      shapes: elements(of["shapes"]).map((shape) => {
        const members = this.#members.of(shape, ["name", "fields"]);
        const fields = elements(members["fields"]).map((field) => this.#typedName(field));
        const at = this.#members.at(shape);
        return { home, name: this.#members.name(members["name"]), at, fields };
      }),
      procs: elements(of["procs"]).map((proc) => this.#proc(proc, home, name)),
      binds: elements(of["binds"]).map((bind) => this.#bind(bind)),
    };
  }

  #typedName(node: Node): TypedName {
    const of = this.#members.of(node, ["name", "ty"]);
    return {
      name: this.#members.name(of["name"]),
      ty: string(of["ty"]),
      at: this.#members.at(node),
    };
  }

  #proc(node: Node, home: Home, forge: string): ModelProc {
    const required = ["regime", "name", "params", "uses", "ret", "qualifiers", "body"];
    const of = this.#rules.breaks("missing members defaulted")
      ? this.#members.of(node, ["name", "body"], [...required, "locals"])
      : this.#members.of(node, required, ["locals"]);
    const regime = of["regime"] === undefined ? "K" : this.#regime(string(of["regime"]));
    const qualifiers = elements(of["qualifiers"]).map(string);
    if (qualifiers.some((word) => word !== "linear") && !this.#rules.breaks("qualifier ignored")) {
      throw new LoadRefusal("unknown qualifier");
    }
    return {
      home,
      forge,
      regime,
      name: this.#members.name(of["name"]),
      at: this.#members.at(node),
      params: elements(of["params"]).map((param) => this.#typedName(param)),
      uses: elements(of["uses"]).map((use) => this.#use(use)),
      ret: of["ret"] === undefined || isNull(of["ret"]) ? undefined : string(of["ret"]),
      qualifiers,
      locals: elements(of["locals"]).map((local) => this.#local(local)),
      body: this.#statements.block(of["body"]),
    };
  }

  #regime(text: string): ModelProc["regime"] {
    if (text === "K" || text === "Q" || text === "Φ") return text;
    if (this.#rules.breaks("regime guessed")) return text.startsWith("P") ? "Φ" : "K";
    throw new LoadRefusal("unknown regime");
  }

  #local(node: Node): ModelLocal {
    this.#isNewer = true;
    const of = this.#members.of(node, ["name", "ty", "is_mutable"]);
    const name = this.#members.name(of["name"]);
    const mutable = of["is_mutable"]?.value === true;
    return { name, ty: string(of["ty"]), at: this.#members.at(node), mutable };
  }

  #use(node: Node): ModelUse {
    const of = this.#members.of(node, ["resource", "args"]);
    const args = elements(of["args"]).map((pair) => {
      const [name, literal] = elements(pair);
      const [member] = properties(literal);
      if (name === undefined || member === undefined) throw new LoadRefusal("a resource argument");
      return { name: string(name), value: this.#literal(member.name, member.value) };
    });
    return { resource: this.#members.name(of["resource"]), at: this.#members.at(node), args };
  }

  #literal(tag: string, node: Node): ResourceLiteral {
    const text = this.#text.slice(node.offset, node.offset + node.length);
    if (tag === "Int" && /^-?[0-9]+$/.test(text)) return BigInt(text);
    if (tag === "Bool") return node.value === true;
    if (tag === "Float" && node.type === "number") return Number(text);
    if ((tag === "String" || tag === "Char") && node.type === "string") return string(node);
    throw new LoadRefusal("a resource argument");
  }

  #bind(node: Node): ModelBind {
    const of = this.#members.of(node, ["source", "target", "contract"]);
    const clauses = elements(of["contract"]).map((clause) => {
      const members = this.#members.of(clause, ["key", "op", "value"]);
      const op = string(members["op"]);
      const value = string(members["value"]);
      const isForm = OPERATORS.includes(op) && CLAUSE_VALUE.test(value);
      if (!isForm && !this.#rules.breaks("any clause form")) throw new LoadRefusal("clause");
      return { key: this.#members.name(members["key"]), op, value, at: this.#members.at(clause) };
    });
    return {
      source: this.#members.name(of["source"]),
      target: this.#members.name(of["target"]),
      at: this.#members.at(node),
      clauses,
    };
  }
}
