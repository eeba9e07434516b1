import { unetTimes } from "./unetTimes.ts"

/** A training step: forward, loss, backward and update, with the loss read.
 *  npm run bench -- step [--json] [--quick] [--rounds N] [CASE...] */
export const step = (args: readonly string[]): Promise<void> =>
  unetTimes({ name: "step", call: (side) => side.step() }, args)
