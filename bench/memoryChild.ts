// What bench/memory.ts measures: a process with everything that a cell's has loaded, which takes training steps.
import "../src/commands/cell.ts"
import { readFileSync } from "node:fs"
import { selectEngine } from "../src/engine/selectEngine.ts"
import { startEngine } from "../src/engine/startEngine.ts"
import type { UnetCase } from "./unetCases.ts"
import { unetSide } from "./unetSide.ts"

/** What the child is asked for, as JSON in its only argument. */
export interface MemoryTask extends UnetCase {
  readonly steps: number
  /** The resident size is read after each so many steps. */
  readonly every: number
}

export interface Memory {
  readonly peakMb: number
  readonly curve: readonly (readonly [step: number, residentMb: number])[]
}

/** A line of Linux's account of this process, in MB. */
const megabytes = (name: "VmHWM" | "VmRSS"): number =>
  Number(new RegExp(`^${name}:\\s+(\\d+) kB$`, "m").exec(readFileSync("/proc/self/status", "utf8"))![1]) /
  1024

const { steps, every, ...one } = JSON.parse(process.argv[2]!) as MemoryTask
await startEngine(selectEngine("tensorflow"))
const side = unetSide(one, "sgd")
const curve: [number, number][] = []
for (let step = 1; step <= steps; step++) {
  side.step()
  if (step % every === 0) curve.push([step, megabytes("VmRSS")])
  await new Promise(setImmediate) // as training does: what is dropped can be collected
}
process.stdout.write(`${JSON.stringify({ peakMb: megabytes("VmHWM"), curve } satisfies Memory)}\n`)
