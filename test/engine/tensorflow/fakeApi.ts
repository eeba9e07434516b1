import type { CApi } from "../../../src/engine/tensorflow/capi.ts"

/** The C API without a library: it makes pointers, remembers what it was asked, and fails where it is told to. */
export interface FakeApi {
  readonly api: CApi
  /** Name and arguments of every call, but those of the status itself. */
  readonly calls: readonly (readonly [name: string, ...args: readonly unknown[]])[]
  /** How often a function was called. */
  readonly count: (name: keyof CApi) => number
  /** From now on every call of this function ends with this code. */
  readonly fail: (name: keyof CApi, code: number, message: string) => void
}

/** @param answers in the place of a new pointer, or of nothing */
export const fakeApi = (answers: Partial<CApi> = {}): FakeApi => {
  const calls: [string, ...unknown[]][] = []
  const failures = new Map<string, readonly [code: number, message: string]>()
  /** What each status says of the last call that was given it. */
  const statuses = new Map<unknown, readonly [code: number, message: string]>()
  let pointer = 100n
  const said = (status: unknown) => {
    const saying = statuses.get(status)
    if (saying === undefined) throw new Error(`${status} is no status, or no longer`)
    return saying
  }
  const functionOf = (name: string) => {
    if (name === "TF_GetCode") return (status: unknown) => said(status)[0]
    if (name === "TF_Message") return (status: unknown) => said(status)[1]
    return (...args: readonly unknown[]) => {
      calls.push([name, ...args])
      const answer = answers[name as keyof CApi] as ((...given: readonly unknown[]) => unknown) | undefined
      const result =
        answer !== undefined ? answer(...args) : /_(New|Allocate)|Resolve/.test(name) ? ++pointer : undefined
      const status = args.at(-1)
      if (name === "TF_NewStatus") statuses.set(result, [0, ""])
      else if (name === "TF_DeleteStatus") statuses.delete(status)
      else if (statuses.has(status)) statuses.set(status, failures.get(name) ?? [0, ""])
      return result
    }
  }
  return {
    api: new Proxy({} as CApi, { get: (_, name) => functionOf(String(name)) }),
    calls,
    count: (name) => calls.filter(([called]) => called === name).length,
    fail: (name, code, message) => void failures.set(name, [code, message]),
  }
}
