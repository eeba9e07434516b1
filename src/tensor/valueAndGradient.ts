import * as tf from "@tensorflow/tfjs-core"
import { fromLeaves, leaves, mapTree, type Params } from "./tree.ts"

/** Value and gradient of f at params, with what f computed on the way (batch-norm moments, say).
 *  A leaf that the value does not depend on has gradient zero (tfjs would throw).
 *  Call inside tf.tidy; the results belong to the surrounding scope.
 *  @param f returns the scalar to differentiate and a tree of by-products (may be empty)
 */
export const valueAndGradient = <A extends Params>(
  f: (params: Params) => { readonly value: tf.Scalar; readonly aux: A },
  params: Params,
): { readonly value: tf.Scalar; readonly gradient: Params; readonly aux: A } => {
  const entries = leaves(params)
  const kept: tf.Tensor[] = []
  let aux: Params = {}
  const differentiate = () =>
    tf.engine().gradients(
      () => {
        const result = f(params)
        aux = mapTree(result.aux as Params, (leaf) => {
          const copy = tf.keep(tf.clone(leaf))
          kept.push(copy)
          return copy
        })
        return result.value
      },
      entries.map(([, leaf]) => leaf),
      undefined,
      true,
    )
  try {
    const { value, grads } = differentiate()
    const gradient = fromLeaves(
      entries.map(([path, leaf], i) => [path, grads[i] ?? tf.zerosLike(leaf)] as const),
    )
    // Clones made here belong to the caller's tidy; the kept ones have done their work.
    const escaped = mapTree(aux, (leaf) => tf.clone(leaf))
    return { value: value as tf.Scalar, gradient, aux: escaped as A }
  } finally {
    tf.dispose(kept)
  }
}
