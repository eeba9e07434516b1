import { Failure, failure } from "./failure.ts"
import { reasonOf, systemError } from "./systemError.ts"

/** What a stage fails with: its own Failure as it is, the system's errors as the environment's, the rest as a bug. */
export const toFailure = (error: unknown): Failure => {
  if (error instanceof Failure) return error
  const { path, message: found } = (error ?? {}) as { path?: string; message?: string }
  const known = systemError(error)
  if (known === undefined)
    return failure(
      "bug",
      { message: `losslab failed unexpectedly: ${reasonOf(error)}`, fix: reportIt },
      error,
    )
  const { message, fix } = known
  return failure(
    "environment",
    {
      message,
      ...(path === undefined ? {} : { file: path }),
      ...(found === undefined ? {} : { found }),
      fix,
    },
    error,
  )
}

/** What to do about a fault of losslab's own. */
export const reportIt = "run it again with LOSSLAB_STACK=1 for the stack, and report it"
