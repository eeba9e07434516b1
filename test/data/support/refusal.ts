import { mkdtemp } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect } from "vitest"
import { Failure } from "../../../src/failure/failure.ts"

/** A new empty folder of the test's own. */
export const emptyFolder = (): Promise<string> => mkdtemp(join(tmpdir(), "losslab-"))

/** The failure that the promise or the function ends in; anything else fails the test. */
export const refusal = async (attempt: Promise<unknown> | (() => unknown)): Promise<Failure> => {
  try {
    await (typeof attempt === "function" ? attempt() : attempt)
  } catch (error) {
    expect(error).toBeInstanceOf(Failure)
    return error as Failure
  }
  throw new Error("nothing was refused")
}
