import { Failure, failure } from "./failure.ts"
import { systemFix } from "./systemFix.ts"

/** What a stage fails with: its own Failure as it is, the system's errors as the environment's, the rest as a bug. */
export const toFailure = (error: unknown): Failure => {
  if (error instanceof Failure) return error
  const { code, path } = (error ?? {}) as { code?: string; path?: string }
  const message = error instanceof Error ? error.message : String(error)
  const fix = systemFix(code)
  if (fix === undefined) return failure("bug", { message: `losslab failed unexpectedly: ${message}` }, error)
  return failure("environment", { message, ...(path === undefined ? {} : { file: path }), fix }, error)
}
