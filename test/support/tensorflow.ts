import { selectEngine } from "../../src/engine/selectEngine.ts"
import { startEngine } from "../../src/engine/startEngine.ts"
import { findLibrary } from "../../src/engine/tensorflow/library.ts"

/** Why tests of the TensorFlow engine are skipped here; null when they run. */
export const whyNoTensorflow: string | null = (() => {
  const { library, passedOver } = findLibrary()
  if (library !== undefined) return null
  return `no TensorFlow library (${passedOver.map(({ name, reason }) => `${name}: ${reason}`).join("; ")})`
})()

/** Puts TensorFlow in charge of this test file's process. */
export const useTensorflowEngine = async (): Promise<void> => {
  await startEngine(selectEngine("tensorflow"))
}
