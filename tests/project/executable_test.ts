/**
 * The executable trusts nothing around it. Every folder that a runtime may look into is hostile, and so is every variable that it may
 * read; from outside, by its system calls, it opens its operands and its store, and executes and connects nothing.
 *
 * docs/sandbox.md has what no program can close, because it happens before any line of it runs: `LD_*`, `TZ`, `ICU_DATA`,
 * and `DENO_UNSTABLE_CRON_SOCK`.
 *
 * @module
 */
import { fromFileUrl, join } from "../../std/path.ts";
import { assert, assertEquals, assertStrictEquals } from "../../std/assert.ts";
import { compile, executableName } from "../../tools/compile.ts";
import { file, needing, strace } from "../support/needs.ts";
import { LINUX_X86, TOOLCHAIN, toolchain } from "../support/toolchain.ts";

const ROOT = fromFileUrl(new URL("../../", import.meta.url));

/** Names that a runtime may look for in a folder of its user: caches, configuration, modules. */
const PLANTED = [
  "deno.json",
  "deno.jsonc",
  "package.json",
  ".npmrc",
  ".env",
  "deno.lock",
  "node_modules",
  "dustrun.js",
  "conformance_worker.js",
  "import_map.json",
  `deno-compile-${executableName("x86_64-unknown-linux-gnu")}.cache`,
];

