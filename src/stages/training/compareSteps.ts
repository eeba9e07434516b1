import { performance } from "node:perf_hooks"
import * as tf from "@tensorflow/tfjs-core"
import { compile } from "../../engine/compile.ts"
import { canCompile } from "../../engine/tensorflow/compileFunction.ts"
import type { Objective } from "../../losses/objective.ts"
import type { Model } from "../../models/model.ts"
import type { Transform } from "../../optimizers/transform.ts"
import { rootKey } from "../../tensor/randomKey.ts"
import { leaves } from "../../tensor/tree.ts"
import { type Difference, worstDifference } from "./differences.ts"
import { madeUpInputs, madeUpSize, type StepInputs } from "./madeUpInputs.ts"
import { disposeTrainState, initTrainState, type TrainState } from "./trainState.ts"
import { type Step, trainStep } from "./trainStep.ts"

/** A compiled training step against the same step operation by operation. */
export interface StepComparison {
  /** Why the step cannot be compiled; null when it is, and on engines that compile nothing. */
  readonly whyEager: string | null
  /** Where the two differ most; null when every bit is the same, or nothing is compiled. */
  readonly difference: Difference | null
  /** Of the first step, operation by operation: the loss before it, and the gradient's norm. */
  readonly loss: number
  readonly gradientNorm: number
  /** Of a step that ran before, with the copies in and out; null where it did not run. */
  readonly milliseconds: { readonly eager: number | null; readonly compiled: number | null }
}

/** Runs two steps of training on small made-up batches, each compiled and operation by operation, from the same
 *  state. The second one calls the function that the first one made, with every input changed: what the trace took
 *  for a constant shows there alone. Losses, norms and states of both are compared bit for bit.
 *  Throws Failure("config") for a step that must not be compiled, and what the step throws. */
export const compareSteps = (model: Model, objective: Objective, optimizer: Transform): StepComparison => {
  const start = initTrainState(model, objective, optimizer, rootKey(0))
  const compared = () =>
    compare(trainStep(model, objective, optimizer), start, (i) =>
      madeUpInputs(madeUpSize(model), objective, i),
    )
  try {
    return tf.tidy(() => compared() as never) as StepComparison
  } finally {
    disposeTrainState(start)
  }
}

const compare = (
  step: ReturnType<typeof trainStep>,
  start: TrainState,
  inputsOf: (i: number) => StepInputs,
): StepComparison => {
  let whyEager: string | null = null
  const compiled = compile(step, {
    onEager: (why) => {
      whyEager = why
    },
  })
  const run = (f: typeof step, state: TrainState, { batch, at }: StepInputs) => {
    const before = performance.now()
    const made = f(state, batch, at)
    const [loss] = made.loss.dataSync<"float32">()
    return { made, loss: loss!, milliseconds: performance.now() - before }
  }

  const first = inputsOf(0)
  const eager = run(step, start, first)
  const found = { loss: eager.loss, gradientNorm: eager.made.gradientNorm.dataSync<"float32">()[0]! }
  const traced = canCompile() ? run(compiled, start, first) : null
  if (traced === null || whyEager !== null)
    return { whyEager, difference: null, ...found, milliseconds: { eager: null, compiled: null } }

  const second = inputsOf(1)
  const again = run(step, eager.made.state, second)
  const cached = run(compiled, eager.made.state, second)
  const difference = worstDifference([
    ...pairs("step 1", eager.made, traced.made),
    ...pairs("step 2", again.made, cached.made),
  ])
  const milliseconds = { eager: again.milliseconds, compiled: cached.milliseconds }
  return { whyEager, difference, ...found, milliseconds }
}

/** Every tensor that a step makes, with its name, from both ways of running it. */
const pairs = (name: string, expected: Step, found: Step) => {
  const values = ({ state, loss, gradientNorm }: Step) => leaves<tf.Tensor>({ loss, gradientNorm, state })
  const theirs = new Map(values(found))
  return values(expected).map(
    ([path, tensor]) =>
      [`${name}: ${path}`, tensor.dataSync<"float32">(), theirs.get(path)!.dataSync<"float32">()] as const,
  )
}
