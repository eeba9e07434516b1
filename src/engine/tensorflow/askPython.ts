import { execFileSync } from "node:child_process"

/** What python3 answered, or why it did not. */
export type PythonAnswer = { readonly answer: readonly (string | null)[] } | { readonly reason: string }

/** Runs a script in the python3 on the PATH, for ten seconds at most.
 *  @param script prints a list of strings and nulls as JSON in its last line; what a start-up hook of this Python
 *  (sitecustomize) prints before it is skipped */
export const askPython = (script: string, environment: NodeJS.ProcessEnv = process.env): PythonAnswer => {
  try {
    const printed = execFileSync("python3", ["-c", script], {
      env: environment,
      encoding: "utf8",
      timeout: 10_000,
      stdio: ["ignore", "pipe", "ignore"],
    })
    const answer: unknown = JSON.parse(printed.trimEnd().split("\n").at(-1)!)
    if (isAnswer(answer)) return { answer }
  } catch (error) {
    const missing = error instanceof Error && "code" in error && error.code === "ENOENT"
    if (missing) return { reason: "there is no python3 on the PATH" }
    if (!(error instanceof SyntaxError)) return { reason: "python3 could not be asked" }
  }
  return { reason: "python3 printed something else than the answer" }
}

const isAnswer = (value: unknown): value is readonly (string | null)[] =>
  Array.isArray(value) && value.every((item) => item === null || typeof item === "string")
