import { mkdir, symlink } from "node:fs/promises"
import { join } from "node:path"
import { gzipSync } from "node:zlib"
import { describe, expect, it } from "vitest"
import { spacingAffine } from "../../../src/data/nifti/orientation.ts"
import { readNifti, readNiftiHeader } from "../../../src/data/nifti/readNifti.ts"
import { writeNifti } from "../../../src/data/nifti/writeNifti.ts"
import { refusal } from "../support/refusal.ts"
import { changed, good, useFiles } from "./goodFile.ts"

const { folder, saved } = useFiles()

const fields: readonly [string, string, (view: DataView) => void][] = [
  ["dim[0] = 9", "dim[0]", (view) => view.setInt16(40, 9, true)],
  ["dim[0] = 0", "dim[0]", (view) => view.setInt16(40, 0, true)],
  ["dim[0] = 1, a line", "dim", (view) => view.setInt16(40, 1, true)],
  ["a side of 0", "dim", (view) => view.setInt16(44, 0, true)],
  ["a negative side", "dim", (view) => view.setInt16(44, -3, true)],
  ["32767 cubed voxels", "dim", (view) => [42, 44, 46].forEach((at) => void view.setInt16(at, 32767, true))],
  [
    "two time points",
    "dim",
    (view) => {
      view.setInt16(40, 4, true)
      view.setInt16(48, 2, true)
    },
  ],
  ["an unknown datatype", "datatype", (view) => view.setInt16(70, 999, true)],
  ["RGB", "datatype", (view) => view.setInt16(70, 128, true)],
  ["complex", "datatype", (view) => view.setInt16(70, 32, true)],
  ["float128", "datatype", (view) => view.setInt16(70, 1536, true)],
  ["a false bitpix", "bitpix", (view) => view.setInt16(72, 8, true)],
  ["vox_offset < 352", "vox_offset", (view) => view.setFloat32(108, 348, true)],
  ["vox_offset NaN", "vox_offset", (view) => view.setFloat32(108, Number.NaN, true)],
  ["vox_offset past the end of all files", "vox_offset", (view) => view.setFloat32(108, 1e9, true)],
  ["a spacing of 0", "pixdim", (view) => view.setFloat32(80, 0, true)],
  ["a negative spacing", "pixdim", (view) => view.setFloat32(84, -1, true)],
  ["a spacing of NaN", "pixdim", (view) => view.setFloat32(84, Number.NaN, true)],
  [
    "another spacing in the sform",
    "pixdim; srow_x, srow_y, srow_z",
    (view) => view.setFloat32(80, 1.1, true),
  ],
  ["an sform with NaN", "srow_x, srow_y, srow_z", (view) => view.setFloat32(280, Number.NaN, true)],
  ["a singular sform", "srow_x, srow_y, srow_z", (view) => view.setFloat32(280, 0, true)],
  ["a quaternion too long", "quatern_b, quatern_c, quatern_d", (view) => view.setFloat32(256, 2, true)],
  ["a flip between sform and qform", "sform_code, qform_code", (view) => view.setFloat32(280, -1, true)],
  ["a unit that is none", "xyzt_units", (view) => view.setUint8(123, 5)],
  [
    "a slope without an intercept",
    "scl_slope, scl_inter",
    (view) => {
      view.setFloat32(112, 2, true)
      view.setFloat32(116, Number.NaN, true)
    },
  ],
  [
    "an infinite slope",
    "scl_slope, scl_inter",
    (view) => view.setFloat32(112, Number.POSITIVE_INFINITY, true),
  ],
]

