/** A process that holds vitest ready in a sandbox, plants what it is sent, and says what the tests say. */
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { performance } from "node:perf_hooks"
import type { Reporter } from "vitest/node"
import { createVitest } from "vitest/node"
import { type Fault, planted } from "./fault.ts"

export interface Question {
  /** Null asks the tests of the right code. */
  readonly fault: Fault | null
  /** From the repository's root, in the order in which they are run, until one fails. */
  readonly tests: readonly string[]
}

export interface Answer {
  /** The first test file that fails, or null. */
  readonly noticedBy: string | null
  readonly milliseconds: number
}

const root = process.cwd()
const silent: Reporter = {}

const vitest = await createVitest("test", {
  root,
  watch: false,
  bail: 1,
  reporters: [silent],
  testTimeout: 60_000,
  maxWorkers: 1,
})
await vitest.standalone()

const fails = async (test: string): Promise<boolean> => {
  const file = join(root, test)
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications([
    vitest.getRootProject().createSpecification(file),
  ])
  const asked = testModules.filter(({ moduleId }) => moduleId === file)
  return (
    unhandledErrors.length > 0 || asked.length === 0 || asked.some((module) => module.state() === "failed")
  )
}

const firstFailing = async (tests: readonly string[]): Promise<string | null> => {
  for (const test of tests) if (await fails(test)) return test
  return null
}

const answer = async ({ fault, tests }: Question): Promise<Answer> => {
  const start = performance.now()
  const tell = (noticedBy: string | null): Answer => ({ noticedBy, milliseconds: performance.now() - start })
  if (fault === null) return tell(await firstFailing(tests))
  const file = join(root, fault.file)
  const right = readFileSync(file, "utf8")
  const write = (text: string): void => {
    writeFileSync(file, text)
    vitest.invalidateFile(file)
  }
  try {
    write(planted(right, fault))
    return tell(await firstFailing(tests))
  } finally {
    write(right)
  }
}

process.on("message", (question: Question) => void answer(question).then((found) => process.send!(found)))
// The hunt was killed: this process, its tests, and what they started are one group, and end together.
process.on("disconnect", () => process.kill(-process.pid, "SIGKILL"))
process.send!("ready")
