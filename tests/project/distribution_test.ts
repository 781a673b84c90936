/**
 * The forms in which dustrun reaches people: plain sources from a URL, one bundled file, a standalone executable. Each must do what
 * `deno run cli.ts` does, byte for byte, with read and write permission and nothing else.
 *
 * @module
 */
import { fromFileUrl, join } from "../../std/path.ts";
import { assert, assertEquals, assertMatch, assertStrictEquals } from "../../std/assert.ts";
import { bundle } from "../support/bundle.ts";
import { compile, executableName, formatOf } from "../../tools/compile.ts";
import { file, needing, tool } from "../support/needs.ts";
import { LINUX_X86, TOOLCHAIN, toolchain } from "../support/toolchain.ts";

const ROOT = fromFileUrl(new URL("../../", import.meta.url));

/** The result of a process. */
interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

async function ended(program: string, args: readonly string[], cwd: string): Promise<Ended> {
  const { code, stdout, stderr } = await new Deno.Command(program, {
    args: [...args],
    cwd,
    env: { NO_COLOR: "1" },
    stdin: "null",
  }).output();
  return {
    code,
    stdout: new TextDecoder().decode(stdout),
    stderr: new TextDecoder().decode(stderr),
  };
}

/** Command lines that reach loading, execution, refusal and every kind of output. */
const COMMAND_LINES: readonly (readonly string[])[] = [
  ["--version"],
  ["--help"],
  ["--simulate", "--emit-trace", "hello.dir.json"],
  ["--simulate", "--trace", "ledger.dir.json", "-e", "transfer", "--arg", "amount=30"],
  ["--simulate", "--json", "ledger.dir.json", "-e", "transfer", "--arg", "amount=130"],
  ["--simulate", "qubit_copied.dir.json", "-e", "copy", "--arg", 'q={"id":7}'],
  ["--simulate", "qubit.dir.json", "-e", "measure", "--arg", 'q={"id":7}'],
  ["--semantics", "host-0.1", "hello.dir.json"],
  ["check", "hello.dir.json", "qubit_copied.dir.json"],
  ["chekc"],
];

/** A folder with the programs of the tour. */
function tourFolder(): string {
  const folder = Deno.makeTempDirSync();
  for (const { name } of Deno.readDirSync(join(ROOT, "fixtures/tour"))) {
    Deno.copyFileSync(join(ROOT, "fixtures/tour", name), join(folder, name));
  }
  return folder;
}

/** What every file below a folder holds, by path. */
function contentsOf(folder: string, prefix = ""): Map<string, string> {
  const contents = new Map<string, string>();
  for (const { name, isDirectory } of Deno.readDirSync(join(folder, prefix))) {
    const path = join(prefix, name);
    if (isDirectory) {
      for (const [inner, text] of contentsOf(folder, path)) contents.set(inner, text);
    } else contents.set(path, Deno.readTextFileSync(join(folder, path)));
  }
  return contents;
}

/** Runs the command lines through one form, in a separate folder: what each printed, and what was left behind. */
async function behaviourOf(program: string, before: readonly string[]) {
  const folder = tourFolder();
  const answers: Ended[] = [];
  for (const words of COMMAND_LINES) {
    answers.push(await ended(program, [...before, ...words], folder));
  }
  // The store's log has random names and times.
  const files = [...contentsOf(folder)].filter(([path]) => path !== ".dustrun/log").sort((
    [a],
    [b],
  ) => (a < b ? -1 : 1));
  Deno.removeSync(folder, { recursive: true });
  return { answers, files };
}

async function expectSameBehaviour(program: string, before: readonly string[]): Promise<void> {
  const expected = await behaviourOf(Deno.execPath(), [
    "run",
    "--no-prompt",
    "-R",
    "-W",
    join(ROOT, "cli.ts"),
  ]);
  const actual = await behaviourOf(program, before);
  for (const [index, words] of COMMAND_LINES.entries()) {
    assertEquals(actual.answers[index], expected.answers[index], words.join(" "));
  }
  assertEquals(actual.files, expected.files);
}

Deno.test(needing({
  name: "the bundle behaves like the sources, and two builds are the same bytes",
  needs: [],
  size: "ci",
  fn: async () => {
    const folder = Deno.makeTempDirSync();
    const [first, second] = [join(folder, "a.js"), join(folder, "b.js")];
    await bundle(first);
    await bundle(second);
    const text = Deno.readTextFileSync(first);
    assertStrictEquals(text, Deno.readTextFileSync(second));
    assert(!text.includes(ROOT), "the bundle names this machine's folders");
    await expectSameBehaviour(Deno.execPath(), [
      "run",
      "--no-prompt",
      "--no-config",
      "-R",
      "-W",
      first,
    ]);
    Deno.removeSync(folder, { recursive: true });
  },
}));

Deno.test(needing({
  name: "the bundle under Node says that it needs Deno, and fails",
  needs: [tool("node")],
  size: "ci",
  fn: async () => {
    const file = join(Deno.makeTempDirSync(), "dustrun.js");
    await bundle(file);
    const ended = await new Deno.Command("node", { args: [file, "--version"] }).output();
    const [told, said] = [ended.stderr, ended.stdout].map((bytes) =>
      new TextDecoder().decode(bytes)
    );
    assertMatch(told ?? "", /^dustrun needs Deno: /);
    assertEquals([ended.code, said], [1, ""]);
    Deno.removeSync(file);
  },
}));

