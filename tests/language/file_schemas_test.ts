/**
 * `schema/dir.schema.json` and `schema/environment.schema.json` describe what is read: they accept every artifact that loads, and
 * refuse nearly every one that is refused for its form.
 *
 * @module
 */
import { assert } from "../../std/assert.ts";
import { Ajv2020 } from "ajv/dist/2020.js";
import { Random } from "../../campaign/random.ts";
import { parseManifest } from "../../cli/input/manifest.ts";
import { load } from "../../mod.ts";
import { mutateJson } from "../support/mutate_json.ts";
import { CORPORA, corpus, needing } from "../support/needs.ts";
import { sized, testSeed } from "../support/size.ts";

const ROOT = new URL("../../", import.meta.url);

function validatorOf(name: string): (value: unknown) => boolean {
  const schema = JSON.parse(Deno.readTextFileSync(new URL(`schema/${name}`, ROOT)));
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(schema);
  return (value) => validate(value) === true;
}

const isDir = validatorOf("dir.schema.json");
const isEnvironment = validatorOf("environment.schema.json");

/** The texts of artifacts in a folder: of files, and of strings and objects within lines of JSON. */
function* artifactsIn(folder: URL): Generator<{ readonly place: string; readonly text: string }> {
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    const url = new URL(isDirectory ? `${name}/` : encodeURIComponent(name), folder);
    if (isDirectory) yield* artifactsIn(url);
    else if (name.endsWith(".json")) {
      yield { place: url.pathname, text: Deno.readTextFileSync(url) };
    } else if (name.endsWith(".jsonl")) {
      for (const line of Deno.readTextFileSync(url).split("\n")) {
        if (line.includes("forges")) yield* textsIn(tryParse(line), url.pathname);
      }
    }
  }
}

function* textsIn(value: unknown, place: string): Generator<{ place: string; text: string }> {
  if (typeof value === "string" && value.includes('"forges"')) yield { place, text: value };
  else if (typeof value === "object" && value !== null) {
    if ("forges" in value) yield { place, text: JSON.stringify(value) };
    for (const part of Object.values(value)) yield* textsIn(part, place);
  }
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function assertAcceptsWhatLoads(folder: URL, least: number): void {
  let accepted = 0;
  for (const { place, text } of artifactsIn(folder)) {
    if (!load([{ name: "a", text }]).ok) continue;
    assert(isDir(JSON.parse(text)), `${place} loads, and the schema refuses it`);
    accepted++;
  }
  assert(accepted >= least, `${accepted} artifacts`);
}

Deno.test("the schema of DIR accepts every fixture that loads", () => {
  assertAcceptsWhatLoads(new URL("fixtures/", ROOT), 500);
});

Deno.test(needing({
  name: "the schema of DIR accepts every artifact of the corpora that loads",
  needs: [corpus("compiled")],
  size: "ci",
  fn: () => assertAcceptsWhatLoads(CORPORA, 900),
}));

/** The codes of failures in the text of an expression, whose grammar no schema describes; a path of a call has one of them too. */
const EXPRESSION_CODES = /^DR011[0-6]$/;

// covers: DIR-01
Deno.test("the schema of DIR refuses 95 % of the mutants that are refused for their form", () => {
  const random = new Random(testSeed("schema of DIR", 18));
  const mutants = sized({ quick: 500, ci: 10_000 });
  const texts = [...artifactsIn(new URL("fixtures/programs/", ROOT))].filter(({ text }) =>
    load([{ name: "a", text }]).ok
  );
  let refused = 0;
  const missed: string[] = [];
  for (let count = mutants; count > 0; count--) {
    const mutant = mutateJson(JSON.parse(random.pick(texts).text), random);
    const loaded = load([{ name: "a", text: JSON.stringify(mutant) }]);
    const isValid = isDir(mutant);
    if (loaded.ok) assert(isValid, `loads, and is refused: ${JSON.stringify(mutant)}`);
    else if (loaded.failure.some(({ code }) => !EXPRESSION_CODES.test(code))) {
      if (isValid) missed.push(loaded.failure[0]?.message ?? "");
      else refused++;
    }
  }
  console.log(`${refused} of ${refused + missed.length} mutants refused`);
  assert(refused > mutants / 3, `${refused} mutants`);
  assert(missed.length <= 0.05 * (refused + missed.length), missed.join("\n"));
});

const MANIFEST = {
  realizers: { emit: "file:out.txt", observe: "log", seal: "ledger:seals.jsonl" },
  resources: [{ name: "camera", args: { fps: 30, name: "a", on: true, gain: 0.5 } }, {
    name: "disk",
  }],
  tick_us: 10,
  limits: {
    max_ticks: 5,
    max_depth: 5,
    max_memory: 5,
    max_work: 5,
    max_configuration_work: 5,
    max_conflict_work: 5,
  },
  files: {
    in: { text: "abc", modes: ["r", "append"], sink: "log" },
    new: { path: "new.txt", modes: ["w"], sink: "file:new.txt" },
  },
  ports: { 64: { reads: [1, -2], sink: "stdout" }, serial: { number: 7 } },
  devices: { uart: { base: 4096, size: 16, bytes: [1, 255], sink: "stderr" } },
};

Deno.test("the schema of the manifest accepts a manifest exactly if it is read", () => {
  const random = new Random(testSeed("schema of the manifest", 18));
  const tally = { read: 0, refused: 0, missed: 0 };
  for (let count = sized({ quick: 1_000, ci: 10_000 }); count > 0; count--) {
    const mutant = mutateJson(MANIFEST, random);
    const isRead = parseManifest(JSON.stringify(mutant), "m").ok;
    const isValid = isEnvironment(mutant);
    if (isRead) assert(isValid, `read, and refused: ${JSON.stringify(mutant)}`);
    tally[isRead ? "read" : isValid ? "missed" : "refused"]++;
  }
  assert(tally.read > 50 && tally.refused > 300, JSON.stringify(tally));
  assert(tally.missed * 20 <= tally.refused, JSON.stringify(tally));
});
