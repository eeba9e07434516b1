import * as tf from "@tensorflow/tfjs-core"
import { Failure } from "../../failure/failure.ts"
import type { Objective } from "../../losses/objective.ts"
import type { Model } from "../../models/model.ts"
import type { Transform } from "../../optimizers/transform.ts"
import type { Key } from "../../tensor/randomKey.ts"
import { fromLeaves, leaves, type Params } from "../../tensor/tree.ts"
import { shapeProblems } from "../shapeProblems.ts"

/** Everything that a training step changes. The tensors belong to whoever holds it: disposeTrainState. */
export type TrainState = {
  /** The network's parameters. */
  readonly params: Params
  /** The network's state: running moments of batch norm. */
  readonly state: Params
  /** Parameters of the objective, when it learns. */
  readonly objective: Params
  /** What the optimizer remembers of params and objective together. */
  readonly slots: Params
}

/** What the optimizer moves. */
export const trainable = ({ params, objective }: Pick<TrainState, "params" | "objective">): Params => ({
  params,
  objective,
})

export const initTrainState = (
  model: Model,
  objective: Objective,
  optimizer: Transform,
  key: Key,
): TrainState => {
  const { params, state } = model.init(key.child("model"))
  const own = objective.init(key.child("objective"))
  return { params, state, objective: own, slots: optimizer.init(trainable({ params, objective: own })) }
}

export const disposeTrainState = (state: TrainState): void => {
  tf.dispose(leaves<tf.Tensor>(state).map(([, leaf]) => leaf))
}

/** Tensors off the engine, by path ("params/encoder/0/conv1/kernel"): a checkpoint. */
export type NamedArrays = Readonly<
  Record<string, { readonly shape: readonly number[]; readonly data: Float32Array }>
>

/** Reads a train state, or a part of one, off the engine. */
export const trainStateToArrays = (state: Params): NamedArrays =>
  Object.fromEntries(
    leaves(state).map(([path, leaf]) => [path, { shape: leaf.shape, data: leaf.dataSync<"float32">() }]),
  )

/** The inverse of trainStateToArrays; new tensors.
 *  @param template a train state of the same experiment, for its paths and shapes
 *  Throws Failure("data") with every path that is missing, superfluous, or of another shape. */
export const trainStateFromArrays = (template: TrainState, arrays: NamedArrays): TrainState => {
  const wanted = leaves<tf.Tensor>(template).map(([path, leaf]) => [path, leaf.shape] as const)
  const found = Object.entries(arrays).map(([path, { shape }]) => [path, shape] as const)
  const problems = shapeProblems("the train state", Object.fromEntries(wanted), Object.fromEntries(found), {
    fix: "the checkpoint belongs to another network or optimizer: remove it to train from the start",
  })
  if (problems.length > 0) throw new Failure("data", problems)
  const tree = fromLeaves(
    wanted.map(([path, shape]) => [path, tf.tensor(arrays[path]!.data, shape)] as const),
  )
  // Trees do not keep branches without leaves.
  return { params: {}, state: {}, objective: {}, slots: {}, ...tree } as TrainState
}
