import * as tf from "@tensorflow/tfjs-core"
import { sumOfSquares } from "../tensor/ops/sumOfSquares.ts"
import { leaves, type Params } from "../tensor/tree.ts"

/** Euclidean norm of all leaves taken as one vector. Throws when the tree has no leaf. */
export const globalNorm = (tree: Params): tf.Scalar =>
  tf.sqrt(tf.addN(leaves(tree).map(([, leaf]) => sumOfSquares(leaf))))
