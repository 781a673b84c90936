/**
 * The stepper in a real terminal: a pseudo-terminal, which Python opens and types into.
 *
 * @module
 */
import { join } from "../../std/path.ts";
import { assert, assertMatch, assertStrictEquals } from "../../std/assert.ts";
import { dustrun } from "../support/memory_io.ts";
import { loopLog } from "../support/loop_log.ts";
import { needing, tool } from "../support/needs.ts";
import { linesOf, logOfLines } from "../support/recorded_fixtures.ts";
import { Tmux } from "../support/tmux.ts";
import { displayWidth } from "../../cli/text/width.ts";

const ROOT = new URL("../../", import.meta.url).pathname;

/** Windows has no pseudo-terminal that Python opens. */
const PSEUDO_TERMINAL = { what: "a pseudo-terminal", isMissing: () => Deno.build.os === "windows" };

/** Types each word of the second argument when the screen shows the word before it, and prints all that was shown. */
const TYPIST = `
import os, pty, select, struct, fcntl, termios, sys, time
command, script = sys.argv[1].split("\\x1f"), sys.argv[2].split("\\x1f")
pid, fd = pty.fork()
if pid == 0:
    os.execvp(command[0], command)
fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
shown, since, end = b"", 0, time.time() + 30
def until(text):
    global shown, since
    while text.encode() not in shown[since:]:
        if time.time() > end: sys.exit("waited for " + text + " in " + repr(shown[since:]))
        if select.select([fd], [], [], 1)[0]:
            try: part = os.read(fd, 65536)
            except OSError: part = b""
            if not part: sys.exit("ended before " + text + ": " + repr(shown[since:]))
            shown += part
for expected, keys in zip(script[::2], script[1::2]):
    until(expected)
    since = len(shown)
    os.write(fd, keys.encode())
while True:
    try: part = os.read(fd, 65536)
    except OSError: break
    if not part: break
    shown += part
_, status = os.waitpid(pid, 0)
sys.stdout.buffer.write(shown)
sys.exit(os.waitstatus_to_exitcode(status))
`;

/** Closes the terminal under a process that gets no signal about it, and prints how the process ended. */
const CLOSER = `
import os, pty, select, subprocess, sys
ours, theirs = pty.openpty()
process = subprocess.Popen(sys.argv[1:], stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True)
os.close(theirs)
shown = b""
while b"event 0 of " not in shown and select.select([ours], [], [], 30)[0]:
    shown += os.read(ours, 65536)
os.close(ours)
try: print(process.wait(20))
except subprocess.TimeoutExpired:
    process.kill()
    print("still running")
`;

/** The words that start the stepper as a process. */
const stepCommand = (log: string) =>
  [Deno.execPath(), "run", "--no-check", "-R", "-W", join(ROOT, "cli.ts"), "step", log] as const;

/** What the stepper shows for these keys, and its exit code. */
function stepThrough(log: string, script: readonly string[]) {
  const { code, stdout, stderr } = new Deno.Command("python3", {
    args: ["-c", TYPIST, stepCommand(log).join("\u001f"), script.join("\u001f")],
    env: { NO_COLOR: "1", TERM: "xterm" },
  }).outputSync();
  return {
    code,
    shown: new TextDecoder().decode(stdout),
    told: new TextDecoder().decode(stderr),
  };
}

Deno.test(needing({
  name: "dustrun step steps through a log in a terminal and restores the terminal",
  needs: [tool("python3"), PSEUDO_TERMINAL],
  size: "ci",
  fn() {
    const folder = Deno.makeTempDirSync();
    try {
      const log = join(folder, "loop.jsonl");
      Deno.writeFileSync(log, loopLog(30).content());
      const { code, shown, told } = stepThrough(log, [
        "event 0 of ",
        "n",
        "event 1 of ",
        "\u001b[C",
        "event 2 of ",
        "p",
        "event 1 of ",
        "e",
        "0 emit 0 (tick 5)",
        "G",
        "status=returned",
        "g",
        "go to: ",
        "tick:20\r",
        "tick 20, execution",
        "g9999\r",
        "the log ends with event",
        "q",
      ]);
      assertStrictEquals(told, "");
      assertStrictEquals(code, 0);
      assertStrictEquals(
        shown.split("\u001b[?1049h\u001b[?25l").length,
        2,
        "takes the screen once",
      );
      assert(shown.endsWith("\u001b[?25h\u001b[?1049l"), "gives it back");
    } finally {
      Deno.removeSync(folder, { recursive: true });
    }
  },
}));

