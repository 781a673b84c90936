import { assert, assertEquals, assertMatch, assertStrictEquals } from "../../std/assert.ts";
import { dustrun } from "../../tests/support/memory_io.ts";
import { needing } from "../../tests/support/needs.ts";
import { phi } from "../../tests/support/program.ts";

const FIXTURES = new URL("../../fixtures/", import.meta.url).pathname;
const SCHEDULE = `${FIXTURES}tour/schedule.dir.json`;

function solve(...words: readonly string[]) {
  return dustrun("solve", SCHEDULE, "-e", "schedule", ...words);
}

Deno.test("solve answers each question in the notation of the language, as a table, and in JSON", async () => {
  const cases: readonly (readonly [readonly string[], number, RegExp])[] = [
    [[], 0, /^shift: Shift\{start: 8, hours: 7\}, latest: 15\n$/],
    [
      ["--arg", "latest=16", "--all", "2", "--table"],
      0,
      /^shift.start {2}shift.hours {2}latest\n8 +7 +16\n8 +8 +16\n$/,
    ],
    [
      ["--arg", "latest=20", "--greatest", "shift.hours"],
      0,
      /^shift.hours = 12, the greatest value\nshift: Shift\{start: 8, hours: 12\}, latest: 20\n$/,
    ],
    [
      ["--least", "latest", "--table"],
      0,
      /^latest = 15, the least value\nshift.start {2}shift.hours {2}latest\n8 +7 +15\n$/,
    ],
    [["--arg", "latest=14", "--least", "latest"], 10, /^no configuration exists in which/],
    [["--max-work", "1", "--least", "latest"], 14, /^undecided whether a configuration exists/],
    [
      ["--arg", "latest=14", "--conflicts", "2"],
      10,
      /^conflict 1: .*\n {2}constrain shift.start Ge 8\n[^]*\n1 conflict; there are no more\n$/,
    ],
    [["--conflicts", "2"], 0, /^no conflict: a configuration exists\n$/],
    [["--max-work", "1", "--conflicts", "2"], 14, /^0 conflicts; undecided whether/],
    [
      ["--arg", "latest=14", "--relax"],
      10,
      /^1 statement to drop, and fewer do not suffice:\n {2}constrain shift.start Ge 8\n {4}schedule\.dir\.json:26, Plan::Φ::schedule, statement 1\nthe first configuration without:\n {2}shift: Shift\{start: 0, hours: 7\}, latest: 14\n$/,
    ],
    [["--relax"], 0, /^nothing to drop: a configuration exists\n/],
    [["--max-work", "1", "--relax"], 14, /^undecided which are the fewest/],
  ];
  for (const [words, exit, expected] of cases) {
    const answer = await solve(...words);
    assertMatch(answer.stdout, expected, words.join(" "));
    assertStrictEquals(answer.exit, exit, words.join(" "));
    const json = await solve(...words.filter((word) => word !== "--table"), "--json");
    assertEquals([json.exit, json.stderr], [exit, ""], words.join(" "));
    for (const line of json.stdout.trimEnd().split("\n")) JSON.parse(line);
  }
  const last = JSON.parse((await solve("--least", "latest", "--json")).stdout);
  assertEquals([last.value, last.bound, last.isFirst], [15, 15, true]);
});

Deno.test("solve --relax says whether the configuration that it shows is the first", async () => {
  const folder = Deno.makeTempDirSync();
  const claims = ["x Gt y", "y Gt x", "3 Mul x Add 5 Mul y Eq 1000", "x Le 100"];
  Deno.writeTextFileSync(`${folder}/p.json`, phi("x: u16, y: u16", claims));
  const relaxed = async (max_configuration_work: number, ...words: readonly string[]) => {
    const limits = { max_work: 100_000, max_configuration_work };
    Deno.writeTextFileSync(`${folder}/env.json`, JSON.stringify({ limits }));
    const options = ["--env", `${folder}/env.json`, "--relax", ...words];
    return (await dustrun("solve", `${folder}/p.json`, ...options)).stdout;
  };
  assertMatch(await relaxed(100_000), /\nthe first configuration without:\n {2}x: 0, y: 200\n$/);
  assertMatch(await relaxed(1), /\na configuration without; which is the first is not known:\n/);
  assertStrictEquals(JSON.parse(await relaxed(100_000, "--json")).isFirst, true);
  assertStrictEquals(JSON.parse(await relaxed(1, "--json")).isFirst, false);
  Deno.removeSync(folder, { recursive: true });
});

