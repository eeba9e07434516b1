import { open, readFile } from "node:fs/promises"
import { expect, it, vi } from "vitest"
import { readPng } from "../../../src/data/png/readPng.ts"
import { readPngHeader } from "../../../src/data/png/readPngHeader.ts"
import { useFiles } from "../nifti/goodFile.ts"
import { refusal } from "../support/refusal.ts"
import { idat, ihdr, png } from "./pngFile.ts"

vi.mock("node:fs/promises", async (original) => {
  const actual = await original<typeof import("node:fs/promises")>()
  return { ...actual, open: vi.fn(actual.open), readFile: vi.fn(actual.readFile) }
})

const { saved } = useFiles()

it.each([
  ["readPng", readPng, readFile],
  ["readPngHeader", readPngHeader, open],
])("%s says why a file cannot be read", async (_, read, operation) => {
  const file = await saved(png(ihdr(1, 1), idat(0, 1)), ".png")
  const cause = Object.assign(new Error("EACCES"), { code: "EACCES" })
  vi.mocked(operation as typeof readFile).mockRejectedValueOnce(cause)
  const failed = await refusal(read(file))
  expect(failed.kind).toBe("data")
  expect(failed.problems).toEqual([
    {
      message: "the file cannot be read",
      file,
      found: "there is no permission",
      fix: "name a file that you may read",
    },
  ])
  expect(failed.cause).toBe(cause)
})
