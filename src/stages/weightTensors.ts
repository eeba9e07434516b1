import * as tf from "@tensorflow/tfjs-core"
import { fromLeaves, type Params } from "../tensor/tree.ts"
import type { NamedArrays } from "./training/trainState.ts"

/** A network's parameters and state as tensors again, for a forward pass. The caller disposes them. */
export const tensorsOf = (
  weights: NamedArrays,
): { readonly trees: { readonly params: Params; readonly state: Params }; readonly dispose: () => void } => {
  const tree = fromLeaves(
    Object.entries(weights).map(([path, { shape, data }]) => [path, tf.tensor(data, [...shape])] as const),
  ) as { readonly params?: Params; readonly state?: Params }
  const trees = { params: tree.params ?? {}, state: tree.state ?? {} }
  return { trees, dispose: () => tf.dispose(trees) }
}
