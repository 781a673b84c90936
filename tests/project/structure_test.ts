/**
 * The check of the structure is itself checked: each bad import is planted in a small tree that is otherwise sound, and must be found.
 *
 * @module
 */
import { assertEquals } from "../../std/assert.ts";
import { problemsOf, type StructureProblem } from "./structure.ts";

const FLOORS = [["low"], ["left", "right"], ["high"], ["main.ts"]];

const SOUND = {
  "main.ts": `import { high } from "./high/high.ts"; console.log(high);`,
  "high/high.ts":
    `import { left } from "../left/left.ts"; export * from "../right/right.ts"; export const high = left;`,
  "left/left.ts": `import { low } from "../low/low.ts"; export const left = low;`,
  "right/right.ts": `import type { Low } from "../low/low.ts"; export const right: Low = 1;`,
  "low/low.ts": `export type Low = number; export const low: Low = 1;`,
};

/** The problems of the sound tree with some files replaced, and others added. */
function problems(changes: Readonly<Record<string, string>>): StructureProblem[] {
  const tree = new Map(Object.entries({ ...SOUND, ...changes }));
  return problemsOf(tree, { floors: FLOORS, entries: ["main.ts"] });
}

/** The kinds of problems, each once. */
function kinds(changes: Readonly<Record<string, string>>): string[] {
  return [...new Set(problems(changes).map(({ kind }) => kind))];
}

/** The lowest file with one statement more, which does not close a circle of files. */
const low = (statement: string) => ({
  "low/low.ts": SOUND["low/low.ts"],
  "low/other.ts": `${statement}\nexport const other = 1;`,
  "low_test.ts": `import "./low/other.ts";`,
});

Deno.test("problemsOf() finds none in a sound tree", () => {
  assertEquals(problems({}), []);
});

const UPWARD: { readonly [what: string]: string } = {
  "value import": `import { high } from "../high/high.ts"; console.log(high);`,
  "import for its effect": `import "../high/high.ts";`,
  "type import": `import type { High } from "../high/high.ts"; export type T = High;`,
  "import of a type among values":
    `import { type High } from "../high/high.ts"; export type T = High;`,
  "re-export": `export { high } from "../high/high.ts";`,
  "re-export of everything": `export * from "../high/high.ts";`,
  "re-export of types": `export type { High } from "../high/high.ts";`,
  "dynamic import": `export const load = () => import("../high/high.ts");`,
  "dynamic import with a template": "export const load = () => import(`../high/high.ts`);",
  "import type": `export type T = import("../high/high.ts").High;`,
  "worker": `export const worker = () => new Worker(new URL("../high/high.ts", import.meta.url));`,
  "resolved module": `export const url = import.meta.resolve("../high/high.ts");`,
};

for (const [what, statement] of Object.entries(UPWARD)) {
  Deno.test(`problemsOf() finds an upward ${what}`, () => {
    assertEquals(
      problems(low(statement)).filter(({ kind }) => kind === "upward"),
      [{ kind: "upward", from: "low/other.ts", to: "high/high.ts" }],
    );
  });
}

Deno.test("problemsOf() finds an import between siblings", () => {
  assertEquals(
    problems({ "left/left.ts": `export { right as left } from "../right/right.ts";` }),
    [{ kind: "upward", from: "left/left.ts", to: "right/right.ts" }],
  );
});

Deno.test("problemsOf() finds a source that imports a test", () => {
  assertEquals(
    problems({
      "left/left.ts": `export { left } from "./left_test.ts";`,
      "left/left_test.ts": `export const left = 1;`,
    }),
    [{ kind: "upward", from: "left/left.ts", to: "left/left_test.ts" }],
  );
});

Deno.test("problemsOf() finds a circle between files, also one of types, and a file that imports itself", () => {
  assertEquals(
    problems({
      "low/low.ts": `export type { Low } from "./a.ts"; export const low = 1;`,
      "low/a.ts": `import { low } from "./low.ts"; export type Low = typeof low;`,
    }),
    [{ kind: "file-circle", files: ["low/a.ts", "low/low.ts"] }],
  );
  assertEquals(
    problems({
      "low/low.ts": `import "./low.ts"; export type Low = number; export const low = 1;`,
    }),
    [{ kind: "file-circle", files: ["low/low.ts"] }],
  );
});

