import { Tensor } from "@tensorflow/tfjs-core"
import type { Params } from "../tensor/tree.ts"

/** The tree below a name. One without leaves is not kept (tensor/tree.ts), so a missing branch is an empty one. */
export const branch = (tree: Params, name: string | number): Params => {
  const node = tree[name]
  if (node instanceof Tensor) throw new Error(`expected a branch at "${name}", found a tensor`)
  return node ?? {}
}

/** The tensor at a name. Throws when there is none: the tree belongs to another network. */
export const tensorAt = <T extends Tensor>(tree: Params, name: string): T => {
  const node = tree[name]
  if (!(node instanceof Tensor)) throw new Error(`expected a tensor at "${name}", found ${Object.keys(tree)}`)
  return node as T
}
