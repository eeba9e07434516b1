import { mkdtempSync, realpathSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"

/** Every temporary file of a run of the tests, and of what they start, lies in one folder, which goes when the run is over. */
export default (): (() => void) => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "losslab-tests-")))
  process.env.TMPDIR = folder
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}
