import { availableParallelism, cpus, freemem, release, totalmem } from "node:os"
import type { Backend, Engine } from "../engine/engine.ts"
import { fallbackWarning, selectEngine, startEngine } from "../engine/select.ts"
import { type SelfCheck, selfCheck } from "../engine/selfCheck.ts"
import { askPython } from "../engine/tensorflow/askPython.ts"
import { failure } from "../failure/failure.ts"
import { losslabVersion } from "../sweep/environment.ts"

interface Examination {
  readonly losslab: string
  readonly machine: Machine
  /** What setup-tensorflow needs; null when missing. */
  readonly python: string | null
  readonly pip: string | null
  readonly engine: Engine & { readonly startSeconds: number }
  readonly selfCheck: SelfCheck
}

/** Says which engine would run here, what was passed over and why, and on what machine; starts the engine and
 *  lets it compute something known.
 *  Throws Failure: environment when the engine asked for cannot start, check when it computes wrong numbers. */
export const doctor = async (options: {
  readonly json: boolean
  readonly backend: Backend
  readonly out: (text: string) => void
}): Promise<void> => {
  const selection = selectEngine(options.backend)
  const start = performance.now()
  const engine = await startEngine(selection)
  const startSeconds = Math.round(performance.now() - start) / 1000
  const examination: Examination = {
    losslab: losslabVersion(),
    machine: describeMachine(),
    ...pythonVersions(),
    engine: { ...engine, startSeconds },
    selfCheck: selfCheck(),
  }
  if (options.json) options.out(JSON.stringify(examination))
  else for (const line of lines(examination, fallbackWarning(selection))) options.out(line)
  const { passed, maxDifference } = examination.selfCheck
  if (passed) return
  throw failure("check", {
    message: `the engine ${engine.name} computes wrong numbers`,
    expected: "a convolution and its gradient, worked by hand, within 1e-4",
    found: `a difference of ${maxDifference}`,
    fix: "use --backend javascript and report this with the output of `losslab doctor --json`",
  })
}

interface Machine {
  readonly node: string
  readonly platform: string
  readonly processor: string
  /** Those that this process may use. */
  readonly cores: number
  readonly memoryGb: number
  readonly freeMemoryGb: number
}

const gigabytes = (bytes: number): number => Math.round(bytes / 1e8) / 10

const describeMachine = (): Machine => ({
  node: process.version,
  platform: `${process.platform} ${process.arch} ${release()}`,
  processor: cpus()[0]?.model.trim() ?? "unknown",
  cores: availableParallelism(),
  memoryGb: gigabytes(totalmem()),
  freeMemoryGb: gigabytes(freemem()),
})

const versionsProbe = `
import importlib.metadata as metadata, json, platform
try: pip = metadata.version("pip")
except metadata.PackageNotFoundError: pip = None
print(json.dumps([platform.python_version(), pip]))
`

const pythonVersions = (): Pick<Examination, "python" | "pip"> => {
  const asked = askPython(versionsProbe)
  const [python = null, pip = null] = "answer" in asked ? asked.answer : []
  return { python, pip }
}

const lines = (found: Examination, warning: string | null): string[] => {
  const { machine, engine } = found
  const rows: readonly (readonly [string, string])[] = [
    ["losslab", found.losslab],
    [
      "engine",
      `${engine.name} (${engine.version}), ${engine.threads} thread${engine.threads === 1 ? "" : "s"}`,
    ],
    ...(engine.library === undefined ? [] : [["library", engine.library] as const]),
    ...engine.passedOver.map(({ name, reason }) => ["passed over", `${name}: ${reason}`] as const),
    ["started in", `${engine.startSeconds} s`],
    [
      "self check",
      `${found.selfCheck.passed ? "passed" : "FAILED"}, largest difference ${found.selfCheck.maxDifference}`,
    ],
    ["node", machine.node],
    ["platform", machine.platform],
    ["processor", `${machine.processor}, ${machine.cores} cores`],
    ["memory", `${machine.memoryGb} GB, ${machine.freeMemoryGb} GB free`],
    ["python", found.python ?? "none (setup-tensorflow needs it)"],
    ["pip", found.pip ?? "none (setup-tensorflow needs it)"],
  ]
  const text = rows.map(([name, value]) => `${name.padEnd(12)} ${value}`)
  return warning === null ? text : [...text, warning]
}
