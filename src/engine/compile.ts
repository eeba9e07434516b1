import * as tf from "@tensorflow/tfjs-core"
import { Failure } from "../failure/failure.ts"
import type { Precision } from "../tensor/precision.ts"
import { structureOf } from "./structure.ts"
import { type CompiledFunction, canCompile, compileFunction } from "./tensorflow/compileFunction.ts"
import { NotTraceable } from "./tensorflow/notTraceable.ts"
import type { OperationTime } from "./tensorflow/stepStats.ts"

/** A function that makes tensors of tensors. The tensors that it returns are the caller's to dispose, and never those
 *  of an argument. */
export interface Compiled<A extends readonly unknown[], R> {
  (...args: A): R
  /** The same in another thread, where the engine has one: the event loop goes on meanwhile. The arguments must live
   *  until it has ended. */
  readonly aside: (...args: A) => Promise<R>
  /** What every operation takes on these arguments; null where the function is not compiled. */
  readonly profile: (...args: A) => readonly OperationTime[] | null
}

export interface CompileOptions {
  /** Told once when the function cannot be compiled and so runs operation by operation, which is slower and right.
   *  Without it, that is a failure, too. */
  readonly onEager?: (why: string) => void
  /** bfloat16 is for compiled functions alone: with it, onEager is not asked. */
  readonly precision?: Precision
}

/** The same function, compiled: on TensorFlow's engine it is called once for each structure, shape and type of its
 *  arguments, with tensors that have no values yet, and what it does to them becomes one TensorFlow function. On other
 *  engines it runs as it is.
 *  Arguments and result are tensors, or records and lists of them; texts and booleans among the arguments are options,
 *  each with a function of its own.
 *  @param f pure: it reads no value of a tensor, uses no tensor but its arguments and those that it makes, keeps none,
 *           and draws randomness from a key among its arguments alone
 *  Calls throw Failure("config") for a function that breaks these rules in a way that would also be wrong operation by
 *  operation: random numbers of the host, numbers for arguments. */
export const compile = <A extends readonly unknown[], R>(
  f: (...args: A) => R,
  { onEager, precision = "float32" }: CompileOptions = {},
): Compiled<A, R> => {
  const eager = eagerly(f)
  const functions = new Map<string, CompiledFunction | "eager">()
  let warned = false

  /** Null when the function has to run operation by operation. */
  const compiled = (args: ReturnType<typeof structureOf>): CompiledFunction | null => {
    if (!canCompile()) return null
    const known = functions.get(args.key)
    if (known !== undefined) return known === "eager" ? null : known
    try {
      const made = compileFunction(f as (...args: never[]) => unknown, args, precision)
      functions.set(args.key, made)
      return made
    } catch (error) {
      if (!(error instanceof NotTraceable)) throw error
      if (!error.runsEagerly || onEager === undefined || precision !== "float32")
        throw refusal(error, precision)
      functions.set(args.key, "eager")
      if (!warned) onEager(reasonOf(error))
      warned = true
      return null
    }
  }

  const taken = (args: A): ReturnType<typeof structureOf> => {
    try {
      return structureOf(args, "")
    } catch (error) {
      throw error instanceof NotTraceable ? refusal(error, precision) : error
    }
  }

  return Object.assign(
    (...args: A): R => {
      const structure = taken(args)
      const known = compiled(structure)
      return known === null ? eager(...args) : (known.run(structure) as R)
    },
    {
      aside: async (...args: A): Promise<R> => {
        const structure = taken(args)
        const known = compiled(structure)
        return known === null ? eager(...args) : ((await known.runAside(structure)) as R)
      },
      profile: (...args: A): readonly OperationTime[] | null => {
        const structure = taken(args)
        return compiled(structure)?.profile(structure) ?? null
      },
    },
  )
}

/** What is said of a function that must not run operation by operation. In float32, some might. */
export const refusal = ({ problem, runsEagerly }: NotTraceable, precision: Precision): Failure =>
  new Failure("config", [
    precision === "float32" || !runsEagerly
      ? problem
      : { ...problem, fix: `${problem.fix}, or set train.precision to float32` },
  ])

const reasonOf = ({ problem: { message, found } }: NotTraceable): string => `${message} (${found})`

/** f operation by operation; a result that is an argument, or that comes twice, is a tensor of its own. */
const eagerly =
  <A extends readonly unknown[], R>(f: (...args: A) => R) =>
  (...args: A): R =>
    tf.tidy(() => {
      const taken = new Set(structureOf(args, "").tensors)
      const result = structureOf(f(...args), "the result")
      const own = result.tensors.map((tensor) => {
        const fresh = taken.has(tensor) ? tf.clone(tensor) : tensor
        taken.add(fresh)
        return fresh
      })
      return result.around(own) as tf.TensorContainer
    }) as R
