import { unetTimes } from "./unetTimes.ts"

/** A forward pass in evaluation: foreground probabilities of a batch, as an array.
 *  npm run bench -- forward [--json] [--quick] [--rounds N] [CASE...] */
export const forward = (args: readonly string[]): Promise<void> =>
  unetTimes({ name: "forward", call: (side) => side.forward() }, args)
