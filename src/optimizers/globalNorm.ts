import * as tf from "@tensorflow/tfjs-core"
import { leaves, type Params } from "../tensor/tree.ts"

/** Euclidean norm of all leaves taken as one vector. Throws when the tree has no leaf. */
export const globalNorm = (tree: Params): tf.Scalar =>
  tf.sqrt(tf.addN(leaves(tree).map(([, leaf]) => tf.sum(tf.square(leaf)))))
