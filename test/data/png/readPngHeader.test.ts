import { readdirSync, readlinkSync } from "node:fs"
import { describe, expect, it } from "vitest"
import { readPngHeader } from "../../../src/data/png/readPngHeader.ts"
import { useFiles } from "../nifti/goodFile.ts"
import { refusal } from "../support/refusal.ts"
import { idat, ihdr, png } from "./pngFile.ts"

const { saved } = useFiles()
const read = async (bytes: Uint8Array) => readPngHeader(await saved(bytes, ".png"))

describe("readPngHeader", () => {
  it("says what the pixels are without looking at them", async () => {
    const whole = png(ihdr(3, 2, 16), idat(0))
    for (const bytes of [whole, whole.subarray(0, 40)])
      expect(await read(bytes)).toMatchObject({ columns: 3, rows: 2, depth: 16, colour: 0 })
  })

  it("reads images of up to 16384 rows or columns and 2^26 pixels", async () => {
    for (const [columns, rows] of [
      [16384, 4096],
      [4096, 16384],
      [1, 1],
    ] as const)
      expect(await read(png(ihdr(columns, rows)))).toMatchObject({ columns, rows })
    for (const [columns, rows] of [
      [16385, 1],
      [1, 16385],
      [16384, 4097],
      [0, 1],
      [1, 0],
    ] as const)
      expect((await refusal(read(png(ihdr(columns, rows))))).problems).toMatchObject([
        { found: `${columns} x ${rows} pixels` },
      ])
  })

  it.runIf(process.platform === "linux")("closes the file, sound or not", async () => {
    const open = () =>
      readdirSync("/proc/self/fd").flatMap((id) => {
        try {
          return [readlinkSync(`/proc/self/fd/${id}`)]
        } catch {
          // The one that lists them.
          return []
        }
      })
    for (const bytes of [png(ihdr(1, 1)), png(ihdr(0, 1))]) {
      const file = await saved(bytes, ".png")
      await readPngHeader(file).catch(() => undefined)
      expect(open()).not.toContain(file)
    }
  })

  it.each([
    [
      "no PNG image",
      new TextEncoder().encode("not a picture, and longer than any header"),
      /not a PNG image/,
    ],
    ["an empty file", new Uint8Array(0), /not a PNG image/],
    ["half a header", png(ihdr(3, 2)).subarray(0, 20), /ends too early/],
    ["a size of nothing", png(ihdr(0, 2)), /not of a size that losslab reads/],
  ])("refuses %s", async (_, bytes, message) => {
    const { kind, problems } = await refusal(read(bytes))
    expect({ kind, message: problems[0]!.message }).toEqual({
      kind: "data",
      message: expect.stringMatching(message),
    })
  })

  it("refuses what is no file", async () => {
    expect((await refusal(readPngHeader("nowhere.png"))).problems[0]!.message).toBe("there is no such file")
  })
})
