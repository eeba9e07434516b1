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
/** What writeNpy makes of three numbers, with one byte replaced. */
const good = (at: number, value: number) =>
  writeNpy({ shape: [3], data: Float64Array.of(1, 2, 3) }).with(at, value)

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
    expect(problems).toEqual([
      { message: "there is no such file", file: "/nowhere/x.npy", fix: "check the path" },
    ])
    // A file where the path has a folder.
    const { problems: others } = await refusal(readNpy("/dev/null/x.npy"))
    expect(others).toMatchObject([
      { message: "the file cannot be read", found: expect.stringContaining("ENOTDIR") },
    ])
  })

  it("says of a folder that it is one", async () => {
    const { problems } = await refusal(readNpy(await emptyFolder()))
    expect(problems[0]).toMatchObject({ message: "the file cannot be read", found: "it is a folder" })
  })

  const whole = writeNpy({ shape: [2, 3], data: Float32Array.of(1, 2, 3, 4, 5, 6) })

  it("refuses bytes that are missing or too many", async () => {
    for (const bytes of [whole.subarray(0, whole.length - 1), Buffer.concat([whole, new Uint8Array(1)])])
      expect((await refusal(readNpy(bytes))).problems[0]!.message).toBe(
        "the file is not as long as its header says",
      )
  })

  test.prop([fc.nat(whole.length - 1), fc.nat(255)])("ends in an array or a Failure", async (at, value) => {
    const bytes = whole.slice()
    bytes[at] = value
    const outcome = await readNpy(bytes).catch((error: unknown) => error)
    if (!(outcome instanceof Failure)) expect(outcome).toHaveProperty("data")
  })
})

/** A file put together by hand: the header as it is given, then the data. */
const file = (header: string, data: Uint8Array, version = 1): Uint8Array => {
  const text = Buffer.from(header)
  const length = Buffer.alloc(version === 1 ? 2 : 4)
  if (version === 1) length.writeUInt16LE(text.length)
  else length.writeUInt32LE(text.length)
  return new Uint8Array(
    Buffer.concat([Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, version, 0), length, text, data]),
  )
}
const header = (descr: string, shape: string, fortran = "False") =>
  `{'descr': '${descr}', 'fortran_order': ${fortran}, 'shape': (${shape}), }`
const bytesOf = (array: ArrayBufferView) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength)

