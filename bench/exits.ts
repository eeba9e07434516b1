import { spawn } from "node:child_process"
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { tmpdir } from "node:os"
import { dirname, join, resolve } from "node:path"
import { createInterface } from "node:readline"
import { setTimeout } from "node:timers/promises"
import { pathToFileURL } from "node:url"
import { prepare } from "../src/commands/prepare.ts"
import { selectEngine } from "../src/engine/selectEngine.ts"
import { rootKey } from "../src/tensor/randomKey.ts"
import { numbers, textTable, words } from "../src/terminal/textTable.ts"
import { type Ending, endings, type Shot } from "./exits/endings.ts"

const main = resolve(import.meta.dirname, "../src/main.ts")
const tsx = pathToFileURL(createRequire(import.meta.url).resolve("tsx")).href

interface Ended {
  readonly ending: Ending
  /** "75", or the name of a signal. */
  readonly found: string
  readonly seconds: number
  readonly stderr: string
}

/** Runs the cell of a plan with TensorFlow, in the current folder, and shoots at it. */
const runCell = async (plan: string, shots: readonly Shot[]): Promise<Omit<Ended, "ending">> => {
  const start = performance.now()
  const child = spawn(process.execPath, ["--import", tsx, main, "cell", "--plan", plan, "--index", "0"], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...selectEngine("tensorflow").environment },
  })
  let stderr = ""
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text
  })
  const seen = new Set<string | undefined>()
  createInterface({ input: child.stdout }).on("line", (line) => {
    // A line may be cut off where the cell was.
    const event = /"event":"(\w+)"/.exec(line)?.[1]
    if (seen.has(event)) return
    seen.add(event)
    for (const shot of shots)
      if (shot.event === event) void setTimeout(shot.after).then(() => child.kill(shot.signal))
  })
  const found = await new Promise<string>((done, failed) => {
    child.once("error", failed)
    child.once("close", (code, signal) => done(signal ?? String(code)))
  })
  return { found, seconds: (performance.now() - start) / 1000, stderr }
}

/** One cell in a folder and with a store of its own. */
const runOne = async (folder: string, ending: Ending, seed: number): Promise<Ended> => {
  const draws = rootKey(seed).draws()
  for (const [file, content] of Object.entries(ending.files(draws))) {
    mkdirSync(dirname(join(folder, file)), { recursive: true })
    writeFileSync(join(folder, file), content)
  }
  process.chdir(folder)
  const { plan } = await prepare({ file: "tiny.yaml", sets: [], backend: "tensorflow", extra: [] })
  writeFileSync("plan.json", JSON.stringify(plan))
  return { ending, ...(await runCell("plan.json", ending.shots(draws))) }
}

const isRight = ({ ending, found }: Ended): boolean => found === String(ending.expected)

const tableOf = (ended: readonly Ended[]): string =>
  textTable(
    [words("ending"), numbers("runs"), numbers("expected"), words("found"), numbers("median s")],
    endings.map((ending) => {
      const own = ended.filter((one) => one.ending === ending)
      const codes = [...new Set(own.map(({ found }) => found))]
      const counts = codes.map((code) => `${code} x ${own.filter(({ found }) => found === code).length}`)
      const seconds = own.map((one) => one.seconds).sort((a, b) => a - b)
      return [
        ending.name,
        String(own.length),
        String(ending.expected),
        counts.join(", "),
        seconds[seconds.length >> 1]?.toFixed(1) ?? "",
      ]
    }),
  )

const countOf = (args: readonly string[]): number => {
  const [option, text = "", ...more] = args
  if (option === undefined) return 200
  if (option !== "--count" || !/^[1-9]\d*$/.test(text) || more.length > 0)
    throw new Error("usage: npm run bench -- exits [--count N]")
  return Number(text)
}

/** Runs tiny cells one after the other that end in turn by success, by failures and by signals at random times, on
 *  TensorFlow's engine, and compares how the processes ended with how they should. Two or three seconds each.
 *  npm run bench -- exits [--count N] */
export const exits = async (args: readonly string[]): Promise<void> => {
  const count = countOf(args)
  const home = process.cwd()
  const root = mkdtempSync(join(tmpdir(), "losslab-exits-"))
  const ended: Ended[] = []
  try {
    for (let i = 0; i < count; i++) {
      const folder = join(root, String(i))
      mkdirSync(folder)
      const one = await runOne(folder, endings[i % endings.length]!, i)
      ended.push(one)
      if (isRight(one)) continue
      const { ending, found, stderr } = one
      process.stdout.write(
        `run ${i}: ${ending.name} ended with ${found}, not ${ending.expected}\n${stderr.slice(-2000)}\n`,
      )
    }
  } finally {
    process.chdir(home)
    rmSync(root, { recursive: true, force: true })
  }
  const right = ended.filter(isRight).length
  process.stdout.write(`${tableOf(ended)}${right} of ${count} runs ended with the right code\n`)
  if (right < count) process.exitCode = 1
}
