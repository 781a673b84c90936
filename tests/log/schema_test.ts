/**
 * `schema/log.schema.json` describes exactly what the codec writes: every line of every fixture's log, every kind of event, and
 * nothing else; `schema/store.schema.json` does the same for the log of a store.
 *
 * @module
 */
import { assert, assertEquals, assertStrictEquals } from "../../std/assert.ts";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { decodeLine, EVENT_KINDS } from "../../store/codec/decode_event.ts";
import { encodeLine } from "../../store/codec/encode_event.ts";
import { executeToLog, LogWriter, MemoryFile } from "../../mod.ts";
import { fixtures } from "../support/fixtures.ts";
import { anyEvent } from "../support/generate_event.ts";
import { realizedLog } from "../support/sample_logs.ts";
import { parseStoreLine } from "../../store/runs/store_line.ts";
import { REALIZED } from "./second_verifier/damage.ts";
import { logBytes } from "./second_verifier/independent_writer.ts";
import { FAILED_RUN } from "./second_verifier/sample_drafts.ts";
import { logMutants, sampleStore } from "./second_verifier/store_mutants.ts";
import { sized, testSeed } from "../support/size.ts";

interface Schema {
  readonly oneOf: readonly { readonly $ref: string }[];
  readonly $defs: { readonly [name: string]: { readonly properties?: object } };
}

const SCHEMA: Schema = JSON.parse(
  Deno.readTextFileSync(new URL("../../schema/log.schema.json", import.meta.url)),
);
const isValid = new Ajv2020({ allErrors: true }).compile(SCHEMA);
const STORE_SCHEMA: Schema = JSON.parse(
  Deno.readTextFileSync(new URL("../../schema/store.schema.json", import.meta.url)),
);
const isStoreLine = new Ajv2020({ allErrors: true }).compile(STORE_SCHEMA);

function linesOf(log: Uint8Array): string[] {
  return new TextDecoder().decode(log).trimEnd().split("\n");
}

function assertValid(line: string, where: string): void {
  assert(isValid(JSON.parse(line)), `${where}: ${line}\n${JSON.stringify(isValid.errors)}`);
}

Deno.test("the schema describes every kind of event, with its fields in the order of the log", () => {
  assertEquals<unknown>(SCHEMA.oneOf.map(({ $ref }) => $ref.split("/").at(-1)), EVENT_KINDS);
  fc.assert(
    fc.property(anyEvent(), (event) => {
      const fields = Object.keys(JSON.parse(encodeLine(event)));
      const described = Object.keys(SCHEMA.$defs[event.kind]?.properties ?? {});
      assertEquals(described.filter((field) => fields.includes(field)), fields);
    }),
    { seed: testSeed("schema order", 7), numRuns: sized({ quick: 500, ci: 5_000 }) },
  );
});

// covers: TRC-06
Deno.test("every line that any fixture produces validates, and every kind that none does", () => {
  const kinds = new Set<string>();
  for (const { name, artifacts, input } of fixtures()) {
    const file = new MemoryFile();
    executeToLog({ artifacts, input }, new LogWriter(file));
    for (const line of linesOf(file.content())) {
      assertValid(line, name);
      const decoded = decodeLine(line);
      assert(decoded.ok && encodeLine(decoded.value) === line, line);
      kinds.add(decoded.value.kind);
    }
  }
  for (const line of linesOf(realizedLog(3))) assertValid(line, "realized");
  for (const drafts of [REALIZED, FAILED_RUN]) {
    for (const line of linesOf(logBytes(drafts))) assertValid(line, "written by hand");
  }
  assert(kinds.size >= 10, [...kinds].join());
});

Deno.test("the schema accepts what the codec writes, and rejects one field more or less", () => {
  fc.assert(
    fc.property(anyEvent(), fc.nat(), (event, choice) => {
      const line = encodeLine(event);
      assertValid(line, event.kind);
      // Digits that a JavaScript number cannot hold would be lost here, and not by the codec.
      fc.pre(JSON.stringify(JSON.parse(line)) === line);
      const more: object = { ...JSON.parse(line), surplus: 1 };
      assert(!isValid(more), `${line} with a surplus field`);
      const less = Object.entries(JSON.parse(line));
      less.splice(choice % less.length, 1);
      const shorter = Object.fromEntries(less);
      assertStrictEquals(
        isValid(shorter),
        decodeLine(JSON.stringify(shorter)).ok,
        JSON.stringify(shorter),
      );
    }),
    { seed: testSeed("schema", 7), numRuns: sized({ quick: 300, ci: 20_000 }) },
  );
});

Deno.test("the schema of the store's log accepts the lines that its parser accepts, in the order of their members, and no others", async () => {
  const text = Deno.readTextFileSync(`${await sampleStore()}/log`);
  const kinds = text.trimEnd().split("\n").map((line) => String(JSON.parse(line).kind));
  assertEquals(
    new Set(kinds),
    new Set(STORE_SCHEMA.oneOf.map(({ $ref }) => $ref.split("/").at(-1))),
  );
  const lines = new Set([...logMutants(text)].flatMap(([, changed]) => changed.split("\n")));
  let accepted = 0, rejected = 0;
  for (const line of lines) {
    const json = objectIn(line);
    if (json === undefined) continue;
    const members = Object.entries(json);
    const described = Object.keys(STORE_SCHEMA.$defs[String(json.kind)]?.properties ?? {});
    const order = (name: string) => described.includes(name) ? described.indexOf(name) : 99;
    const ordered = members.toSorted(([a], [b]) => order(a) - order(b));
    const isParsed = parseStoreLine(JSON.stringify(Object.fromEntries(ordered))) !== undefined;
    assertStrictEquals(isStoreLine(json), isParsed, line);
    if (isParsed) accepted++;
    else rejected++;
  }
  assert(accepted > 50 && rejected > 500, `${accepted}, ${rejected}`);
});

function objectIn(line: string): { readonly [name: string]: unknown } | undefined {
  try {
    const json: unknown = JSON.parse(line);
    return typeof json === "object" && json !== null ? { ...json } : undefined;
  } catch {
    return undefined;
  }
}
