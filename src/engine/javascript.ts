/** Puts tfjs's pure JavaScript engine in charge of this process: slow, needs nothing.
 *  @returns its version */
export const startJavascript = async (): Promise<string> => {
  const tf = await import("@tensorflow/tfjs")
  // Otherwise tfjs recommends tfjs-node on stderr.
  tf.enableProdMode()
  await tf.setBackend("cpu")
  await tf.ready()
  return tf.version["tfjs-backend-cpu"]
}
