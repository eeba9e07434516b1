import { failure } from "../failure/failure.ts"
import { reasonOf } from "../failure/systemError.ts"
import { reportIt, toFailure } from "../failure/toFailure.ts"
import { tellFailure } from "./tellFailure.ts"

/** Lets a command fail aloud that ends in none of its own ways: by an error that nobody catches, thrown by a timer or
 *  left in a promise, or because what it waits for cannot come. Both are most often a user's module.
 *  @returns to be called when the command has ended by itself, well or not */
export const tellUnforeseenEnds = (): (() => void) => {
  process.on("uncaughtException", (error) => {
    const failed = toFailure(error)
    tellFailure(failed.kind === "bug" ? uncaught(error) : failed)
    process.exit()
  })
  // Nothing is left to do. Neither process.exit nor an error that nobody catches comes by here.
  const onIdle = () => tellFailure(unfinished)
  process.once("beforeExit", onIdle)
  return () => process.off("beforeExit", onIdle)
}

const uncaught = (error: unknown) =>
  failure(
    "bug",
    {
      message: `losslab failed unexpectedly: ${reasonOf(error)}`,
      found: "an error that nothing catches, in a timer or a promise",
      fix: `if a module of yours throws it, catch it there; otherwise ${reportIt}`,
    },
    error,
  )

const unfinished = failure("bug", {
  message: "losslab ended without finishing",
  found: "a wait that nothing can end",
  fix: "if a module of yours awaits, see that its promise settles; otherwise report this",
})
