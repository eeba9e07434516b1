import * as tf from "@tensorflow/tfjs-core"
import type { Problem } from "../../failure/failure.ts"

/** Why a function cannot become one TensorFlow function. */
export class NotTraceable extends Error {
  readonly _tag = "NotTraceable"
  /** Whether running it operation by operation gives what its author meant. */
  readonly runsEagerly: boolean
  readonly problem: Problem

  private constructor(runsEagerly: boolean, problem: Problem) {
    super(problem.message)
    this.name = "NotTraceable"
    this.runsEagerly = runsEagerly
    this.problem = problem
  }

  /** The same, with the file of a user's that it is about. */
  inFile(file: string): NotTraceable {
    return new NotTraceable(this.runsEagerly, { file, ...this.problem })
  }

  static read(): NotTraceable {
    return new NotTraceable(true, {
      message: "the value of a tensor is read",
      found: `${operationAtWork() ?? "dataSync"}, or another read to the host`,
      expected: "tensor operations from the arguments to the result",
      fix: "compute with tensors (tf.where, tf.maximum, ...) what depends on the value",
    })
  }

  static shape(operation: string): NotTraceable {
    return new NotTraceable(true, {
      message: "the shape of a result depends on values",
      found: `${operationAtWork() ?? operation} (TensorFlow's ${operation})`,
      expected: "shapes that follow from the shapes of the arguments",
      fix: "keep the full shape and weigh by a mask",
    })
  }

  static closedOver(): NotTraceable {
    return new NotTraceable(true, {
      message: "a tensor is used that is not an argument",
      found: `${operationAtWork() ?? "an operation"} of a tensor that was made before the function was called`,
      expected: "arguments, and tensors that the function itself makes of them or of numbers",
      fix: "pass the tensor as an argument, or make it inside of the function",
    })
  }

  static kept(count: number): NotTraceable {
    return new NotTraceable(false, {
      message: "tensors outlive the call without being returned",
      found: `${count} of them, kept with tf.keep or tf.variable`,
      expected: "a function without side effects",
      fix: "return them, or make them anew in each call",
    })
  }

  static changing(before: string, after: string): NotTraceable {
    return new NotTraceable(false, {
      message: "the function does something else in each call, for the same arguments",
      found: `${before} in one call, ${after} in the next`,
      expected: "results that depend on the arguments alone",
      fix: "take what changes from step to step from an argument (at.progress, at.key), not from a counter or a clock",
    })
  }

  static random(): NotTraceable {
    return new NotTraceable(false, {
      message: "random numbers are drawn outside of the engine",
      found: `${operationAtWork() ?? "Math.random"}, whose draw would be the same at every step`,
      expected: "numbers drawn from the key of the step",
      fix: "draw with statelessUniform, statelessNormal or dropout from at.key",
    })
  }

  static hostNumber(path: string, value: unknown): NotTraceable {
    return new NotTraceable(false, {
      message: `the argument ${path} is a number of the host`,
      found: `${value}, which would stay what it is at the first call`,
      expected: "a tensor; true, false and texts are options, and each has a function of its own",
      fix: "pass tf.scalar(...)",
    })
  }
}

/** The operation of tfjs that is being called: the outermost one with a name. tfjs calls two scopes of its own forward
 *  and backward when it differentiates. */
const operationAtWork = (): string | undefined => {
  const scopes: readonly { readonly name: string }[] = tf.engine().state.scopeStack
  const name = scopes.find(({ name }) => /^(?!(forward|backward)$)[a-z]\w*$/i.test(name))?.name
  return name === undefined ? undefined : `tf.${name.replace(/_*(__op)?$/, "")}`
}
