import { type Failure, failure } from "../failure/failure.ts"

/** Does work that a signal to end breaks off.
 *  Throws what the work throws; Failure("interrupted") when it was broken off, at once if the work heeds its signal. */
export const interruptible = async <A>(
  work: (signal: AbortSignal) => Promise<A>,
  message: string,
): Promise<A> => {
  const controller = new AbortController()
  const onSignal = () => controller.abort(interrupted(message))
  for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, onSignal)
  try {
    return await work(controller.signal)
  } finally {
    for (const name of ["SIGINT", "SIGTERM"] as const) process.off(name, onSignal)
  }
}

const interrupted = (message: string): Failure =>
  failure("interrupted", { message, fix: "run the same command again" })
