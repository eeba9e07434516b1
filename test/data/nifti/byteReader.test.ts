import { truncateSync } from "node:fs"
import { gzipSync } from "node:zlib"
import { describe, expect, it } from "vitest"
import { openBytes } from "../../../src/data/nifti/byteReader.ts"
import { useFolder } from "../../support/folder.ts"
import { refusal } from "../support/refusal.ts"

const write = useFolder()

const part = { path: "voxels", expected: "a thousand bytes" }
/** A thousand bytes that do not compress. */
const bytes = Uint8Array.from({ length: 1000 }, (_, i) => ((i * i * 7919) % 65537) & 255)
const problemsOf = async (file: string) => {
  const { kind, problems } = await refusal(openBytes(file))
  expect(kind).toBe("data")
  return problems
}

describe("openBytes", () => {
  it("gives the bytes front to back, plain or compressed, and says when no more come", async () => {
    write("a.nii", bytes)
    write("a.nii.gz", gzipSync(bytes))
    for (const file of ["a.nii", "a.nii.gz"]) {
      const reader = await openBytes(file)
      const [first, second] = [new Uint8Array(10), new Uint8Array(985)]
      expect(await reader.fill(first, part)).toBe(10)
      expect(await reader.fill(second, part)).toBe(985)
      expect([...first, ...second]).toEqual([...bytes.subarray(0, 995)])
      const last = new Uint8Array(10)
      expect(await reader.fill(last, part)).toBe(5)
      expect([...last]).toEqual([...bytes.subarray(995), 0, 0, 0, 0, 0])
      expect(await reader.fill(last, part)).toBe(0)
      expect(await reader.fill(new Uint8Array(0), part)).toBe(0)
      await reader.close()
    }
  })

  it("knows how many bytes there can be: as many as the file has, or 1032 times as many", async () => {
    write("a.nii", bytes)
    const packed = gzipSync(bytes)
    write("a.nii.gz", packed)
    for (const [file, most] of [
      ["a.nii", 1000],
      ["a.nii.gz", 1032 * packed.length],
    ] as const) {
      const reader = await openBytes(file)
      expect(reader.most).toBe(most)
      await reader.close()
    }
  })

  it("refuses a file that is not what its name says", async () => {
    expect(await problemsOf(write("a.nii.gz", bytes))).toEqual([
      {
        file: "a.nii.gz",
        message: "the file is named .gz and is not compressed",
        fix: "rename it to .nii, or compress it: gzip x.nii",
      },
    ])
    expect(await problemsOf(write("a.nii", gzipSync(bytes)))).toEqual([
      { file: "a.nii", message: "the file is compressed and is not named .gz", fix: "rename it to .nii.gz" },
    ])
    // One byte of gzip's signature is not the signature.
    expect(await problemsOf(write("b.nii.gz", Uint8Array.of(0x1f)))).toMatchObject([
      { message: "the file is named .gz and is not compressed" },
    ])
    const short = await openBytes(write("b.nii", Uint8Array.of(0x1f)))
    expect(short.most).toBe(1)
    await short.close()
  })

  it.each([
    ["a.NII", "rename it, so that the ending is in small letters"],
    ["a.nii.GZ", "rename it, so that the ending is in small letters"],
    [
      "a.hdr",
      "join the .hdr/.img pair into one file with nibabel: nibabel.save(nibabel.load('x.hdr'), 'x.nii.gz')",
    ],
    [
      "a.IMG.gz",
      "join the .hdr/.img pair into one file with nibabel: nibabel.save(nibabel.load('x.hdr'), 'x.nii.gz')",
    ],
    ["a.nii.bz2", "convert the file with the program that made it, or with nibabel"],
  ])("refuses the name %s, with what to do", async (name, fix) => {
    expect(await problemsOf(write(name, bytes))).toEqual([
      {
        file: name,
        message: "the name is not that of a NIfTI file",
        expected: "a name that ends in .nii or .nii.gz",
        fix,
      },
    ])
  })

  it("says of damage what was being read, how far it came, and what to do", async () => {
    const fix = "copy or download the file again, and compare its checksum with the original's"
    const read = async (file: string) => {
      const reader = await openBytes(file)
      const { kind, problems } = await refusal(async () => {
        for (let i = 0; i < 4; i++) await reader.fill(new Uint8Array(300), part)
      })
      await reader.close()
      expect(kind).toBe("data")
      return problems
    }
    const packed = gzipSync(bytes)
    write("a.nii.gz", packed)
    truncateSync("a.nii.gz", packed.length - 4)
    expect(await read("a.nii.gz")).toEqual([
      {
        file: "a.nii.gz",
        message: "the compressed file ends too early",
        ...part,
        found: expect.stringMatching(/^unexpected end of file(, after at least (300|600|900|1000) bytes)?$/),
        fix,
      },
    ])
    // Cut within gzip's own header, nothing has come.
    truncateSync("a.nii.gz", 11)
    expect(await read("a.nii.gz")).toMatchObject([{ found: "unexpected end of file" }])
    write("b.nii.gz", packed.with(12, packed[12]! ^ 0xff).with(10, 0xff))
    expect(await read("b.nii.gz")).toMatchObject([
      { message: "the compressed data are damaged", ...part, fix },
    ])
  })
})
