import { exitCode } from "../failure/exitCode.ts"
import type { Failure } from "../failure/failure.ts"
import { problemsJson, renderProblems } from "../failure/renderProblem.ts"

/** Writes to stderr why the command fails, for programs when --json is given, and chooses its exit code. */
export const tellFailure = (failed: Failure): void => {
  const json = process.argv.includes("--json")
  process.stderr.write(`${json ? problemsJson(failed.problems) : renderProblems(failed.problems)}\n`)
  if (failed.kind === "bug" && process.env.LOSSLAB_STACK !== undefined)
    process.stderr.write(`${(failed.cause instanceof Error ? failed.cause : failed).stack}\n`)
  process.exitCode = exitCode[failed.kind]
}
