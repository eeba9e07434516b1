// Run by exit.test.ts in a process of its own, to end while TensorFlow computes in another thread: by process.exit
// with code 7, or, with the argument "error", by an error that nobody catches.
import * as tf from "@tensorflow/tfjs-core"
import { compile } from "../../src/engine/compile.ts"
import { useTensorflowEngine } from "./tensorflow.ts"

await useTensorflowEngine()
// A second's work or more, however late the timer below is.
const powers = compile((x: tf.Tensor2D) => {
  let y = x
  for (let i = 0; i < 60; i++) y = tf.mul(tf.matMul(y, x), 1e-3)
  return y
})
const x = tf.ones<tf.Rank.R2>([16, 16])
powers(x)

let running = true
const large = tf.ones<tf.Rank.R2>([1000, 1000])
void powers.aside(large).then(() => {
  running = false
})
setTimeout(() => {
  console.log(running ? "running" : "done")
  if (process.argv[2] === "error") throw new Error("nobody catches this")
  process.exit(7)
}, 20)
