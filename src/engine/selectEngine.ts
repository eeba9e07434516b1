import { statSync } from "node:fs"
import { createRequire } from "node:module"
import { availableParallelism } from "node:os"
import { failure } from "../failure/failure.ts"
import type { Backend, Engine } from "./engine.ts"
import {
  findLibrary,
  type Library,
  libraryFiles,
  type PassedOver,
  unmetRequest,
} from "./tensorflow/library.ts"
import { mixedPrecisionEnvironment } from "./tensorflow/mixedPrecision.ts"

/** Which engine a child process will start, as plain data; made without loading any. */
export interface Selection {
  readonly name: Engine["name"]
  readonly library?: Library
  readonly passedOver: readonly PassedOver[]
  /** To be set for the child before it starts: TensorFlow and the allocator read these while they load. */
  readonly environment: Readonly<Record<string, string>>
  readonly threads: number
  /** What the numbers depend on, for keys: "tensorflow 2.21.0, 2 threads". */
  readonly identity: string
}

const tensorflowEnvironment = {
  // Errors only: the rest is start-up chatter on stderr.
  TF_CPP_MIN_LOG_LEVEL: "2",
  // A GPU build, found through Python, must not take the whole card nor change the numbers: CPU only.
  CUDA_VISIBLE_DEVICES: "-1",
  // One arena of glibc's allocator: several fragment, and the process grows from step to step.
  MALLOC_ARENA_MAX: "1",
  ...mixedPrecisionEnvironment,
}

/** Chooses the engine. "auto" takes TensorFlow where its library is found and JavaScript otherwise.
 *  Throws Failure("environment") when "tensorflow" is asked for and not available, naming what was tried. */
export const selectEngine = (backend: Backend, environment: NodeJS.ProcessEnv = process.env): Selection => {
  const javascript = (passedOver: readonly PassedOver[]): Selection => ({
    name: "javascript",
    passedOver,
    environment: {},
    threads: 1,
    identity: `javascript ${tfjsVersion()}`,
  })
  if (backend === "javascript") return javascript([])
  const { library, passedOver } = findLibrary(environment)
  if (library !== undefined) {
    const threads = availableParallelism()
    return {
      name: "tensorflow",
      library,
      passedOver,
      environment: tensorflowEnvironment,
      threads,
      identity: `tensorflow ${libraryVersion(library)}, ${threads} threads`,
    }
  }
  if (backend === "auto") return javascript(passedOver)
  throw failure("environment", {
    message: "the engine tensorflow is not available",
    found: tried(passedOver),
    fix: "run `npm run setup`, or use --backend javascript (slow)",
  })
}

const tfjsVersion = (): string => createRequire(import.meta.url)("@tensorflow/tfjs/package.json").version

/** A library in a folder of the user's own says its version only once loaded; its size tells builds apart. */
const libraryVersion = ({ folder, version }: Library): string =>
  version ?? `of ${statSync(libraryFiles(folder).main).size} bytes`

/** One line for people when the slow engine does the work though nobody asked for it, or when another library than
 *  the one that they named does; null otherwise. */
export const fallbackWarning = ({ name, passedOver }: Selection): string | null =>
  name === "javascript" && passedOver.length > 0
    ? `warning: using the slow engine "javascript", since TensorFlow's library was not found (${tried(passedOver)}); run \`npm run setup\``
    : unmetRequest(passedOver)

const tried = (passedOver: readonly PassedOver[]): string =>
  passedOver.map(({ name, reason }) => `${name}: ${reason}`).join("; ")