Deno.test("problemsOf() finds a circle between folders that is none between files", () => {
  assertEquals(
    problems({
      "low/low.ts": `export { low, type Low } from "./p/a.ts"; export { d } from "./p/d.ts";`,
      "low/p/a.ts":
        `import { b } from "../q/b.ts"; export type Low = number; export const low = b;`,
      "low/q/b.ts": `export const b = 1;`,
      "low/q/c.ts": `import { d } from "../p/d.ts"; export const c = d;`,
      "low/p/d.ts": `export const d = 1;`,
      "low/q/c_test.ts": `import "./c.ts";`,
    }),
    [{ kind: "folder-circle", folders: ["low/p/", "low/q/"] }],
  );
});

Deno.test("problemsOf() finds a circle between a folder and the one that contains it", () => {
  assertEquals(
    kinds({
      "low/low.ts": `export { low, type Low } from "./p/a.ts";`,
      "low/p/a.ts": `import { b } from "../b.ts"; export type Low = number; export const low = b;`,
      "low/b.ts": `export const b = 1;`,
    }),
    ["folder-circle"],
  );
});

Deno.test("problemsOf() finds a circle one level above the folders that close it", () => {
  const found = problems({
    "high/high.ts": `import { u } from "../left/x/u.ts"; export const high = u;`,
    "left/x/u.ts": `export const u = 1;`,
    "left/y/v.ts": `import { w } from "../../high/w.ts"; export const v = w;`,
    "high/w.ts": `export const w = 1;`,
    "left/y/v_test.ts": `import "./v.ts"; import "../left.ts"; import "../../right/right.ts";`,
  });
  assertEquals(found, [
    { kind: "upward", from: "left/y/v.ts", to: "high/w.ts" },
    { kind: "folder-circle", folders: ["high/", "left/"] },
  ]);
});

Deno.test("problemsOf() finds a file that nothing uses, and two that only use each other", () => {
  assertEquals(problems({ "low/alone.ts": `export const alone = 1;` }), [
    { kind: "unused", file: "low/alone.ts" },
  ]);
  assertEquals(
    problems({
      "low/a.ts": `export { b } from "./b.ts";`,
      "low/b.ts": `export const b = 1;`,
    }),
    [{ kind: "unused", file: "low/a.ts" }, { kind: "unused", file: "low/b.ts" }],
  );
});

Deno.test("problemsOf() does not count imports in comments, doc comments and strings", () => {
  const mentions = [
    `// import "../high/high.ts";`,
    `/* import "../high/high.ts"; */`,
    '/**\n * @example\n * ```ts\n * import { high } from "../high/high.ts";\n * ```\n */',
    'export const text = `\nimport "../high/high.ts";\n`;',
  ];
  for (const mention of mentions) assertEquals(problems(low(mention)), [], mention);
  const alone = { "low/alone.ts": `export const alone = 1;` };
  assertEquals(
    kinds({
      ...alone,
      "high/more.ts": `/** import "../low/alone.ts"; */`,
      "x_test.ts": `import "./high/more.ts";`,
    }),
    ["unused"],
  );
});

Deno.test("problemsOf() counts a worker as used, and ignores a URL that is not a module", () => {
  const high = SOUND["high/high.ts"];
  const worker = { "low/worker.ts": `console.log(1);` };
  const load = `new Worker(new URL("../low/worker.ts", import.meta.url), { type: "module" });`;
  assertEquals(problems({ ...worker, "high/high.ts": `${high} ${load}` }), []);
  assertEquals(
    kinds({ ...worker, "high/high.ts": `${high} new URL("../low/worker.ts", "file:///");` }),
    ["unused"],
  );
});

Deno.test("problemsOf() finds a file without a floor, and an import whose target is computed", () => {
  assertEquals(
    problems({ "new/file.ts": `export const a = 1;`, "a_test.ts": `import "./new/file.ts";` }),
    [
      { kind: "unplaced", file: "new/file.ts" },
    ],
  );
  assertEquals(problems(low("export const load = (name: string) => import(name);")), [
    { kind: "computed", file: "low/other.ts" },
  ]);
});
