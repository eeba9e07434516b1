// Run by exit.test.ts in a process of its own: one convolution on TensorFlow, then a plain exit.
import * as tf from "@tensorflow/tfjs-core"
import { useTensorflowEngine } from "./tensorflow.ts"

await useTensorflowEngine()
const x = tf.tensor4d([1, 2], [1, 1, 2, 1])
const kernel = tf.ones<tf.Rank.R4>([1, 2, 1, 1])
console.log(tf.conv2d(x, kernel, 1, "valid").dataSync()[0])