describe("readNifti refuses", () => {
  it.each(fields)("%s", async (_, path, change) => {
    const file = await saved(changed(change))
    const { kind, problems } = await refusal(readNifti(file))
    expect(kind).toBe("data")
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatchObject({ file, path })
    expect(await refusal(readNiftiHeader(file))).toMatchObject({ problems: [{ path }] })
  })

  it("several wrong fields at once, each with its own problem", async () => {
    const bytes = changed((view) => {
      view.setInt16(70, 128, true)
      view.setFloat32(80, 0, true)
      view.setFloat32(108, 3, true)
    })
    const { problems } = await refusal(readNifti(await saved(bytes)))
    expect(problems.map(({ path }) => path)).toEqual(["datatype", "pixdim", "vox_offset"])
    expect(problems[0]!.fix).toMatch(/^convert it with nibabel/)
  })

  it("a volume that is too large only after scaling", async () => {
    const sized = (slope: number) =>
      changed((view) => {
        // 2048 cubed / 4 = 2 GiB of uint8, 8 GiB of float32.
        ;[2048, 2048, 512].forEach((side, axis) => void view.setInt16(42 + 2 * axis, side, true))
        view.setInt16(70, 2, true)
        view.setInt16(72, 8, true)
        view.setFloat32(112, slope, true)
      })
    const { problems } = await refusal(readNiftiHeader(await saved(sized(2))))
    expect(problems).toMatchObject([
      {
        message: "the volume is larger than losslab reads",
        path: "dim",
        found: "2048 x 2048 x 512 voxels, 2147483648 bytes, 8589934592 after scaling",
      },
    ])
    const unscaled = await refusal(readNiftiHeader(await saved(sized(1))))
    expect(unscaled.problems[0]!.message).toBe("the file is not as long as its header says")
  })

  it.each([
    ["a file cut short", good.subarray(0, good.length - 1), ".nii", /not as long/],
    ["a file with more behind", Buffer.concat([good, new Uint8Array(1)]), ".nii", /not as long/],
    ["a header alone", good.subarray(0, 348), ".nii", /not as long/],
    ["half a header", good.subarray(0, 200), ".nii", /not a NIfTI/],
    ["an empty file", new Uint8Array(0), ".nii", /not a NIfTI/],
    ["a text", Buffer.from("hello ".repeat(100)), ".nii", /not a NIfTI/],
    ["compressed voxels cut short", gzipSync(good.subarray(0, good.length - 1)), ".nii.gz", /not as long/],
    ["compressed voxels with more behind", gzipSync(Buffer.concat([good, good])), ".nii.gz", /not as long/],
    [
      "1000 joined compressed copies",
      Buffer.concat(Array(1000).fill(gzipSync(good))),
      ".nii.gz",
      /not as long/,
    ],
    ["a bomb", gzipSync(Buffer.concat([good, new Uint8Array(2e7)])), ".nii.gz", /not as long/],
    ["a compressed file cut short", gzipSync(good).subarray(0, -9), ".nii.gz", /ends too early/],
    ["garbage behind", Buffer.concat([gzipSync(good), Buffer.from("garbage")]), ".nii.gz", /damaged/],
    ["a plain file named .gz", good, ".nii.gz", /named .gz and is not compressed/],
    ["a compressed file not named .gz", gzipSync(good), ".nii", /compressed and is not named .gz/],
    ["another extension", good, ".img", /name is not that of a NIfTI/],
  ])("%s", async (_, bytes, extension, message) => {
    const { kind, problems } = await refusal(readNifti(await saved(bytes, extension)))
    expect(kind).toBe("data")
    expect(problems[0]!.message).toMatch(message)
  })

  it("a flipped bit of the checksum", async () => {
    const bytes = gzipSync(good)
    bytes[bytes.length - 8]! ^= 1
    const { problems } = await refusal(readNifti(await saved(bytes, ".nii.gz")))
    expect(problems[0]).toMatchObject({
      message: "the compressed data are damaged",
      found: "incorrect data check",
    })
  })

  it("damage among the voxels, with what should be there and how far it came", async () => {
    const packed = writeNifti(
      {
        geometry: { shape: [1000, 1000, 2], spacingMm: [1, 1, 1], affine: spacingAffine([1, 1, 1]) },
        datatype: "uint8",
        voxels: new Uint8Array(2e6),
      },
      { gzip: true },
    )
    for (const [bytes, found] of [
      [packed.subarray(0, packed.length - 9), /^unexpected end of file, after at least (\d+) bytes$/],
      [
        packed.with(packed.length - 8, packed.at(-8)! ^ 1),
        /^incorrect data check, after at least (\d+) bytes$/,
      ],
    ] as const) {
      const { problems } = await refusal(readNifti(await saved(bytes, ".nii.gz")))
      expect(problems[0]).toMatchObject({
        path: "voxels",
        expected: "2000352 bytes: 1000 x 1000 x 2 voxels of uint8 after 352 bytes",
        found: expect.stringMatching(found),
      })
      // What it says was reached was: no more than there is, and most of it.
      const reached = Number(found.exec(problems[0]!.found!)![1])
      expect(reached).toBeGreaterThan(1e6)
      expect(reached).toBeLessThanOrEqual(2000352)
    }
  })

  it("a series of volumes without a choice, and names the option that chooses", async () => {
    const bytes = changed((view) => {
      view.setInt16(40, 4, true)
      view.setInt16(48, 2, true)
    })
    const { problems } = await refusal(readNifti(await saved(bytes)))
    expect(problems[0]!.fix).toMatch(/choose one of the 2 images by load\.source\.channel/)
  })

  it("damage in a channel that was not chosen", async () => {
    const series = new Uint8Array([...good, ...good.subarray(352)])
    const view = new DataView(series.buffer)
    view.setInt16(40, 4, true)
    view.setInt16(48, 2, true)
    expect((await readNifti(await saved(series), 1)).voxels).toHaveLength(24)
    for (const [bytes, found] of [
      [series.subarray(0, -1), "543 bytes"],
      [Buffer.concat([series, new Uint8Array(1)]), "more bytes"],
    ] as const)
      for (const channel of [0, 1]) {
        const { problems } = await refusal(readNifti(await saved(gzipSync(bytes), ".nii.gz"), channel))
        expect(problems).toMatchObject([
          {
            message: "the file is not as long as its header says",
            expected: "544 bytes: 4 x 3 x 2 x 2 voxels of float32 after 352 bytes",
            found,
          },
        ])
      }
    // Only the chosen channel must be finite.
    view.setFloat32(352, Number.NaN, true)
    expect((await readNifti(await saved(series), 1)).voxels).toHaveLength(24)
    await refusal(readNifti(await saved(series), 0))
  })

  it("the header half of a pair, and an ANALYZE header", async () => {
    const pair = changed((view) => view.setUint8(345, "i".charCodeAt(0)))
    expect((await refusal(readNifti(await saved(pair)))).problems[0]!.found).toMatch(/\.hdr\/\.img pair/)
    const analyze = changed((view) => view.setUint32(344, 0))
    expect((await refusal(readNifti(await saved(analyze)))).problems[0]!.fix).toMatch(/ANALYZE/)
  })

  it("voxels that are not finite, with how many and where the first is", async () => {
    const bytes = changed((view) => {
      view.setFloat32(352 + 4 * 17, Number.NaN, true)
      view.setFloat32(352 + 4 * 20, Number.POSITIVE_INFINITY, true)
    })
    const { problems } = await refusal(readNifti(await saved(bytes)))
    // 17 = 1 + 4 * (1 + 3 * 1)
    expect(problems[0]!.found).toBe("2 such voxels, the first at [1, 1, 1]: NaN")
  })

  it("64-bit integers that are not exact here", async () => {
    const bytes = new Uint8Array(352 + 8 * 24)
    bytes.set(good.subarray(0, 352))
    const view = new DataView(bytes.buffer)
    view.setInt16(70, 1024, true)
    view.setInt16(72, 64, true)
    expect([...(await readNifti(await saved(bytes))).voxels]).toEqual(Array(24).fill(0))
    view.setBigInt64(352 + 8 * 5, 2n ** 53n + 1n, true)
    expect((await refusal(readNifti(await saved(bytes)))).problems[0]!.found).toMatch(/first at \[1, 1, 0\]/)
  })

  it.each([
    [".NII.GZ", /^rename it/],
    [".Nii", /^rename it/],
    [".IMG", /^join the .hdr\/.img pair/],
    [".nrrd", /^convert/],
  ])("a name that ends in %s, with what to do about it", async (extension, fix) => {
    const { problems } = await refusal(readNifti(await saved(good, extension)))
    expect(problems[0]!.message).toBe("the name is not that of a NIfTI file")
    expect(problems[0]!.fix).toMatch(fix)
  })

  it("a missing file, a folder, a link to nothing", async () => {
    await mkdir(join(folder(), "folder"))
    await mkdir(join(folder(), "folder.nii"))
    await symlink(join(folder(), "nowhere"), join(folder(), "link.nii"))
    for (const [name, problem] of [
      ["missing.nii", { message: "there is no such file" }],
      ["link.nii", { message: "there is no such file" }],
      ["folder.nii", { message: "the file cannot be read", found: "it is a folder" }],
      ["folder", { message: "the file cannot be read", found: "it is a folder" }],
    ] as const)
      expect(await refusal(readNifti(join(folder(), name)))).toMatchObject({
        kind: "data",
        problems: [problem],
      })
  })
})
