/**
 * Mutation: one or two edits that probably make a valid program invalid.
 *
 * @module
 */
import type { ForgeTree, StatementTree, Tree } from "./artifact.ts";
import { writeArtifact } from "./artifact.ts";
import type { Random } from "./random.ts";

/** A member of the artifact that holds a string, and how to change it. */
interface TextSlot {
  readonly member: string;
  readonly text: string;
  readonly set: (text: string) => void;
}

const EXPRESSION_MEMBERS = ["expr", "predicate", "payload", "from", "condition", "start", "end"];

/** The text of the program after one or two random edits; it changes `forges`. */
export function mutate(forges: ForgeTree[], random: Random): string {
  for (let edits = random.oneIn(4) ? 2 : 1; edits > 0; edits--) edit(forges, random);
  return writeArtifact(forges);
}

function edit(forges: ForgeTree[], random: Random): void {
  if (forges.every(({ procs }) => procs.length === 0)) return;
  const blocks = forges.flatMap(({ procs }) => procs.flatMap(({ body }) => blocksOf(body)));
  const slots = textSlots(forges);
  const expressions = slots.filter(({ member }) => EXPRESSION_MEMBERS.includes(member));
  switch (random.below(14)) {
    case 0:
    case 1:
      return editBlock(random.pick(blocks), random);
    case 2:
    case 3:
      return expressions.length === 0
        ? undefined
        : changeWord(random.pick(expressions), slots, random);
    case 4: {
      if (expressions.length === 0) return;
      const slot = random.pick(expressions);
      const at = random.below(slot.text.length + 1);
      return slot.set(slot.text.slice(0, at) + slot.text.slice(at + 1));
    }
    case 5: {
      if (expressions.length === 0) return;
      const slot = random.pick(expressions);
      return slot.set(slot.text + random.pick([" 1", ")", " Foo 2", " ", " Add", '"']));
    }
    case 6: {
      const types = slots.filter(({ member }) => member === "ty" || member === "ret");
      if (types.length === 0) return;
      return random.pick(types).set(random.pick(["bool", "i64", "u8", "Missing", "S0", "string"]));
    }
    case 7:
      return editBinds(random.pick(forges), random);
    case 8: {
      const proc = random.pick(random.pick(forges).procs);
      proc.qualifiers = proc.qualifiers.length > 0 ? [] : ["linear"];
      return;
    }
    case 9: {
      const proc = random.pick(random.pick(forges).procs);
      proc.regime = random.pick(["K", "Q", "Φ", "k", "Phi"]);
      return;
    }
    case 10: {
      const kinds = slots.filter(({ member, text }) => member === "kind" && text !== "Struct");
      if (kinds.length === 0) return;
      return random.pick(kinds).set(random.pick(["emit", "observe", "seal", "print", "couple"]));
    }
    case 11: {
      const names = slots.filter(({ member }) => ["name", "result", "target"].includes(member));
      return random.pick(names).set(random.pick(names).text);
    }
    case 12: {
      const { procs } = random.pick(forges);
      const proc = random.pick(procs);
      if (random.oneIn(2)) procs.push(structuredClone(proc));
      else procs.splice(procs.indexOf(proc), 1);
      return;
    }
    default: {
      const proc: { [member: string]: unknown } = Object(random.pick(random.pick(forges).procs));
      if (random.oneIn(2)) delete proc[random.pick(["uses", "ret", "params", "name"])];
      else proc["extra"] = 1;
    }
  }
}

function editBlock(block: StatementTree[], random: Random): void {
  const at = random.below(block.length + 1);
  const other = random.below(block.length + 1);
  const statement = block[at];
  switch (random.below(5)) {
    case 0:
      block.splice(at, 1);
      return;
    case 1:
      if (statement !== undefined) block.splice(other, 0, structuredClone(statement));
      return;
    case 2:
      if (statement !== undefined) {
        block.splice(at, 1);
        block.splice(other, 0, statement);
      }
      return;
    case 3:
      block.splice(
        at,
        0,
        random.pick<StatementTree>([
          "Break",
          { Return: { expr: "1" } },
          { Effect: { kind: "emit", payload: '"extra"' } },
          { Constrain: { predicate: "1 Gt 2" } },
          { Let: { name: "extra", expr: "q_alloc(QBit)" } },
          { Alloc: { size: "1", result: "m" } },
          { If: { condition: "true", then_body: [], else_body: null } },
        ]),
      );
      return;
    default:
      block.push({ Constrain: { predicate: random.pick(["1 Gt 2", "true", "1"]) } });
  }
}

/** Replaces one word or number of an expression (name, operator, literal) by one from elsewhere in the artifact. */
function changeWord(slot: TextSlot, slots: readonly TextSlot[], random: Random): void {
  const words = [...slot.text.matchAll(/[A-Za-z_][A-Za-z0-9_]*|[0-9]+/g)];
  if (words.length === 0) return;
  const word = random.pick(words);
  const others = slots.flatMap(({ text }) => text.match(/[A-Za-z_][A-Za-z0-9_]*|[0-9]+/g) ?? []);
  const replacement = random.pick([...others, "ghost", "99999999999999999999", "true", "main"]);
  const end = word.index + word[0].length;
  slot.set(slot.text.slice(0, word.index) + replacement + slot.text.slice(end));
}

function editBinds(forge: ForgeTree, random: Random): void {
  if (forge.binds.length === 0) return;
  const bind = random.pick(forge.binds);
  const clause = bind.contract.length > 0 ? random.pick(bind.contract) : undefined;
  switch (random.below(6)) {
    case 0:
      forge.binds.splice(forge.binds.indexOf(bind), 1);
      return;
    case 1:
      bind.target = random.pick(["K::ghost", "main", "p0"]);
      return;
    case 2:
      bind.contract = [];
      return;
    default:
      if (clause === undefined) return;
      if (random.oneIn(3)) clause.op = random.pick(["<", ">=", "~", "=="]);
      else if (random.oneIn(2)) {
        clause.value = random.pick(["true", "false", "0", "x", "-1", "1 2"]);
      } else clause.key = random.pick(["jitter_us", "latency_us", "effects_allowed"]);
  }
}

/** A block and every block inside it. */
function blocksOf(block: StatementTree[]): StatementTree[][] {
  return [block, ...block.flatMap((statement) => innerBlocks(statement).flatMap(blocksOf))];
}

function innerBlocks(statement: StatementTree): StatementTree[][] {
  if (typeof statement === "string") return [];
  const [form] = Object.values(statement);
  if (typeof form !== "object" || form === null || Array.isArray(form)) return [];
  return ["then_body", "else_body", "body"].flatMap((member) => {
    const inner = form[member];
    return Array.isArray(inner) && inner.every(isStatement) ? [inner] : [];
  });
}

function isStatement(tree: Tree): tree is StatementTree {
  return typeof tree === "string" ||
    (typeof tree === "object" && tree !== null && !Array.isArray(tree));
}

/** Every member of the artifact that holds a string. */
function textSlots(forges: ForgeTree[]): TextSlot[] {
  const slots: TextSlot[] = [];
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (typeof node !== "object" || node === null) return;
    const members: { [member: string]: unknown } = Object(node);
    for (const [member, value] of Object.entries(members)) {
      if (typeof value !== "string") {
        visit(value);
        continue;
      }
      slots.push({ member, text: value, set: (text) => void (members[member] = text) });
    }
  };
  visit(forges);
  return slots;
}
