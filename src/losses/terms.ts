import type { Scalar, Tensor4D } from "@tensorflow/tfjs-core"
import { childKey } from "../tensor/childKey.ts"
import type { Key } from "../tensor/randomKey.ts"
import { leaves, type Params } from "../tensor/tree.ts"
import { type At, type Loss, type Needs, type Truth, unionNeeds } from "./loss.ts"

/** Several losses side by side: what a combinator is made of. */
export interface Terms {
  readonly needs: Needs
  /** Parameters by the terms' places, "0", "1", ...: of those alone that have any. */
  init(key: Key): Params
  /** The value of every term. No term shares its noise with another. Call inside tf.tidy.
   *  @param seen what each term looks at */
  values(
    params: Params,
    seen: (term: number) => { readonly logits: Tensor4D; readonly truth: Truth },
    at: At,
  ): Scalar[]
}

/** @param losses at least one */
export const termsOf = (losses: readonly Loss[]): Terms => ({
  needs: unionNeeds(losses.map(({ needs }) => needs)),
  init: (key) => {
    const own = losses.map((loss, i) => [String(i), loss.init(key.child("term", i))] as const)
    return Object.fromEntries(own.filter(([, params]) => leaves(params).length > 0))
  },
  values: (params, seen, at) =>
    losses.map((loss, i) => {
      const { logits, truth } = seen(i)
      // A term without parameters has no branch.
      return loss.apply((params[i] ?? {}) as Params, logits, truth, { ...at, key: childKey(at.key, i) })
    }),
})
