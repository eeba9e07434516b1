import "@tensorflow/tfjs"
import * as tf from "@tensorflow/tfjs-core"

/** Puts the pure JavaScript engine in charge: what tests of pure tensor code run on. */
export const useJavascriptEngine = async (): Promise<void> => {
  // Without this the backend advises, once per process, to install a faster one.
  tf.env().set("IS_TEST", true)
  await tf.setBackend("cpu")
  await tf.ready()
}
