import { existsSync } from "node:fs"
import { dirname, join } from "node:path"
import { askPython } from "./askPython.ts"
import { cacheDefect, cacheFolder } from "./cache.ts"
import { type Machine, thisMachine, whyNoTensorflow } from "./platform.ts"
import { tensorflowWheel } from "./wheel.ts"

/** The two files that together export TensorFlow's C API, in one folder. */
export interface Library {
  readonly folder: string
  /** Where it was found: the variable, the per-user cache, or a Python installation. */
  readonly origin: "LOSSLAB_TENSORFLOW" | "cache" | "python"
  /** Known before loading for the cache and Python only. */
  readonly version?: string
}

/** Something that was tried and why it is not used. */
export interface PassedOver {
  readonly name: string
  readonly reason: string
  /** The user named it. */
  readonly askedFor?: true
}

export interface LibrarySearch {
  readonly library?: Library
  readonly passedOver: readonly PassedOver[]
}

export const libraryFiles = (folder: string): { readonly framework: string; readonly main: string } => ({
  framework: join(folder, "libtensorflow_framework.so.2"),
  main: join(folder, "libtensorflow_cc.so.2"),
})

const missingFile = (folder: string): string | null => {
  const { framework, main } = libraryFiles(folder)
  const missing = [framework, main].find((file) => !existsSync(file))
  return missing === undefined ? null : `${missing} does not exist`
}

type Candidate = Library | PassedOver

const isLibrary = (candidate: Candidate): candidate is Library => "folder" in candidate

const fromVariable = (environment: NodeJS.ProcessEnv): Candidate | null => {
  const folder = environment.LOSSLAB_TENSORFLOW
  if (folder === undefined || folder === "") return null
  const missing = missingFile(folder)
  return missing === null
    ? { folder, origin: "LOSSLAB_TENSORFLOW" }
    : { name: `LOSSLAB_TENSORFLOW=${folder}`, reason: missing, askedFor: true }
}

const fromCache = (environment: NodeJS.ProcessEnv): Candidate => {
  const folder = cacheFolder(environment)
  const defect = cacheDefect(folder)
  return defect === null
    ? { folder, origin: "cache", version: tensorflowWheel.version }
    : { name: `cache ${folder}`, reason: defect }
}

/** Older wheels keep the C API elsewhere. */
const oldestPython = { major: 2, minor: 15 }

// find_spec locates a package without running it: importing tensorflow would take seconds.
const pythonProbe = `
import importlib.metadata as metadata, importlib.util as util, json
spec = util.find_spec("tensorflow")
versions = []
for name in ("tensorflow", "tensorflow-cpu"):
    try: versions.append(metadata.version(name))
    except metadata.PackageNotFoundError: pass
print(json.dumps([spec.origin if spec else None, versions[0] if versions else None]))
`

const fromPython = (environment: NodeJS.ProcessEnv): Candidate => {
  const name = "python3's tensorflow"
  const asked = askPython(pythonProbe, environment)
  if ("reason" in asked) return { name, reason: asked.reason }
  const [origin = null, version = null] = asked.answer
  if (origin === null || version === null) return { name, reason: "it is not installed" }
  const [major = 0, minor = 0] = version.split(".").map(Number)
  if (major !== oldestPython.major || minor < oldestPython.minor) {
    return { name, reason: `version ${version} is not 2.${oldestPython.minor} or a later 2.x` }
  }
  const folder = dirname(origin)
  const missing = missingFile(folder)
  return missing === null ? { folder, origin: "python", version } : { name, reason: missing }
}

/** Finds TensorFlow's libraries without loading them: the folder that LOSSLAB_TENSORFLOW names, the per-user
 *  cache, an installed Python tensorflow (used in place), in this order. */
export const findLibrary = (
  environment: NodeJS.ProcessEnv = process.env,
  machine: Machine = thisMachine(),
): LibrarySearch => {
  const unsupported = whyNoTensorflow(machine)
  if (unsupported !== null) return { passedOver: [{ name: "tensorflow", reason: unsupported }] }
  const passedOver: PassedOver[] = []
  for (const find of [fromVariable, fromCache, fromPython]) {
    const candidate = find(environment)
    if (candidate === null) continue
    if (isLibrary(candidate)) return { library: candidate, passedOver }
    passedOver.push(candidate)
  }
  return { passedOver }
}

/** One line for people when the library that they named is not used; null otherwise. */
export const unmetRequest = (passedOver: readonly PassedOver[]): string | null => {
  const asked = passedOver.find(({ askedFor }) => askedFor)
  return asked === undefined
    ? null
    : `warning: ${asked.name} is passed over (${asked.reason}); correct it, or unset it`
}
