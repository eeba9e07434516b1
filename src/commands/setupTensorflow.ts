import { installTensorflow } from "../engine/tensorflow/install.ts"
import { installProgress, type Terminal } from "../engine/tensorflow/installProgress.ts"
import { findLibrary, unmetRequest } from "../engine/tensorflow/library.ts"
import { thisMachine, whyNoWheel } from "../engine/tensorflow/platform.ts"

interface SetupOptions {
  /** Where the result goes, one line; stdout by default. */
  readonly out?: (text: string) => void
  /** Where progress and warnings go. */
  readonly stderr?: Terminal
}

/** Gets TensorFlow's library into the per-user cache, unless there is one already. Where it cannot be had (no
 *  Python, no pip, no network, another platform) it says in one line that the JavaScript engine will do the work:
 *  losslab must be usable wherever npm is.
 *  Throws Failure("environment") on a wrong hash, a full disk or an unwritable cache. */
export const setupTensorflow = async (options: SetupOptions = {}): Promise<void> => {
  const { out = (text: string) => process.stdout.write(`${text}\n`), stderr = process.stderr } = options
  const { library, passedOver } = findLibrary()
  const unmet = unmetRequest(passedOver)
  if (unmet !== null) stderr.write(`${unmet}\n`)
  if (library !== undefined) {
    out(`TensorFlow is ready: ${library.folder} (${library.origin})`)
    return
  }
  const fallBack = (reason: string) =>
    stderr.write(`warning: losslab will use its slow engine "javascript": ${reason}\n`)
  const unsuitable = whyNoWheel(thisMachine())
  if (unsuitable !== null) {
    fallBack(unsuitable)
    return
  }
  const progress = installProgress(stderr)
  const installed = await installTensorflow({ onProgress: progress.show }).finally(progress.end)
  if (installed.outcome === "unavailable") fallBack(installed.reason)
  else out(`TensorFlow is ready: ${installed.folder}`)
}
