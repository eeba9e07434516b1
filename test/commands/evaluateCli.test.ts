import { describe, expect, it } from "vitest"
import { drawn } from "../scoring/drawn.ts"
import { cli } from "../support/cli.ts"
import { useFolder } from "../support/folder.ts"

const write = useFolder()
const evaluate = (...words: readonly string[]) =>
  cli(process.cwd(), ["evaluate", "--predictions", "p", "--reference", "r", ...words])

describe("losslab evaluate", () => {
  it("prints one object with --json, in threads as without", async () => {
    // 2 x 257 x 128 x 64 voxels are worth threads.
    const slice = Array.from({ length: 128 }, (_, row) => (row < 64 ? "#" : ".").repeat(64))
    const large = drawn(Array.from({ length: 257 }, () => slice))
    for (const name of ["a", "b"]) {
      write(`p/${name}.nii`, large)
      write(`r/${name}.nii`, large)
    }
    const { code, stdout, stderr } = await evaluate("--json", "--jobs", "2", "--metrics", "dice")
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" })
    expect(JSON.parse(stdout).cases).toMatchObject([
      { case: "a", dice: 1, hd95: null },
      { case: "b", dice: 1, hd95: null },
    ])
  })

  it("prints problems of the data as one object, with exit code 3", async () => {
    write("p/a.nii", drawn([["#.."]]))
    write("r/a.nii", drawn([["#."]]))
    write("r/b.nii", drawn([["#."]]))
    const { code, stdout, stderr } = await evaluate("--json")
    expect({ code, stdout }).toEqual({ code: 3, stdout: "" })
    expect(JSON.parse(stderr).problems).toMatchObject([
      { message: "1 reference has no prediction", found: "none for b" },
      { message: "prediction and reference differ in shape", path: "case a" },
    ])
  })

  it("refuses options as a usage error, with exit code 2", async () => {
    const { code, stderr } = await evaluate("--hd95", "median")
    expect(code).toBe(2)
    expect(stderr).toContain("pooled")
  })
})