/** Serves files over HTTP on the loopback address, as a release's host would. */
async function withServer(folder: string, use: (base: string) => Promise<void>): Promise<void> {
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      const path = join(folder, decodeURIComponent(new URL(request.url).pathname));
      try {
        const type = path.endsWith(".json")
          ? "application/json"
          : path.endsWith(".ts")
          ? "text/typescript"
          : "text/javascript";
        return new Response(await Deno.readFile(path), { headers: { "content-type": type } });
      } catch {
        return new Response("not found", { status: 404 });
      }
    },
  );
  try {
    await use(`http://127.0.0.1:${server.addr.port}`);
  } finally {
    await server.shutdown();
  }
}

/** Runs a file of the folder from a URL, as its users do: no import map, no permission but to read and write. */
async function expectSameFromUrl(folder: string, file: string): Promise<void> {
  await withServer(folder, async (base) => {
    const host = new URL(base).host;
    await expectSameBehaviour(Deno.execPath(), [
      "run",
      "--quiet",
      "--no-prompt",
      "--no-config",
      `--allow-import=${host}`,
      "-R",
      "-W",
      `${base}/${file}`,
    ]);
  });
}

Deno.test(needing({
  name: "plain sources run from a URL, without an import map on the user's side",
  needs: [],
  size: "ci",
  fn: async () => {
    await expectSameFromUrl(ROOT, "cli.ts");
  },
}));

Deno.test(needing({
  name: "the bundle runs from a URL",
  needs: [],
  size: "ci",
  fn: async () => {
    const folder = Deno.makeTempDirSync();
    await bundle(join(folder, "dustrun.js"));
    await expectSameFromUrl(folder, "dustrun.js");
    Deno.removeSync(folder, { recursive: true });
  },
}));

Deno.test(needing({
  name: "the executable behaves like the sources, and two builds are the same bytes",
  needs: [file(TOOLCHAIN), LINUX_X86],
  size: "ci",
  async fn() {
    const { denort, deno } = await toolchain();
    Deno.env.set("DENORT_BIN", denort);
    const target = "x86_64-unknown-linux-gnu";
    const folder = Deno.makeTempDirSync();
    const compiled = await compile({ target, folder, deno });
    assert("path" in compiled, "reason" in compiled ? compiled.reason : "");
    const again = await compile({ target, folder: join(folder, "again"), deno });
    assert("path" in again);
    assert(equalFiles(compiled.path, again.path), "two builds differ");
    await expectSameBehaviour(compiled.path, []);
    const foreign = await compile({ target: "aarch64-unknown-linux-gnu", folder, deno });
    assertEquals(foreign, { reason: "the runtime base is ELF x86-64, not ELF arm64" });
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), [
      "again",
      executableName(target),
    ]);
    Deno.removeSync(folder, { recursive: true });
  },
}));

function equalFiles(a: string, b: string): boolean {
  return new Deno.Command("cmp", { args: ["-s", a, b] }).outputSync().success;
}

Deno.test(needing({
  name: "the library type-checks under other compiler options than the project's",
  needs: [],
  size: "ci",
  fn: async () => {
    const { code, stderr } = await ended(
      Deno.execPath(),
      ["check", "--quiet", "--no-config", "--no-lock", join(ROOT, "mod.ts"), join(ROOT, "cli.ts")],
      ROOT,
    );
    assertStrictEquals(code, 0, stderr);
  },
}));

Deno.test("formatOf() reads the headers of executables", () => {
  const header = (bytes: readonly (readonly [number, number])[]) => {
    const file = new Uint8Array(128);
    for (const [at, byte] of bytes) file[at] = byte;
    return formatOf(file);
  };
  const elf = [[0, 0x7f], [1, 0x45], [2, 0x4c], [3, 0x46]] as const;
  const macho = [[0, 0xcf], [1, 0xfa], [2, 0xed], [3, 0xfe], [7, 0x01]] as const;
  const pe = [[0, 0x4d], [1, 0x5a], [60, 64], [64, 0x50], [65, 0x45]] as const;
  assertStrictEquals(header([...elf, [18, 0x3e]]), "ELF x86-64");
  assertStrictEquals(header([...elf, [18, 0xb7]]), "ELF arm64");
  assertStrictEquals(header([...macho, [4, 0x0c]]), "Mach-O arm64");
  assertStrictEquals(header([...macho, [4, 0x07]]), "Mach-O x86-64");
  assertStrictEquals(header([...pe, [68, 0x64], [69, 0x86]]), "PE x86-64");
  assertStrictEquals(header([]), "not an executable");
  assertStrictEquals(formatOf(new Uint8Array(3)), "not an executable");
});

Deno.test(needing({
  name: "the package could be published: nothing but a licence is missing",
  needs: [],
  size: "ci",
  async fn() {
    const folder = Deno.makeTempDirSync();
    const config = JSON.parse(Deno.readTextFileSync(join(ROOT, "deno.json")));
    const included: readonly string[] = config.publish.include;
    for (const name of [...included, "deno.json"].filter((each) => each !== "LICENSE")) {
      const { code } = await ended("cp", ["-r", join(ROOT, name), folder], ROOT);
      assertStrictEquals(code, 0, name);
    }
    // Choosing a licence is the owner's; the registry refuses a package without one.
    Deno.writeTextFileSync(join(folder, "LICENSE"), "to be chosen by the owner\n");
    const { code, stderr } = await ended(
      Deno.execPath(),
      ["publish", "--dry-run", "--allow-dirty", "--no-check"],
      folder,
    );
    assertStrictEquals(code, 0, stderr);
    Deno.removeSync(folder, { recursive: true });
  },
}));
