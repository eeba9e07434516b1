import { readFile } from "node:fs/promises"
import { fc, test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import { readNpy, writeNpy } from "../../../src/data/files/npy.ts"
import { Failure } from "../../../src/failure/failure.ts"
import { emptyFolder, refusal } from "../support/refusal.ts"

interface Fixture {
  readonly cases: readonly { name: string; base64: string; shape: number[]; values: number[] }[]
  readonly objects: string
}

const fixture = JSON.parse(
  await readFile(new URL("../../fixtures/npy.json", import.meta.url), "utf8"),
) as Fixture
const bytesOfText = (base64: string) => new Uint8Array(Buffer.from(base64, "base64"))

describe("readNpy", () => {
  it.each(fixture.cases)("reads what numpy saved: $name", async ({ base64, shape, values }) => {
    const array = await readNpy(bytesOfText(base64))
    expect(array.shape).toEqual(shape)
    expect([...array.data]).toEqual(values)
  })

  it("refuses objects, which numpy would run", async () => {
    const { problems } = await refusal(readNpy(bytesOfText(fixture.objects)))
    expect(problems[0]).toMatchObject({ message: "the type of the elements is not supported", found: "|O" })
  })

  it("refuses a missing file by its name", async () => {
    const { problems } = await refusal(readNpy("/nowhere/x.npy"))
    expect(problems[0]).toMatchObject({ message: "there is no such file", file: "/nowhere/x.npy" })
  })

  it("says of a folder that it is one", async () => {
    const { problems } = await refusal(readNpy(await emptyFolder()))
    expect(problems[0]).toMatchObject({ message: "the file cannot be read", found: "it is a folder" })
  })

  const good = writeNpy({ shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) })

  it("refuses bytes that are missing or too many", async () => {
    for (const bytes of [good.subarray(0, good.length - 1), Buffer.concat([good, new Uint8Array(1)])])
      expect((await refusal(readNpy(bytes))).problems[0]!.message).toBe(
        "the file is not as long as its header says",
      )
  })

  test.prop([fc.nat(good.length - 1), fc.nat(255)])("ends in an array or a Failure", async (at, value) => {
    const bytes = good.slice()
    bytes[at] = value
    const outcome = await readNpy(bytes).catch((error: unknown) => error)
    if (!(outcome instanceof Failure)) expect(outcome).toHaveProperty("data")
  })
})

describe("writeNpy", () => {
  it("aligns the data to 64 bytes and writes numpy's header", () => {
    const bytes = writeNpy({ shape: [3], data: Float64Array.of(1, 2, 3) })
    expect(bytes.length).toBe(128 + 24)
    expect(new TextDecoder().decode(bytes.subarray(10, 128)).trimEnd()).toBe(
      "{'descr': '<f8', 'fortran_order': False, 'shape': (3,), }",
    )
  })

  it("refuses data that do not follow the shape", () => {
    expect(() => writeNpy({ shape: [4], data: new Uint8Array(3) })).toThrow(RangeError)
  })

  test.prop([fc.integer({ min: 0, max: 4 }), fc.float32Array({ minLength: 4, maxLength: 4 })])(
    "comes back",
    async (extra, four) => {
      const data = Float32Array.from({ length: 4 + 4 * extra }, (_, i) => four[i % 4]!)
      const array = await readNpy(writeNpy({ shape: [1 + extra, 2, 2], data }))
      expect(array).toEqual({ dtype: "f4", shape: [1 + extra, 2, 2], data })
    },
  )
})
