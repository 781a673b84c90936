/**
 * A process that writes a log and says what it was told to be durable. `log_kill_test.ts` kills it.
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
