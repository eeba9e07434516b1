import { availableParallelism, cpus, freemem, release, totalmem } from "node:os"
import type { Backend, Engine } from "../engine/engine.ts"
import { fallbackWarning, selectEngine } from "../engine/selectEngine.ts"
import { type SelfCheck, selfCheck } from "../engine/selfCheck.ts"
import { startEngine } from "../engine/startEngine.ts"
import { askPython } from "../engine/tensorflow/askPython.ts"
import { findLibrary } from "../engine/tensorflow/library.ts"
import { type Failure, failure } from "../failure/failure.ts"
import { toFailure } from "../failure/toFailure.ts"
import { losslabVersion } from "../sweep/environment.ts"
import type { ComparedStep } from "./doctor/stepComparisons.ts"
import { stepsText } from "./doctor/stepsText.ts"

interface Examination {
  readonly losslab: string
  readonly machine: Machine
  /** What setup-tensorflow needs; null when missing. */
  readonly python: string | null
  readonly pip: string | null
  readonly engine: StartedEngine | NoEngine
  /** Null without an engine. */
  readonly selfCheck: SelfCheck | null
  /** Of every model, loss and optimizer of the catalogue; null unless asked for, and where nothing is compiled. */
  readonly steps: readonly ComparedStep[] | null
}

type StartedEngine = Engine & { readonly startSeconds: number }

interface NoEngine extends Pick<Engine, "passedOver"> {
  readonly name: "none"
  readonly reason: string
}

/** Says which engine would run here, what was passed over and why, and on what machine; starts the engine and
 *  lets it compute something known.
 *  Throws Failure, after it has said all this: environment when the engine asked for cannot start, check when it
 *  computes wrong numbers, or other ones in compiled steps. */
export const doctor = async (options: {
  readonly json: boolean
  readonly backend: Backend
  /** Compares compiled training steps, too: some ten seconds. */
  readonly engine?: boolean
  readonly out: (text: string) => void
}): Promise<void> => {
  const { engine, selfCheck, warning, failed } = await tryEngine(options.backend)
  const compares = options.engine === true && engine.name !== "none"
  const { steps, differ } = compares && engine.name === "tensorflow" ? await comparedSteps() : noSteps
  const examination: Examination = {
    losslab: losslabVersion(),
    machine: describeMachine(),
    ...pythonVersions(),
    engine,
    selfCheck,
    steps,
  }
  if (options.json) options.out(JSON.stringify(examination))
  else {
    for (const line of lines(examination, warning)) options.out(line)
    if (compares) options.out(`\n${steps === null ? nothingCompiled : stepsText(steps).trimEnd()}`)
  }
  const wrong = failed ?? differ
  if (wrong !== null) throw wrong
}

interface Compared extends Pick<Examination, "steps"> {
  readonly differ: Failure | null
}

const noSteps: Compared = { steps: null, differ: null }

/** Loads the whole catalogue, which nothing else here needs. */
const comparedSteps = async (): Promise<Compared> => {
  const { stepComparisons, stepsDiffer } = await import("./doctor/stepComparisons.ts")
  const steps = await stepComparisons()
  return { steps, differ: stepsDiffer(steps) }
}

const nothingCompiled = "nothing is compiled on this engine, so there are no compiled steps to compare"

interface Tried extends Pick<Examination, "engine" | "selfCheck"> {
  readonly warning: string | null
  readonly failed: Failure | null
}

const tryEngine = async (backend: Backend): Promise<Tried> => {
  try {
    const selection = selectEngine(backend)
    const start = performance.now()
    const engine = await startEngine(selection)
    const startSeconds = Math.round(performance.now() - start) / 1000
    const checked = selfCheck()
    return {
      engine: { ...engine, startSeconds },
      selfCheck: checked,
      warning: fallbackWarning(selection),
      failed: checked.passed ? null : wrongNumbers(engine, checked),
    }
  } catch (error) {
    const failed = toFailure(error)
    const { passedOver } = findLibrary()
    return {
      engine: { name: "none", reason: failed.message, passedOver },
      selfCheck: null,
      warning: null,
      failed,
    }
  }
}

export const wrongNumbers = (
  { name }: Pick<Engine, "name">,
  { maxDifference }: Pick<SelfCheck, "maxDifference">,
): Failure =>
  failure("check", {
    message: `the engine ${name} computes wrong numbers`,
    expected: "a convolution and its gradient, worked by hand, within 1e-4",
    found: `a difference of ${maxDifference}`,
    fix: "use --backend javascript and report this with the output of `losslab doctor --json`",
  })

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

type Row = readonly [name: string, value: string]

const engineRows = (engine: Examination["engine"]): readonly Row[] => {
  const passedOver = engine.passedOver.map(({ name, reason }): Row => ["passed over", `${name}: ${reason}`])
  if (engine.name === "none") return [["engine", `none: ${engine.reason}`], ...passedOver]
  const { name, version, threads, library, startSeconds } = engine
  return [
    ["engine", `${name} (${version}), ${threads} thread${threads === 1 ? "" : "s"}`],
    ...(library === undefined ? [] : [["library", library] as const]),
    ...passedOver,
    ["started in", `${startSeconds} s`],
  ]
}

const selfCheckRows = (found: SelfCheck | null): readonly Row[] =>
  found === null
    ? []
    : [["self check", `${found.passed ? "passed" : "FAILED"}, largest difference ${found.maxDifference}`]]

const lines = (found: Examination, warning: string | null): string[] => {
  const { machine } = found
  const rows: readonly Row[] = [
    ["losslab", found.losslab],
    ...engineRows(found.engine),
    ...selfCheckRows(found.selfCheck),
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
