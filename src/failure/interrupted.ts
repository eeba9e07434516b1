import { type Failure, failure } from "./failure.ts"

/** A command or a cell that was told to stop.
 *  @param command what goes on with it; the same command unless given */
export const interrupted = (command?: string): Failure =>
  failure("interrupted", {
    message: "interrupted; what is finished is kept",
    fix: `run the same command again to continue${command === undefined ? "" : `: ${command}`}`,
  })
