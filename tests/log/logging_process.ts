/**
 * A process that writes a log and prints the size that is durable. `kill_test.ts` kills it.
 *
 * @module
 */
import { AppendableFile, executeToLog, LogWriter } from "../../mod.ts";
import { LOOP_PROGRAM } from "../support/loop_program.ts";

const [path = "", rounds = ""] = Deno.args;
const file = AppendableFile.create(path);
const writer = new LogWriter(file);
const acknowledge = () => {
  writer.sync();
  console.log(file.size());
};
const input = { args: { rounds: Number(rounds) } };
const observe = ({ seq }: { readonly seq: number }) => seq % 700 === 699 && acknowledge();
executeToLog({ artifacts: [LOOP_PROGRAM], input, observe }, writer);
acknowledge();
console.log("finished");
