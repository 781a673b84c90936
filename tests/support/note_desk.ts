/**
 * A folder to try the commands about notes in.
 *
 * @module
 */
import { assertEquals } from "../../std/assert.ts";
import { dustrun } from "./memory_io.ts";
import { realizedLog } from "./sample_logs.ts";

/** Files of a folder by name, and a way to run commands on them. */
export interface Desk {
  /** The path of a file. */
  readonly at: (name: string) => string;
  /** Writes a file and returns its path. */
  readonly file: (name: string, content: string | Uint8Array) => string;
  /** Runs a command that must succeed, and returns what it prints. */
  readonly print: (...words: readonly string[]) => Promise<string>;
}

/** A folder with a log of several blocks, a key and a note about the log. */
export async function withDesk(test: (desk: Desk) => Promise<void>): Promise<void> {
  const folder = Deno.makeTempDirSync();
  const at = (name: string) => `${folder}/${name}`;
  const file = (name: string, content: string | Uint8Array) => {
    if (typeof content === "string") Deno.writeTextFileSync(at(name), content);
    else Deno.writeFileSync(at(name), content);
    return at(name);
  };
  const print = async (...words: readonly string[]) => {
    const { exit, stdout, stderr } = await dustrun(...words);
    assertEquals([exit, stderr], [0, ""], words.join(" "));
    return stdout;
  };
  try {
    file("log", realizedLog(600));
    file("vkey", await print("keygen", "example.org/runs", at("key")));
    file("note", await print("checkpoint", at("log"), "--sign", at("key")));
    file("unsigned", await print("checkpoint", at("log"), "--name", "example.org/runs"));
    await test({ at, file, print });
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}
