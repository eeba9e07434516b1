#!/usr/bin/env node
import "./system/refuseInspector.ts"

import { Console } from "node:console"
import { CommanderError } from "commander"
import { program } from "./commands/program.ts"
import { tellFailure } from "./commands/tellFailure.ts"
import { tellUnforeseenEnds } from "./commands/unforeseenEnds.ts"
import { usageFailure } from "./commands/usageFailure.ts"
import { exitCode } from "./failure/exitCode.ts"
import { renderProblems } from "./failure/renderProblem.ts"
import { toFailure } from "./failure/toFailure.ts"

// A reader that has enough (`| head`) or is gone must not end a run; a full disk must not pass for success.
for (const stream of [process.stdout, process.stderr])
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") return
    process.stderr.write(`${renderProblems(toFailure(error).problems)}\n`)
    process.exit(exitCode.environment)
  })

// What a user's module logs goes to stderr: stdout belongs to what is asked for, one object with --json, and to the
// events that `cell` writes for its parent.
globalThis.console = new Console(process.stderr)

// Node takes its signal handlers away while it tears itself down, for a tenth of a second with TensorFlow loaded: a
// signal would then decide the exit code of a command that has ended. process.exit leaves them in place to the end.
process.on("exit", () => process.exit())

/** The verb that is given, if there is such a one. */
const verb = program.commands.map((command) => command.name()).find((name) => name === process.argv[2])

const hasEnded = tellUnforeseenEnds()
try {
  await program.parseAsync()
} catch (error) {
  const failed = error instanceof CommanderError ? usageFailure(error, verb) : toFailure(error)
  if (failed !== null) tellFailure(failed)
}
hasEnded()
