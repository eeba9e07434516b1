import { mkdir, truncate } from "node:fs/promises"
import { join } from "node:path"
import { deflateSync } from "node:zlib"
import { fc, test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import { readPng } from "../../../src/data/png/readPng.ts"
import { Failure } from "../../../src/failure/failure.ts"
import { renderProblems } from "../../../src/failure/renderProblem.ts"
import { useFiles } from "../nifti/goodFile.ts"
import { refusal } from "../support/refusal.ts"
import { chunk, idat, ihdr, png, signature } from "./pngFile.ts"

const { folder, saved } = useFiles()

const good = png(ihdr(2, 2), idat(0, 1, 2, 0, 3, 4))

const flipped = (bytes: Uint8Array, at: number) => new Uint8Array(bytes).fill(bytes.at(at)! ^ 1, at, at + 1)

const palette = chunk("PLTE", Uint8Array.of(9, 9, 9, 200, 10, 10))

const refused: readonly (readonly [string, Uint8Array, object])[] = [
  ["an empty file", new Uint8Array(0), { message: "the file is not a PNG image", found: "an empty file" }],
  ["a JPEG", Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), { found: "ffd8ffe0 (hexadecimal)" }],
  ["another format", Buffer.from("II*\0abcdefgh"), { found: "49492a0061626364 (hexadecimal)" }],
  ["a signature alone", signature, { message: "the file ends too early", found: "8 bytes" }],
  [
    "a file cut short",
    good.subarray(0, -1),
    { message: "the file ends too early", expected: `at least ${good.length} bytes` },
  ],
  ["a file without its end", good.subarray(0, -12), { message: "the file ends too early" }],
  ["more behind the end", Buffer.concat([good, good]), { message: "the file is longer than its image" }],
  ["a flipped bit of the header", flipped(good, 19), { path: "IHDR at byte 8" }],
  ["a flipped bit of the pixels", flipped(good, 46), { path: "IDAT at byte 33" }],
  ["pixels before the header", png(idat(0, 1), ihdr(1, 1)), { path: "IHDR", found: "IDAT first" }],
  ["two headers", png(ihdr(1, 1), ihdr(1, 1), idat(0, 1)), { path: "IHDR", message: /twice/ }],
  ["an animation", png(ihdr(1, 1), chunk("acTL", new Uint8Array(8)), idat(0, 1)), { path: "acTL" }],
  ["an unknown part that matters", png(ihdr(1, 1), chunk("XYZW"), idat(0, 1)), { path: "XYZW at byte 33" }],
  ["a short header", png(chunk("IHDR", new Uint8Array(12))), { found: "12 bytes" }],
  ["no columns", png(ihdr(0, 1), idat(0)), { found: "0 x 1 pixels" }],
  ["a side too long", png(ihdr(16385, 1), idat(0)), { found: "16385 x 1 pixels" }],
  ["too many pixels", png(ihdr(16384, 16384), idat(0)), { expected: /at most 67108864 pixels/ }],
  ["16 bits of a palette", png(ihdr(1, 1, 16, 3), idat(0)), { found: "bit depth 16, colour type 3" }],
  ["3 bits", png(ihdr(1, 1, 3), idat(0)), { found: "bit depth 3, colour type 0" }],
  ["a colour type that is none", png(ihdr(1, 1, 8, 5), idat(0)), { found: "bit depth 8, colour type 5" }],
  ["an unknown compression", png(ihdr(1, 1, 8, 0, [1, 0, 0]), idat(0, 1)), { found: /compression 1/ }],
  ["an unknown set of filters", png(ihdr(1, 1, 8, 0, [0, 1, 0]), idat(0, 1)), { found: /filter 1/ }],
  ["an unknown interlacing", png(ihdr(1, 1, 8, 0, [0, 0, 2]), idat(0, 1)), { found: /interlace 2/ }],
  ["an unknown filter", png(ihdr(1, 2), idat(0, 1, 5, 1)), { path: "row 1", found: "5" }],
  ["too few pixels", png(ihdr(2, 2), idat(0, 1, 2, 0, 3)), { expected: /^6 bytes/, found: "5 bytes" }],
  ["too many pixels", png(ihdr(2, 2), idat(0, 1, 2, 0, 3, 4, 5)), { message: /more than the header says/ }],
  ["no pixels at all", png(ihdr(1, 1)), { message: "the file is too small for its image" }],
  [
    "a huge image in a small file",
    png(ihdr(16384, 4096), idat(0, 1)),
    { message: "the file is too small for its image", path: "IDAT" },
  ],
  // Ten bytes compressed: deflate makes no more than 10,320 of them.
  [
    "more pixels than deflate can make",
    png(ihdr(10320, 1), idat(0, 1)),
    { message: /too small for its image/ },
  ],
  [
    "as many pixels as deflate can make",
    png(ihdr(10319, 1), idat(0, 1)),
    { message: /fewer than the header/ },
  ],
  [
    "a bomb",
    png(ihdr(1, 1), chunk("IDAT", deflateSync(new Uint8Array(1e7)))),
    { message: /more than the header says/ },
  ],
  [
    "compressed pixels cut short",
    png(ihdr(1, 1), chunk("IDAT", deflateSync(Uint8Array.of(0, 1)).subarray(0, -4))),
    { message: "the compressed pixels end too early" },
  ],
  [
    "a false checksum of the pixels",
    png(ihdr(1, 1), chunk("IDAT", flipped(deflateSync(Uint8Array.of(0, 1)), 9))),
    { message: "the compressed pixels are damaged", found: "incorrect data check" },
  ],
  [
    "colour",
    png(ihdr(2, 1, 8, 2), idat(0, 5, 5, 5, 1, 2, 3)),
    {
      ...{ message: "the image is in colour", path: "pixel [1, 0]" },
      ...{ expected: "grey: red, green and blue equal in every pixel", found: "red 1, green 2, blue 3" },
    },
  ],
  ["green", png(ihdr(1, 1, 8, 2), idat(0, 1, 2, 1)), { found: "red 1, green 2, blue 1" }],
  ["yellow", png(ihdr(1, 1, 8, 2), idat(0, 2, 2, 1)), { found: "red 2, green 2, blue 1" }],
  [
    "a palette of colours",
    png(ihdr(2, 1, 8, 3), palette, idat(0, 0, 1)),
    { message: "the image is in colour", path: "pixel [1, 0]", found: "red 200, green 10, blue 10" },
  ],
  [
    "half a colour",
    png(ihdr(1, 1, 8, 3), chunk("PLTE", new Uint8Array(4)), idat(0, 0)),
    { found: "4 bytes" },
  ],
  ["a palette of nothing", png(ihdr(1, 1, 8, 3), chunk("PLTE"), idat(0, 0)), { found: "0 bytes" }],
  ["no palette", png(ihdr(1, 1, 8, 3), idat(0, 0)), { path: "PLTE", found: "0 bytes" }],
  [
    "an index past the palette",
    png(ihdr(1, 1, 8, 3), palette, idat(0, 2)),
    { expected: "an index below 2", found: "2" },
  ],
  ["transparency", png(ihdr(2, 1, 8, 4), idat(0, 5, 255, 5, 254)), { path: "pixel [1, 0]" }],
  [
    "a transparent entry of the palette",
    png(ihdr(1, 1, 8, 3), palette, chunk("tRNS", Uint8Array.of(0)), idat(0, 0)),
    { message: "the image is transparent in places" },
  ],
  [
    "a transparent grey",
    png(ihdr(2, 1), chunk("tRNS", Uint8Array.of(0, 6)), idat(0, 5, 6)),
    { path: "pixel [1, 0]" },
  ],
]

