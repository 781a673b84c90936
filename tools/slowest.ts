/**
 * `deno task slowest`: runs the tests at size `quick`, and lists the ten that took the longest, in seconds.
 *
 * @module
 */

/** How many tests are listed. */
const LISTED = 10;

const report = Deno.makeTempFileSync({ suffix: ".xml" });
const { code } = new Deno.Command(Deno.execPath(), {
  args: ["task", "test", "--quiet", `--junit-path=${report}`],
  stdout: "null",
  stderr: "inherit",
}).outputSync();
const tests = [
  ...Deno.readTextFileSync(report).matchAll(
    /<testcase name="([^"]*)" classname="([^"]*)" time="([0-9.]+)"/g,
  ),
].map(([, name = "", file = "", time]) => ({ name: unescaped(name), file, time: Number(time) }));
Deno.removeSync(report);
for (const { name, file, time } of tests.sort((a, b) => b.time - a.time).slice(0, LISTED)) {
  console.log(`${time.toFixed(1).padStart(6)}  ${file}  ${name}`);
}
Deno.exit(code);

/** The text of an XML attribute. */
function unescaped(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'").replaceAll("&apos;", "'").replaceAll("&amp;", "&");
}
