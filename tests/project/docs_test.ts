/**
 * The documentation is executed. A `console` block of README or `docs/` holds commands after `$ ` and exactly what they print, both
 * streams in one, a failing exit code as `[exit 10]`. A command that gets Deno from `npx` is run with the Deno that is here. The commands of one page run in order in one empty folder that has the
 * repository's `fixtures`, `tools` and `docs` in it. TypeScript blocks are run by `deno test --doc`.
 *
 * @module
 */
import { assert, assertMatch, assertStrictEquals } from "../../std/assert.ts";
import { needing, tool } from "../support/needs.ts";

const ROOT = new URL("../../", import.meta.url).pathname;

/** One command of a page, and the output that the page shows. */
interface Shown {
  readonly command: string;
  readonly output: string;
  readonly line: number;
}

/** A fenced block. */
interface Fence {
  readonly language: string;
  readonly text: string;
  /** 1-based line of its first content line. */
  readonly line: number;
}

const LANGUAGES = ["console", "ts", "json", "jsonc", "jsonl", "text", "python", "yaml", "sh"];

function pages(): readonly string[] {
  const found = ["README.md"];
  const visit = (folder: string) => {
    for (const { name, isDirectory, isFile } of Deno.readDirSync(ROOT + folder)) {
      if (isDirectory) visit(`${folder}/${name}`);
      if (isFile && name.endsWith(".md")) found.push(`${folder}/${name}`);
    }
  };
  visit("docs");
  return found.sort();
}

function fencesOf(text: string): Fence[] {
  const fences: Fence[] = [];
  let open: { language: string; line: number; lines: string[] } | undefined;
  for (const [index, line] of text.split("\n").entries()) {
    if (!line.startsWith("```")) open?.lines.push(line);
    else if (open === undefined) {
      open = { language: line.slice(3).trim(), line: index + 2, lines: [] };
    } else {
      fences.push({ language: open.language, line: open.line, text: open.lines.join("\n") });
      open = undefined;
    }
  }
  assertStrictEquals(open, undefined, "a fence is not closed");
  return fences;
}

function shownIn(fence: Fence): Shown[] {
  const shown: Shown[] = [];
  for (const [index, line] of fence.text.split("\n").entries()) {
    if (line.startsWith("$ ")) {
      shown.push({ command: line.slice(2), output: "", line: fence.line + index });
      continue;
    }
    const last = shown.pop();
    assert(last !== undefined, `line ${fence.line + index}: output before any command`);
    shown.push({ ...last, output: `${last.output}${line}\n` });
  }
  return shown;
}

/** A folder with what a reader has: the repository's files, and `dustrun` on the path. */
function readersFolder(): { readonly folder: string; readonly path: string } {
  const folder = Deno.makeTempDirSync();
  const bin = Deno.makeTempDirSync();
  for (const shared of ["fixtures", "tools", "docs", "schema"]) {
    Deno.symlinkSync(ROOT + shared, `${folder}/${shared}`);
  }
  const script =
    `#!/bin/sh\nexec "${Deno.execPath()}" run --no-prompt -R -W "${ROOT}cli.ts" "$@"\n`;
  Deno.writeTextFileSync(`${bin}/dustrun`, script, { mode: 0o755 });
  return { folder, path: `${bin}:${Deno.env.get("PATH") ?? ""}` };
}

/** How README gets dustrun before it is on the path. */
const FROM_NPX = /^npx -y deno@[0-9.]+ run -R -W cli\.ts /;

async function outputOf(command: string, where: ReturnType<typeof readersFolder>): Promise<string> {
  const { code, stdout } = await new Deno.Command("sh", {
    args: ["-c", `{ ${command.replace(FROM_NPX, "dustrun ")}\n} 2>&1`],
    cwd: where.folder,
    env: { PATH: where.path, NO_COLOR: "1" },
    stdin: "null",
  }).output();
  const text = new TextDecoder().decode(stdout);
  const ended = text === "" || text.endsWith("\n") ? text : `${text}\n`;
  return code === 0 ? ended : `${ended}[exit ${code}]\n`;
}

for (const page of pages()) {
  Deno.test(needing({
    name: `${page} shows what its commands print`,
    needs: [tool("sh", "-c", "exit 0")],
    size: "ci",
    fn: async () => {
      const fences = fencesOf(Deno.readTextFileSync(ROOT + page));
      for (const { language, line } of fences) {
        assert(LANGUAGES.includes(language), `${page}:${line}: unknown block ${language}`);
      }
      const shown = fences.filter(({ language }) => language === "console").flatMap(shownIn);
      if (shown.length === 0) return;
      const where = readersFolder();
      for (const { command, output, line } of shown) {
        assertStrictEquals(await outputOf(command, where), output, `${page}:${line}: $ ${command}`);
      }
    },
  }));
}

Deno.test("README begins with exactly two commands: a run that is refused, as shown, and the tests", () => {
  const fences = fencesOf(Deno.readTextFileSync(`${ROOT}README.md`));
  const [first] = fences;
  assertStrictEquals(first?.language, "sh");
  const lines = first.text.split("\n");
  assertStrictEquals(lines.length, 2);
  for (const line of lines) assertMatch(line, /^npx -y deno@[0-9.]+ (run|task) /);
  assertMatch(lines[1] ?? "", / task test$/);
  const shown = fences.filter(({ language }) => language === "console").flatMap(shownIn);
  const run = shown.find(({ command }) => command === lines[0]);
  assertMatch(
    run?.output ?? "",
    /error\[DR0901\][^]*\[exit 10\]/,
    "what the first one prints is shown",
  );
});