Deno.test("solve refuses several questions at once, and what is no objective or no Φ process", async () => {
  const refused: readonly (readonly [readonly string[], RegExp])[] = [
    [["--least", "latest", "--relax"], /DR1303.*--relax and --least are different questions/],
    [["--relax", "--table"], /DR1303.*--table and --relax/],
    [["--semantics", "host-0.1"], /DR1303.*the upstream executor/],
    [["--least", "nope"], /DR1303.*nope: unknown name nope[^]*integer expression/],
    [["--least", "latest Lt 3"], /DR1303.*latest Lt 3: /],
    [["--least", "latest Add"], /DR1303.*latest Add: /],
    [["--arg", "absent=1"], /absent/],
  ];
  for (const [words, expected] of refused) {
    const answer = await solve(...words);
    assertMatch(answer.stderr, expected, words.join(" "));
    assertEquals([answer.exit, answer.stdout], [5, ""], words.join(" "));
  }
  for (const question of [[], ["--all", "2"], ["--relax"], ["--least", "latest"]]) {
    const unnamed = await dustrun("solve", SCHEDULE, ...question);
    assertMatch(
      unnamed.stderr,
      /DR1303.*: main names no Φ process\n {2}--> --entry\n {2}help: choose one of Plan::Φ::schedule\n/,
    );
    assertStrictEquals(unnamed.exit, 5);
  }
  const second = `${Deno.makeTempDirSync()}/s.dir.json`;
  Deno.writeTextFileSync(second, Deno.readTextFileSync(SCHEDULE).replace('"Plan"', '"Two"'));
  const several = await solve("--link", second);
  assertMatch(
    several.stderr,
    /: schedule names several Φ processes\n {2}--> --entry\n {2}help: choose one of Plan::Φ::schedule, Two::Φ::schedule\n/,
  );
  const other = await dustrun("solve", `${FIXTURES}tour/hello.dir.json`);
  assertMatch(other.stderr, /DR1312.*has no configurations/);
  assertStrictEquals(other.exit, 15);
});

Deno.test(needing({
  name: "solve prints the best answer so far when it is interrupted",
  needs: [],
  size: "ci",
  fn: async () => {
    const folder = Deno.makeTempDirSync();
    const names = Array.from({ length: 60 }, (_, index) => `x${index}`);
    const weighted = (by: number) =>
      names.map((name, i) => `${(i * 7919 + by * 104729) % 9973 + 1000} Mul ${name}`);
    const limits = [3, 5, 8].map((by) => `${weighted(by).join(" Add ")} Le 1000000`);
    const params = names.map((name) => `${name}: u8`).join(", ");
    Deno.writeTextFileSync(`${folder}/p.json`, phi(params, limits));
    const command = new Deno.Command(Deno.execPath(), {
      args: [
        ...["run", "-R", "-W", new URL("../../cli.ts", import.meta.url).pathname],
        ...["solve", "p.json", "--max-work", "2000000000"],
        ...["--greatest", weighted(13).join(" Add ")],
      ],
      cwd: folder,
      stdout: "piped",
      stderr: "null",
    });
    /** The exit code and the answer of a process that is interrupted after so many seconds. */
    const interrupted = async (seconds: number) => {
      const child = command.spawn();
      await new Promise((resolve) => setTimeout(resolve, 1_000 * seconds));
      child.kill("SIGINT");
      const { code, stdout } = await child.output();
      return { code, stdout: new TextDecoder().decode(stdout) };
    };
    // A busy machine takes longer to start, and to find the first configuration.
    let answer = await interrupted(6);
    for (const seconds of [15, 40]) {
      if (!answer.stdout.includes("the best found")) answer = await interrupted(seconds);
    }
    Deno.removeSync(folder, { recursive: true });
    assertStrictEquals(answer.code, 14, answer.stdout);
    assertMatch(answer.stdout, / = \d+, the best found; none is above \d+\nx0: /);
    assert(answer.stdout.length > 500);
  },
}));
