/** `npm run mutants -- [FOLDER|FILE] [--sample N] [--seed S] [--jobs N] [--record]`: CONTRIBUTING.md says what for. */
import { readFileSync, rmSync } from "node:fs"
import { join, relative, resolve } from "node:path"
import { parseArgs } from "node:util"
import { draw } from "./draw.ts"
import { changeOf, type Fault } from "./fault.ts"
import { faultsIn } from "./faultsIn.ts"
import { type Hunt, hunt, type Verdict } from "./hunt.ts"
import { readRecord, record, writeRecord } from "./record.ts"
import { roomOf, sourceFiles, testsOfRoom } from "./rooms.ts"
import { makeSandbox, sweepSandboxes } from "./sandbox.ts"
import { type Judge, startJudge } from "./startJudge.ts"
import { touchingTests } from "./touchingTests.ts"

const root = resolve(import.meta.dirname, "../..")

const usage = `npm run mutants -- [FOLDER|FILE]... [--sample N] [--seed S] [--jobs N] [--record]
  plants faults in the files, one at a time, and runs the tests that touch them
  FOLDER|FILE  of src/, "src/metrics" or "metrics"; everything unless given
  --sample N   so many faults of each room; one on every line that has one unless given
  --seed S     decides which (1)
  --jobs N     tests of so many faults side by side (2)
  --record     keep the numbers of the rooms for docs/reference/mutation.md (whole rooms only)`

const whole = (text: string, name: string): number => {
  if (!/^\d+$/.test(text) || Number(text) < 1)
    throw new Error(`--${name} takes a whole number from 1 on, not ${text}\n${usage}`)
  return Number(text)
}

const asked = () => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      sample: { type: "string" },
      seed: { type: "string", default: "1" },
      jobs: { type: "string", default: "2" },
      record: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  })
  const places = positionals.map((place) =>
    relative(join(root, "src"), resolve(root, "src", place.replace(/^src\//, ""))),
  )
  const files = sourceFiles(root).filter(
    (file) =>
      places.length === 0 ||
      places.some((place) => `${file}/`.startsWith(`src/${place}${place === "" ? "" : "/"}`)),
  )
  if (files.length === 0) throw new Error(`no file of src/ is at ${positionals.join(", ")}\n${usage}`)
  return {
    help: values.help,
    files,
    sample: values.sample === undefined ? undefined : whole(values.sample, "sample"),
    seed: whole(values.seed, "seed"),
    jobs: whole(values.jobs, "jobs"),
    record: values.record,
  }
}

const textOf = (file: string): string => readFileSync(join(root, file), "utf8")

const faultsOf = (files: readonly string[], sample: number | undefined, seed: number): readonly Fault[] =>
  draw(
    files.flatMap((file) => faultsIn(file, textOf(file))),
    sample,
    seed,
  )

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

const { help, files, sample, seed, jobs, record: keep } = asked()
if (help) console.log(usage)
else {
  sweepSandboxes()
  const sandboxes: string[] = []
  const judges: Judge[] = []
  const end = (): void => {
    for (const judge of judges) judge.close()
    for (const sandbox of sandboxes) rmSync(sandbox, { recursive: true, force: true })
  }
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(signal, () => {
      end()
      process.exit(130)
    })
  try {
    for (let i = 0; i < jobs; i++) {
      const sandbox = makeSandbox(root)
      sandboxes.push(sandbox)
      judges.push(startJudge(root, sandbox))
    }
    for (const room of new Set(files.map(roomOf))) {
      const inRoom = files.filter((file) => roomOf(file) === room)
      const testsOf = touchingTests(root, testsOfRoom(room))
      const faults = faultsOf(inRoom, sample, seed)
      const found = await hunt(judges, faults, (file) => testsOf(file).map(({ test }) => test), tell)
      console.log(summary(room, found))
      if (keep) writeRecord(root, record(readRecord(root), { room, seed, hunt: found, textOf }))
    }
  } finally {
    end()
  }
}
