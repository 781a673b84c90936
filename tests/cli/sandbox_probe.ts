/**
 * Runs one command line with the documented permissions, and when the command drops them tries everything that
 * an artifact could want: files, folders, sockets, processes, the environment, the system, foreign code. Prints what was not
 * refused, one line each, and `dropped PERMISSIONS` for each time they were dropped.
 *
 * @module
 */
import { main } from "../../cli.ts";
import { hostIo, type Io } from "../../cli/host/io.ts";
import { shownLines } from "../../cli/text/shown.ts";

const io = hostIo();
const notes: string[] = [];

/** Everything that needs a permission. */
const PROBES: { readonly [name: string]: () => unknown } = {
  "read a file": () => Deno.readTextFileSync("hello.dir.json"),
  "read through /proc": () => Deno.readTextFileSync("/proc/self/environ"),
  "list a folder": () => [...Deno.readDirSync(".")],
  "look at a file": () => Deno.statSync("hello.dir.json"),
  "write a file": () => Deno.writeTextFileSync("probe.txt", "x"),
  "make a folder": () => Deno.mkdirSync("probe"),
  "remove a file": () => Deno.removeSync("hello.dir.json"),
  "rename a file": () => Deno.renameSync("hello.dir.json", "gone.dir.json"),
  "link a file": () => Deno.symlinkSync("hello.dir.json", "link.dir.json"),
  "make a temporary file": () => Deno.makeTempFileSync(),
  "run a process": () => new Deno.Command("true").outputSync(),
  "read the environment": () => Deno.env.get("HOME"),
  "name the host": () => Deno.hostname(),
  "list network interfaces": () => Deno.networkInterfaces(),
  "listen on a socket": () => Deno.listen({ hostname: "127.0.0.1", port: 0 }).close(),
  "open a library": () => Deno.dlopen("libc.so.6", {}),
};

function probe(): void {
  for (const [name, attempt] of Object.entries(PROBES)) {
    try {
      attempt();
      notes.push(`not refused: ${name}`);
    } catch (cause) {
      if (!(cause instanceof Deno.errors.NotCapable)) notes.push(`not refused: ${name}: ${cause}`);
    }
  }
}

const probing: Io = {
  ...io,
  drop: (...permissions) => {
    io.drop(...permissions);
    notes.push(`dropped ${permissions.join(" ")}`);
    if (permissions.includes("read") && permissions.includes("write")) probe();
  },
};
const exit = await main(Deno.args, probing);
io.stderr(shownLines(["", ...notes.map((note) => `probe: ${note}`), `probe: exit ${exit}`]));
Deno.exit(0); // a listener for signals would keep this process
