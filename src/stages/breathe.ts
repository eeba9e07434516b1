import { setImmediate } from "node:timers/promises"
import { interrupted } from "../failure/interrupted.ts"

/** Lets the event loop run (signals, timers, pipes), then fails as interrupted when that was asked for.
 *  Called between steps: a loop that never yields would starve every safety mechanism of Node. */
export const breathe = async (signal: AbortSignal): Promise<void> => {
  await setImmediate()
  if (signal.aborted) throw interrupted()
}