Deno.test(needing({
  name: "dustrun step refuses a damaged block when it reads it, and restores the terminal",
  needs: [tool("python3"), PSEUDO_TERMINAL],
  size: "ci",
  fn() {
    const folder = Deno.makeTempDirSync();
    try {
      const log = join(folder, "loop.jsonl");
      const lines = linesOf(loopLog(500));
      const hasValue = (line: string) => line.includes('"set":') && line.includes('"Int":');
      const damage = (at: number) => {
        assert(at >= 0);
        const line = (lines[at] ?? "").replace(
          /"Int":([0-9])/,
          (_, digit) => `"Int":${digit === "9" ? 8 : Number(digit) + 1}`,
        );
        Deno.writeFileSync(log, logOfLines(lines.with(at, line)).content());
      };
      damage(0); // an argument in the header, which is the first block
      const atOnce = stepThrough(log, []);
      assertStrictEquals(atOnce.code, 6);
      assertMatch(atOnce.shown, /DR1308/);
      damage(1_100 + lines.slice(1_100).findIndex(hasValue)); // behind the blocks that are read at the beginning
      const later = stepThrough(log, ["event 0 of ", "G"]);
      assertStrictEquals(later.code, 6);
      assert(later.shown.includes("\u001b[?25h\u001b[?1049l"), "restores the terminal");
      assertMatch(later.shown, /DR1308/);
    } finally {
      Deno.removeSync(folder, { recursive: true });
    }
  },
}));

Deno.test(needing({
  name: "dustrun step ends when its terminal is gone, also one without a size",
  needs: [tool("python3"), PSEUDO_TERMINAL],
  size: "ci",
  fn() {
    const log = Deno.makeTempFileSync();
    try {
      Deno.writeFileSync(log, loopLog(3).content());
      const { stdout, stderr } = new Deno.Command("python3", {
        args: ["-c", CLOSER, ...stepCommand(log)],
        env: { NO_COLOR: "1", TERM: "xterm" },
      }).outputSync();
      assertStrictEquals(new TextDecoder().decode(stderr), "");
      assertStrictEquals(new TextDecoder().decode(stdout), "0\n");
    } finally {
      Deno.removeSync(log);
    }
  },
}));

for (const columns of [80, 120]) {
  Deno.test(needing({
    name:
      `dustrun step shows program, changes, breakpoints, search and writers on ${columns} columns`,
    needs: [tool("tmux", "-V")],
    size: "ci",
    fn: async () => {
      const folder = Deno.makeTempDirSync();
      const log = join(folder, "loop.jsonl");
      Deno.writeFileSync(log, loopLog(30).content());
      const terminal = new Tmux(stepCommand(log), { columns, rows: 30 });
      try {
        const first = await terminal.until(/event 0 of \d+\n/);
        assertMatch(first, /n next {2}p back {2}o over/);
        terminal.type("b");
        await terminal.until(/breakpoint at statement N or PROCESS:N .*:\n/);
        terminal.type("main:3", "Enter");
        await terminal.until(/breakpoint set: loop\.dir\.json:5, F::K::main, statement 3\n/);
        terminal.type("r");
        const stopped = await terminal.until(/●> 3 {4}sum = /);
        assertMatch(stopped, /proc K::main\(n: i64\) -> i64/);
        assertMatch(stopped, / {2}sum = 0\n[^]*\* i {3}= 0\n/);
        terminal.type("r", "r");
        await terminal.until(/\* i {3}= 2\n/);
        terminal.type("R");
        await terminal.until(/\* i {3}= 1\n/);
        terminal.type("o");
        await terminal.until(/\* sum = 1\n/);
        terminal.type("n", "n", "w", "i", "Enter");
        await terminal.until(/\ni was set here, by statement 2 in round 3\n/);
        terminal.type("/", "effect=emit value=136", "Enter");
        await terminal.until(/\* 1 emit 136 \(tick \d+\)/);
        terminal.type("?");
        const help = await terminal.until(/any key goes back to the run/);
        assertMatch(help, / {2}r {2}R {8}run to the next breakpoint, back to the previous one\n/);
        terminal.type("n");
        const shown = await terminal.until(/\n> +57 effect[^]*\nn next {2}p back/);
        assertStrictEquals(/ \| /.test(shown), columns === 120, "the panes are side by side");
        for (const line of shown.split("\n")) assert(displayWidth(line) <= columns, line);
        terminal.resize({ columns: columns - 20, rows: 20 });
        const small = await terminal.until(/^[^\n]*(?:\n[^\n]*){18}\nn next {2}p back[^\n]*\n$/);
        for (const line of small.split("\n")) assert(displayWidth(line) <= columns - 20, line);
        terminal.type("u");
        await terminal.until(/status=returned|leave_proc/);
        terminal.type("q");
        await terminal.ended();
      } finally {
        terminal.close();
        Deno.removeSync(folder, { recursive: true });
      }
    },
  }));
}

Deno.test("dustrun step refuses without a terminal, and suggests another command", async () => {
  const { exit, stdout, stderr } = await dustrun("step", "any.jsonl");
  assertStrictEquals(exit, 5);
  assertStrictEquals(stdout, "");
  assertMatch(stderr, /stepping needs a terminal[^]*dustrun state any\.jsonl --at N/);
});
