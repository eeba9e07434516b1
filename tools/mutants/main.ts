/** `npm run mutants`: CONTRIBUTING.md says what for, --help how. */
import { readFileSync, rmSync } from "node:fs"
import { join, resolve } from "node:path"
import { type Asked, askedFor, UsageError, usage } from "./asked.ts"
import { draw } from "./draw.ts"
import { changeOf, type Fault } from "./fault.ts"
import { faultsIn } from "./faultsIn.ts"
import { type Hunt, hunt, type Verdict } from "./hunt.ts"
import { readRecord, record, writeRecord } from "./record.ts"
import { roomOf, sourceFiles, testsOfRoom } from "./rooms.ts"
import { makeSandbox, sweepSandboxes, temporaryOf } from "./sandbox.ts"
import { type Judge, startJudge } from "./startJudge.ts"
import { touchingTests } from "./touchingTests.ts"

const root = resolve(import.meta.dirname, "../..")

const survivorLine = ({ file, line, ...change }: Fault): string => `${file}:${line}  ${changeOf(change)}`

/** One line a room: what was planted, noticed, and endless among the noticed. */
const summary = (room: string, { verdicts, seconds }: Hunt): string => {
  const noticed = verdicts.filter(({ noticedBy }) => noticedBy !== null).length
  const endless = verdicts.filter(({ noticedBy }) => noticedBy === "endless").length
  return `${room}: ${verdicts.length} planted, ${noticed} noticed${endless > 0 ? ` (${endless} endless)` : ""}, in ${seconds.toFixed(0)} s`
}

const tell = ({ fault, noticedBy }: Verdict): void => {
  if (noticedBy === null) console.log(`  not noticed: ${survivorLine(fault)}`)
}

const run = async ({ files, sample, seed, jobs, record: keep }: Asked): Promise<void> => {
  sweepSandboxes()
  const sandboxes: string[] = []
  const judges: Judge[] = []
  const sandbox = (): string => {
    const folder = makeSandbox(root)
    sandboxes.push(folder)
    return folder
  }
  const end = (): void => {
    for (const judge of judges) judge.close()
    for (const folder of sandboxes.flatMap((one) => [one, temporaryOf(one)]))
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(signal, () => {
      end()
      process.exit(130)
    })
  try {
    // No fault is planted here: the checkout may change meanwhile.
    const right = sandbox()
    const textOf = (file: string): string => readFileSync(join(right, file), "utf8")
    for (let i = 0; i < jobs; i++) judges.push(startJudge(right, sandbox()))
    for (const room of new Set(files.map(roomOf))) {
      const testsOf = touchingTests(right, testsOfRoom(room))
      const faults = draw(
        files.filter((file) => roomOf(file) === room).flatMap((file) => faultsIn(file, textOf(file))),
        sample,
        seed,
      )
      const found = await hunt(judges, faults, (file) => testsOf(file).map(({ test }) => test), tell)
      console.log(summary(room, found))
      if (keep) await writeRecord(root, record(readRecord(root), { room, seed, hunt: found, textOf }))
    }
  } finally {
    end()
  }
}

try {
  const asked = askedFor(process.argv.slice(2), sourceFiles(root))
  if (asked === null) console.log(usage)
  else await run(asked)
} catch (error) {
  if (!(error instanceof UsageError)) throw error
  console.error(`${error.message}\n${usage}`)
  process.exitCode = 2
}