describe("readPng refuses", () => {
  it.each(refused)("%s", async (_, bytes, problem) => {
    const file = await saved(bytes, ".png")
    const { kind, problems } = await refusal(readPng(file))
    expect(kind).toBe("data")
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatchObject({ file })
    for (const [field, value] of Object.entries(problem))
      expect(problems[0]![field as keyof (typeof problems)[0]]).toMatch(value)
  })

  it("each with the text that says what is wrong, where, what was expected, found, and how to mend it", async () => {
    const told = await Promise.all(
      refused.map(async ([what, bytes]) => {
        const file = await saved(bytes, ".png")
        return `# ${what}\n${renderProblems((await refusal(readPng(file))).problems)}`.replace(file, "x.png")
      }),
    )
    await expect(`${told.join("\n\n")}\n`).toMatchFileSnapshot("../../fixtures/refusals/png.txt")
  })

  it("several wrong fields at once", async () => {
    const { problems } = await refusal(readPng(await saved(png(ihdr(0, 0, 3, 0, [1, 0, 0])), ".png")))
    expect(problems.map(({ found }) => found)).toEqual([
      "0 x 0 pixels",
      "bit depth 3, colour type 0",
      "compression 1, filter 0, interlace 0",
    ])
  })

  it("a file of more than 2^30 bytes", async () => {
    const file = await saved(good, ".png")
    await truncate(file, 2 ** 30 + 1)
    expect((await refusal(readPng(file))).problems).toEqual([
      {
        message: "the file is larger than losslab reads",
        file,
        expected: "at most 1073741824 bytes",
        found: "1073741825 bytes",
      },
    ])
  })

  it("pixels that cannot be unpacked, with the cause", async () => {
    const packed = deflateSync(Uint8Array.of(0, 1))
    for (const [content, code] of [
      [deflateSync(new Uint8Array(3)), "ERR_BUFFER_TOO_LARGE"],
      [packed.subarray(0, -4), "Z_BUF_ERROR"],
      [flipped(packed, 9), "Z_DATA_ERROR"],
    ] as const) {
      const file = await saved(png(ihdr(1, 1), chunk("IDAT", content)), ".png")
      expect((await refusal(readPng(file))).cause).toMatchObject({ code })
    }
  })

  it("a folder and a missing file", async () => {
    await mkdir(join(folder(), "folder.png"))
    expect((await refusal(readPng(join(folder(), "folder.png")))).problems[0]!.found).toBe("it is a folder")
    expect((await refusal(readPng(join(folder(), "none.png")))).problems[0]!.message).toBe(
      "there is no such file",
    )
  })
})

describe("readPng under mutation", () => {
  const bytes = png(ihdr(3, 3, 4, 3), palette, idat(0, 0, 0, 0, 0, 0, 0, 0, 0))
  const mutation = fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 })
  test.prop([mutation])("ends in the image or a Failure", async (changes) => {
    const changed = bytes.slice()
    for (const [at, value] of changes) changed[at] = value
    const outcome = await readPng(await saved(changed, ".png")).catch((error: unknown) => error)
    // Every byte is under a checksum.
    if (!(outcome instanceof Failure)) expect(changed).toEqual(bytes)
  })
})