/** The variables that Deno's runtime base, V8 or the C library may read, with a value that means harm. */
function hostileVariables(base: string): Readonly<Record<string, string>> {
  const folders = [
    "TMPDIR",
    "TMP",
    "TEMP",
    "HOME",
    "DENO_DIR",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
  ];
  const paths = [
    "DENO_CERT",
    "NODE_EXTRA_CA_CERTS",
    "SSL_CERT_FILE",
    "DENO_CONFIG",
    "DENO_KV_PATH",
    "DENO_PERMISSION_BROKER_PATH",
    "DENO_AUDIT_PERMISSIONS",
    "DENO_COVERAGE_DIR",
    "NODE_V8_COVERAGE",
    "NODE_ICU_DATA",
    "NODE_PATH",
    "DENORT_BIN",
    "DENO_INSTALL_ROOT",
    "DENO_WEBGPU_TRACE",
    "NPM_CONFIG_USERCONFIG",
    "LOCPATH",
    "GCONV_PATH",
    "MALLOC_TRACE",
    "HOSTALIASES",
  ];
  const services = ["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "NPM_CONFIG_REGISTRY", "JSR_URL"];
  const at = (names: readonly string[], value: string) => names.map((name) => [name, value]);
  return {
    ...Object.fromEntries(at(folders, base)),
    ...Object.fromEntries(at(paths, `${base}/pipe`)),
    ...Object.fromEntries(at(services, "http://127.0.0.1:9")),
    NODE_OPTIONS: `--inspect --require=${base}/dustrun.js`,
    DENO_V8_FLAGS: "--prof",
    DENO_AUTH_TOKENS: "a@127.0.0.1:9",
    DENO_TLS_CA_STORE: "system",
    DENO_SERVE_ADDRESS: "tcp:127.0.0.1:9",
    DENO_CACHE_LSC_ENDPOINT: "127.0.0.1:9",
    OTEL_DENO: "true",
    OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:9",
    NODE_CHANNEL_FD: "7",
    DENO_COMPAT: "1",
    DENO_UNSTABLE: "1",
    LANG: "xx_XX.UTF-8",
    NO_COLOR: "1",
  };
}

/** Parts of the system, and the executable itself, which is read to find the program in it. */
const SYSTEM =
  /^(?:\/proc\/(?:self\/(?:maps|cgroup|exe)|meminfo|sys\/vm\/overcommit_memory)|\/sys\/(?:fs\/cgroup|devices\/system\/cpu)\/.*|\/dev\/u?random|\/etc\/(?:localtime|ld\.so\.(?:cache|preload))|\/(?:usr\/)?lib\/.*|\/usr\/share\/zoneinfo\/.*)$/;

/** A call that reaches out: another program, a socket to elsewhere. */
const REACHING = /^(?:execve|connect|bind|listen|sendto|sendmsg|memfd_create)\(/;

/** The paths that the executable touched, and its calls that reach out, after its own start. */
function observed(
  trace: string,
  { executable, cwd }: { readonly executable: string; readonly cwd: string },
): { readonly touched: readonly string[]; readonly reaching: readonly string[] } {
  const calls = trace.split("\n").map((line) => line.replace(/^\d+ +/, ""));
  const from = calls.findIndex((call) => call.startsWith(`execve("${executable}"`));
  assert(from >= 0, "the executable was not started");
  const touched = new Set<string>();
  const reaching: string[] = [];
  for (const call of calls.slice(from + 1)) {
    if (REACHING.test(call)) reaching.push(call);
    const [, path] = /^(?!readlink|getcwd)[a-z0-9_]+\((?:AT_FDCWD, )?"([^"]+)"/.exec(call) ?? [];
    if (path !== undefined) touched.add(join(path.startsWith("/") ? "/" : cwd, path));
  }
  return { touched: [...touched], reaching };
}

/** A conformance suite, whose cases are executed in workers. */
const SUITE = join(ROOT, "fixtures/conformance/ctr");

/** Command lines, and what each may touch in the working folder. */
const COMMANDS: readonly (readonly [readonly string[], RegExp])[] = [
  [["hello.dir.json"], /^(?:hello\.dir\.json|dustrun\.jsonc|\.dustrun(?:\/.*)?|)$/],
  [["check", "hello.dir.json"], /^hello\.dir\.json$/],
  [["verify", "@"], /^\.dustrun(?:\/.*)?$/],
  [["audit"], /^(?:\.dustrun(?:\/.*)?|)$/],
  [["--version"], /^$/],
  [["conformance", SUITE, "--jobs", "2", "--quiet"], /^$/],
];

/** Every name a runtime may look for, each a FIFO: whoever opens one waits forever. Inside, the working folder. */
function hostileFolder(): { readonly hostile: string; readonly cwd: string } {
  const hostile = Deno.realPathSync(Deno.makeTempDirSync());
  const pipes = ["pipe", ...PLANTED].map((name) => join(hostile, name));
  assert(new Deno.Command("mkfifo", { args: pipes }).outputSync().success);
  const cwd = join(hostile, "work");
  Deno.mkdirSync(cwd);
  for (const name of PLANTED) Deno.linkSync(join(hostile, name), join(cwd, name));
  Deno.copyFileSync(join(ROOT, "fixtures/tour/hello.dir.json"), join(cwd, "hello.dir.json"));
  return { hostile, cwd };
}

/** Compiles the executable under its shortest name. */
async function compiledIn(folder: string): Promise<string> {
  const { denort, deno } = await toolchain();
  Deno.env.set("DENORT_BIN", denort);
  const compiled = await compile({ target: "x86_64-unknown-linux-gnu", folder, deno });
  assert("path" in compiled, "reason" in compiled ? compiled.reason : "");
  return compiled.path;
}

Deno.test(needing({
  name: "the executable opens its operands and its store, whatever is around it",
  needs: [file(TOOLCHAIN), LINUX_X86, strace()],
  size: "ci",
  async fn() {
    const folder = Deno.realPathSync(Deno.makeTempDirSync());
    const executable = await compiledIn(folder);
    const { hostile, cwd } = hostileFolder();
    const before = namesIn(hostile);
    for (const [words, own] of COMMANDS) {
      const out = join(folder, "trace.txt");
      const { code, stderr } = new Deno.Command("strace", {
        args: [
          ...["-f", "-qq", "-e", "trace=%file,%network,memfd_create", "-o", out],
          ...["timeout", "20", executable, ...words],
        ],
        cwd,
        clearEnv: true,
        env: { ...hostileVariables(hostile), PATH: "/usr/bin:/bin" },
        stdin: "null",
      }).outputSync();
      const told = `${words.join(" ")}: ${new TextDecoder().decode(stderr)}`;
      assertStrictEquals(code, 0, told);
      const { touched, reaching } = observed(Deno.readTextFileSync(out), { executable, cwd });
      const foreign = touched.filter((path) =>
        path !== executable && !SYSTEM.test(path) && !path.startsWith(SUITE) &&
        !(path.startsWith(cwd) && own.test(path.slice(cwd.length + 1))) &&
        !(own.test(".dustrun") && isLookedForAbove(path, cwd))
      );
      assertEquals(foreign, [], told);
      assertEquals(reaching, [], told);
    }
    assertEquals(namesIn(hostile), before);
    for (const used of [folder, hostile]) Deno.removeSync(used, { recursive: true });
  },
}));

/** Whether a path is the manifest or the store in a folder around the working folder, or such a folder, whose owner is asked for. */
function isLookedForAbove(path: string, cwd: string): boolean {
  const folder = path.replace(/\/(?:dustrun\.jsonc|\.dustrun)$/, "");
  return `${cwd}/`.startsWith(folder === "/" ? "/" : `${folder}/`);
}

function namesIn(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}
