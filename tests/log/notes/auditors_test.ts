/**
 * The auditors' verifier reads what the commands write, and its exit codes are theirs.
 *
 * @module
 */
import { assertEquals, assertStrictEquals } from "../../../std/assert.ts";
import { dustrun } from "../../support/memory_io.ts";
import { needing } from "../../support/needs.ts";
import { withDesk } from "../../support/note_desk.ts";
import { PYTHON, SCRIPT } from "../second_verifier/judges.ts";

Deno.test(needing({
  name:
    "the auditors' verifier takes the notes and proofs of the commands, and no changed ones, with the same exit codes",
  needs: [PYTHON],
  size: "ci",
  async fn() {
    await withDesk(async ({ at, file, print }) => {
      const [vkey, other] = [
        Deno.readTextFileSync(at("vkey")).trim(),
        (await print("keygen", "example.org/runs", at("other_key"))).trim(),
      ];
      const note = Deno.readTextFileSync(at("note"));
      const proof = await print("prove", at("log"), "--event", "5", "--note", at("note"));
      const text = Deno.readTextFileSync(at("log"));
      const logs = [text, text.slice(0, -5), text.replace('"Int":5', '"Int":6'), ""];
      const notes = [note, Deno.readTextFileSync(at("unsigned")), "hello\n"];
      const changes = (signed: string) =>
        ["\n4\n", "/run/0", "\n\n", " "].map((part) =>
          signed.replace(part, part.replace(/.?$/, "1"))
        );
      const compare = async (ours: readonly string[], theirs: readonly string[]) => {
        const { code } = new Deno.Command("python3", { args: [SCRIPT, ...theirs] }).outputSync();
        assertStrictEquals(code, (await dustrun(...ours)).exit, ours.join(" "));
        return code;
      };
      const met = new Set<number>();
      for (const [index, log] of logs.entries()) {
        for (const [at, against] of [...notes, ...changes(note)].entries()) {
          for (const key of against === note ? [vkey, other, "a+00000000+AAAA"] : [vkey]) {
            const words = [file(`log${index}`, log), "--against", file(`note${at}`, against)];
            met.add(await compare(["verify", ...words, "--key", key], [...words, "--key", key]));
          }
        }
      }
      assertEquals([...met].sort(), [0, 5, 6, 7]);
      for (const [index, proven] of [proof, ...changes(proof)].entries()) {
        const path = file(`proof${index}`, proven);
        for (const key of [vkey, other]) {
          const code = await compare(
            ["verify-proof", path, "--key", key],
            ["--proof", path, "--key", key],
          );
          assertStrictEquals(code, index === 0 && key === vkey ? 0 : 6);
        }
      }
    });
  },
}));
