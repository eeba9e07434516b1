/** Runs once, however often it is asked; a failure is not kept, since the next time may be better. */
export const once = <A>(run: () => Promise<A>): (() => Promise<A>) => {
  let result: Promise<A> | undefined
  return () => {
    result ??= run().catch((error: unknown) => {
      result = undefined
      throw error
    })
    return result
  }
}
