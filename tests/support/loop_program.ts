/**
 * A program whose log is as long as a test needs it.
 *
 * @module
 */
import type { ArtifactSource } from "../../dvm/dir/model.ts";

/** `main(rounds: i64)`: counts to `rounds`, and emits a text that is not ASCII. One round is two events. */
export const LOOP_PROGRAM: ArtifactSource = {
  name: "loop.dir.json",
  text: JSON.stringify({
    forges: [{
      name: "Loops",
      shapes: [],
      binds: [],
      procs: [{
        regime: "K",
        name: "main",
        params: [{ name: "rounds", ty: "i64" }],
        uses: [],
        ret: "i64",
        qualifiers: [],
        body: [
          { Let: { name: "sum", expr: "0" } },
          {
            While: {
              condition: "sum Lt rounds",
              body: [{ Assign: { target: "sum", expr: "sum Add 1" } }],
            },
          },
          { Effect: { kind: "emit", payload: '"größer 😀 \\n"' } },
          { Effect: { kind: "emit", payload: '"done"' } },
          { Let: { name: "big", expr: "9223372036854775807" } },
          { Return: { expr: "sum" } },
        ],
      }],
    }],
  }),
};
