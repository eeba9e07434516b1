import { resolve } from "node:path"
import { pathToFileURL } from "node:url"
import { Failure, failure } from "../../failure/failure.ts"
import type { Plain } from "../../laws/subject.ts"
import { fixed, type Loss, type LossFunction, type Needs, nothing } from "../../losses/loss.ts"
import type { Json } from "../json.ts"

export interface ModuleLossOptions {
  /** A JavaScript or TypeScript module whose default export is (options) => LossFunction. */
  readonly path: string
  /** What the module's default export gets. */
  readonly options: { readonly [name: string]: Json }
}

/** What a module may say of its loss beside the loss itself. */
export interface LossModule {
  readonly loss: Loss
  /** Names of laws that it claims: `export const laws = ["nonNegative", "additive"]`. */
  readonly laws: readonly string[]
  /** Whether it is right for masks anywhere in [0, 1] too: `export const softMask = true`. */
  readonly softMask: boolean
  /** The same with plain loops in float64: `export const plain = ({ logits, mask }, options) => number`. */
  readonly plain?: Plain
}

/** A researcher's own loss. The module may also export `needs`, such as { second: true }, and what LossModule says.
 *  Rejects with Failure("config") when the file cannot be loaded or exports something else; its loss throws
 *  one when the module's own throws or returns no scalar.
 */
export const loadLossModule = async ({ path, options }: ModuleLossOptions): Promise<LossModule> => {
  const fault = (message: string, fix: string, cause?: unknown) =>
    failure("config", { message, file: path, ...foundIn(cause), fix }, cause)

  const module = await load(path).catch((cause: unknown) => {
    throw fault("the loss module cannot be loaded", fixOfLoading(cause), cause)
  })
  const asExported = "write `export default (options) => (logits, truth, at) => scalar`"
  const { default: make, needs = nothing, laws = [], softMask = false, plain } = module
  if (typeof make !== "function") throw fault("the loss module has no function as default export", asExported)
  if (!isNeeds(needs)) {
    throw fault(
      "the export `needs` of the loss module is malformed",
      "write `export const needs = { second: true }`",
    )
  }
  if (!Array.isArray(laws) || !laws.every((name) => typeof name === "string"))
    throw fault(
      "the export `laws` of the loss module is malformed",
      'write `export const laws = ["nonNegative"]`',
    )
  if (typeof softMask !== "boolean")
    throw fault(
      "the export `softMask` of the loss module is malformed",
      "write `export const softMask = true`",
    )
  if (plain !== undefined && typeof plain !== "function")
    throw fault(
      "the export `plain` of the loss module is no function",
      "write `export const plain = (of, options) => number`",
    )
  const loss = attempt(() => make(options) as unknown)
  if ("thrown" in loss) {
    throw fault("the loss module throws", "mend the module, or give it other options", loss.thrown)
  }
  if (typeof loss.value !== "function") {
    throw fault("the default export of the loss module does not return a loss", asExported)
  }
  const apply = loss.value as LossFunction
  const returnsScalar: LossFunction = (...input) => {
    const applied = attempt(() => apply(...input) as { readonly rank?: number } | null | undefined)
    if ("thrown" in applied) {
      if (applied.thrown instanceof Failure) throw applied.thrown
      if (isRefusal(applied.thrown)) throw applied.thrown.inFile(path)
      throw fault("the loss of the module throws", "mend the module", applied.thrown)
    }
    if (applied.value?.rank === 0) return applied.value as ReturnType<LossFunction>
    const message = `the loss of the module returns ${shownReturned(applied.value)} instead of a scalar tensor`
    throw fault(message, "end with tf.mean or tf.sum, without `async`")
  }
  return {
    loss: fixed(returnsScalar, { ...nothing, ...needs }),
    laws,
    softMask,
    ...(plain === undefined ? {} : { plain: plain as Plain }),
  }
}

/** The loss of a module alone. Rejects as loadLossModule does. */
export const moduleLoss = async (options: ModuleLossOptions): Promise<Loss> =>
  (await loadLossModule(options)).loss

/** What a module threw, or Node said of it, without the file of ours that imports it. */
const foundIn = (cause: unknown): { readonly found?: string } => {
  if (cause === undefined) return {}
  const message = cause instanceof Error ? cause.message : String(cause)
  return { found: message.replace(/ imported from .*moduleLoss\.[jt]s$/, "") }
}

/** What to do when a file cannot be imported: Node's own errors have codes, what the file throws has none. */
const fixOfLoading = (cause: unknown): string => {
  const { code, message = "" } = (cause ?? {}) as { readonly code?: unknown; readonly message?: string }
  if (/^Cannot find (package|module) '[^./]/.test(message) && !message.includes("'file:"))
    return "put the module inside the checkout, where losslab's packages are found, or install the package beside it"
  if (message.includes(".ts") && message.includes("extension"))
    return "compile it to JavaScript, or run losslab from a checkout, which loads TypeScript"
  return String(code).startsWith("ERR_")
    ? "check the path (relative to the YAML file that says it, else to the working folder) and what the module imports"
    : "mend the module: it must load without an error"
}

type Exported = "default" | "needs" | "laws" | "softMask" | "plain"

const load = (path: string): Promise<Readonly<Partial<Record<Exported, unknown>>>> =>
  import(pathToFileURL(resolve(path)).href)

/** As in "returns a tensor of shape [1, 1, 1, 1]". */
const shownReturned = (value: unknown): string => {
  if (value instanceof Promise) return "a promise"
  if (typeof value !== "object" || value === null) return String(value)
  return "shape" in value && Array.isArray(value.shape)
    ? `a tensor of shape [${value.shape.join(", ")}]`
    : "an object"
}

const attempt = <A>(make: () => A): { readonly value: A } | { readonly thrown: unknown } => {
  try {
    return { value: make() }
  } catch (thrown) {
    return { thrown }
  }
}

/** Whether it is the engine's refusal to compile what the module does (engine/tensorflow/notTraceable.ts), which is no
 *  fault of the module's where it can run operation by operation. */
const isRefusal = (thrown: unknown): thrown is { inFile(file: string): Error } =>
  thrown instanceof Error && "inFile" in thrown

const isNeeds = (value: unknown): value is Partial<Needs> =>
  typeof value === "object" &&
  value !== null &&
  Object.entries(value).every(([name, needed]) => name in nothing && typeof needed === "boolean")