describe("readNpy, put together by hand", () => {
  it("reads every version, however long the header", async () => {
    for (const version of [1, 2, 3])
      for (const blanks of [0, 1, 300]) {
        const bytes = file(header("|u1", "2,") + " ".repeat(blanks), Uint8Array.of(7, 8), version)
        expect(await readNpy(bytes)).toEqual({ dtype: "u1", shape: [2], data: Uint8Array.of(7, 8) })
      }
    const long = file(header("|u1", "1,") + " ".repeat(70_000), Uint8Array.of(7), 2)
    expect((await readNpy(long)).data).toEqual(Uint8Array.of(7))
    expect((await readNpy(file(header("|u1", ""), Uint8Array.of(7)))).shape).toEqual([])
  })

  it("reads an array of nothing", async () => {
    const empty = { dtype: "f4", shape: [0, 3], data: new Float32Array(0) }
    expect(await readNpy(file(header("<f4", "0, 3"), new Uint8Array(0)))).toEqual(empty)
  })

  it("shows the first 200 letters of a header that is none", async () => {
    const text = Array.from({ length: 60 }, (_, i) => `<${i}>`).join("")
    expect((await refusal(readNpy(file(text, new Uint8Array(0))))).problems[0]!.found).toBe(
      `the header ${text.slice(0, 200)}`,
    )
  })

  it("goes by the byte order, and by this machine's where the file does", async () => {
    const values = Uint16Array.of(1, 258)
    for (const [descr, data] of [
      ["<u2", Uint8Array.of(1, 0, 2, 1)],
      [">u2", Uint8Array.of(0, 1, 1, 2)],
      ["=u2", bytesOf(values)],
    ] as const)
      expect((await readNpy(file(header(descr, "2,"), data))).data).toEqual(values)
  })

  it("puts Fortran's order, the first axis fastest, into C's", async () => {
    // [2, 3, 2]: the element at [i, j, k] is i + 2 j + 6 k in the file.
    const data = Uint8Array.from({ length: 12 }, (_, i) => i)
    const { data: found } = await readNpy(file(header("|u1", "2, 3, 2", "True"), data))
    expect([...found]).toEqual([0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11])
  })

  it("reads 64-bit integers below 2^53 in size, and refuses others with their place", async () => {
    const limit = 2n ** 53n
    const read = (descr: string, values: BigInt64Array | BigUint64Array) =>
      readNpy(file(header(descr, `${values.length},`), bytesOf(values)))
    expect([...(await read("<i8", BigInt64Array.of(limit - 1n, 1n - limit, -3n))).data]).toEqual([
      2 ** 53 - 1,
      1 - 2 ** 53,
      -3,
    ])
    expect([...(await read("<u8", BigUint64Array.of(limit - 1n))).data]).toEqual([2 ** 53 - 1])
    for (const [descr, values, found] of [
      ["<i8", BigInt64Array.of(limit, 0n), "9007199254740992 at 0"],
      ["<i8", BigInt64Array.of(0n, -limit), "-9007199254740992 at 1"],
      ["<u8", BigUint64Array.of(1n, 2n, limit), "9007199254740992 at 2"],
    ] as const)
      expect(await refusal(read(descr, values))).toMatchObject({
        kind: "data",
        problems: [
          {
            message: "integers in the file are too large to be exact",
            expected: "integers below 2^53 in size",
            found,
          },
        ],
      })
  })

  it.each<[string, Uint8Array, string]>([
    ["fewer than 12 bytes", file("", new Uint8Array(1)), "11 bytes with another beginning"],
    ["another first word", good(0, 0x92), "152 bytes with another beginning"],
    ["another second word", good(5, 0x58), "152 bytes with another beginning"],
    ["version 0", good(6, 0), "version 0"],
    ["version 4", good(6, 4), "version 4"],
    [
      "a header that is longer than the file",
      file(header("|u1", "2,"), new Uint8Array(0)).subarray(0, -1),
      "a header longer than the file",
    ],
    ["a header that is none", file("{'descr': 1}", new Uint8Array(0)), "the header {'descr': 1}"],
    [
      "sides whose product is not exact",
      file(header("|u1", "4503599627370496, 2"), new Uint8Array(0)),
      "the shape (4503599627370496, 2)",
    ],
  ])("refuses %s", async (_, bytes, found) => {
    expect((await refusal(readNpy(bytes))).problems).toEqual([
      {
        message: "the file is not a .npy array",
        expected: "what numpy.save writes",
        found,
        fix: "save it with numpy: numpy.save('x.npy', array)",
      },
    ])
  })

  it("refuses types that it does not read, and lengths that the header does not say", async () => {
    for (const descr of ["<c8", "u1", "<f2", "|O", "<toString"])
      expect((await refusal(readNpy(file(header(descr, "1,"), new Uint8Array(8))))).problems).toEqual([
        {
          message: "the type of the elements is not supported",
          expected: "f4, f8, i1, i2, i4, i8, u1, u2, u4, u8, b1",
          found: descr,
          fix: "convert it with numpy: numpy.save('x.npy', array.astype('float32'))",
        },
      ])
    const bytes = file(header("<f4", "2, 3"), new Uint8Array(20))
    expect((await refusal(readNpy(bytes))).problems).toEqual([
      {
        message: "the file is not as long as its header says",
        expected: `${bytes.length + 4} bytes: [2, 3] of f4`,
        found: `${bytes.length} bytes`,
        fix: "copy or download the file again; if it stays so, save it again",
      },
    ])
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

  it("begins the data at a multiple of 64, behind a line's end, whatever the length of the header", () => {
    for (let sides = 1; sides < 40; sides++) {
      const bytes = writeNpy({ shape: Array(sides).fill(1), data: Uint8Array.of(9) })
      expect((bytes.length - 1) % 64).toBe(0)
      expect([...bytes.subarray(-2)]).toEqual([0x0a, 9])
      const text = new TextDecoder().decode(bytes.subarray(10, -2))
      expect(text).toMatch(/^\{.*\} *$/)
      // No more blanks than it takes.
      expect(text.length - text.trimEnd().length).toBeLessThan(64)
    }
  })

  it("names each type as numpy does", async () => {
    for (const [data, dtype, descr] of [
      [Uint8Array.of(1), "u1", "|u1"],
      [Float32Array.of(0.5), "f4", "<f4"],
      [Float64Array.of(0.1), "f8", "<f8"],
    ] as const) {
      const bytes = writeNpy({ shape: [1], data })
      expect(new TextDecoder().decode(bytes.subarray(10, 40))).toContain(`'descr': '${descr}'`)
      expect(await readNpy(bytes)).toEqual({ dtype, shape: [1], data })
    }
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
