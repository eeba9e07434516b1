import { createHash } from "node:crypto"
import { fc, test } from "@fast-check/vitest"
import { describe, expect, it } from "vitest"
import {
  decodeSafetensors,
  encodeSafetensors,
  type SafetensorsArray,
} from "../../../src/data/files/safetensors.ts"
import { Failure } from "../../../src/failure/failure.ts"
import { renderProblems } from "../../../src/failure/renderProblem.ts"
import { refusal } from "../support/refusal.ts"

/** A file put together by hand. */
const file = (header: unknown, data: Uint8Array = new Uint8Array(0)): Uint8Array => {
  const text = Buffer.from(typeof header === "string" ? header : JSON.stringify(header))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(text.length))
  return new Uint8Array(Buffer.concat([length, text, data]))
}

const message = async (bytes: Uint8Array): Promise<string> => {
  const failure = await refusal(() => decodeSafetensors(bytes, "weights.safetensors"))
  expect(failure.kind).toBe("data")
  expect(failure.problems[0]!.file).toBe("weights.safetensors")
  return failure.message
}

const u8 = (start: number, stop: number, shape = [stop - start]) => ({
  dtype: "U8",
  shape,
  data_offsets: [start, stop],
})

describe("encodeSafetensors", () => {
  it("writes the length, the header padded to 8 bytes, then the data", () => {
    const bytes = encodeSafetensors({ a: { dtype: "U8", shape: [3], data: Uint8Array.of(7, 8, 9) } })
    const length = Number(Buffer.from(bytes).readBigUInt64LE())
    expect(length % 8).toBe(0)
    expect([...bytes.subarray(8 + length)]).toEqual([7, 8, 9])
    expect(JSON.parse(Buffer.from(bytes.subarray(8, 8 + length)).toString())).toEqual({
      __metadata__: {
        sha256: createHash("sha256")
          .update(Uint8Array.of(7, 8, 9))
          .digest("hex"),
      },
      a: { dtype: "U8", shape: [3], data_offsets: [0, 3] },
    })
  })

  it("pads the header with as few blanks as it takes", () => {
    const seen = new Set<number>()
    for (let letters = 1; letters <= 16; letters++) {
      const bytes = encodeSafetensors({}, { text: "x".repeat(letters) })
      const text = Buffer.from(bytes.subarray(8)).toString()
      expect(text).toMatch(/\} *$/)
      expect(text.length % 8).toBe(0)
      seen.add(text.length - text.trimEnd().length)
    }
    expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  })

  it("has the metadata by their names, as the arrays", () => {
    const text = Buffer.from(encodeSafetensors({}, { b: "1", z: "2", a: "3" })).toString()
    expect(text.match(/"\w+":"/g)).toEqual(['"a":"', '"b":"', '"sha256":"', '"z":"'])
  })

  it("gives the same bytes in whatever order the arrays come", () => {
    const a: SafetensorsArray = { dtype: "U8", shape: [1], data: Uint8Array.of(1) }
    const b: SafetensorsArray = { dtype: "F32", shape: [1], data: Float32Array.of(2) }
    expect(encodeSafetensors({ a, b }, { x: "1", y: "2" })).toEqual(
      encodeSafetensors({ b, a }, { y: "2", x: "1" }),
    )
  })

  it("puts the widest elements first, those of one width by name, so that every array is aligned", () => {
    const bytes = encodeSafetensors({
      b: { dtype: "U8", shape: [1], data: Uint8Array.of(1) },
      e: { dtype: "F32", shape: [1], data: Float32Array.of(2) },
      a: { dtype: "U8", shape: [2], data: Uint8Array.of(3, 4) },
      d: { dtype: "F64", shape: [], data: Float64Array.of(5) },
      c: { dtype: "I32", shape: [1, 1], data: Int32Array.of(6) },
    })
    const length = Number(Buffer.from(bytes).readBigUInt64LE())
    const { __metadata__: _, ...entries } = JSON.parse(Buffer.from(bytes.subarray(8, 8 + length)).toString())
    expect(Object.entries(entries)).toEqual([
      ["d", { dtype: "F64", shape: [], data_offsets: [0, 8] }],
      ["c", { dtype: "I32", shape: [1, 1], data_offsets: [8, 12] }],
      ["e", { dtype: "F32", shape: [1], data_offsets: [12, 16] }],
      ["a", { dtype: "U8", shape: [2], data_offsets: [16, 18] }],
      ["b", { dtype: "U8", shape: [1], data_offsets: [18, 19] }],
    ])
  })

  it("refuses an array that does not follow its shape or dtype", () => {
    expect(() => encodeSafetensors({ a: { dtype: "U8", shape: [2], data: new Uint8Array(3) } })).toThrow(
      RangeError,
    )
    expect(() => encodeSafetensors({ a: { dtype: "F32", shape: [3], data: new Uint8Array(3) } })).toThrow(
      RangeError,
    )
  })

  const types = { F32: Float32Array, F64: Float64Array, I32: Int32Array, U8: Uint8Array }
  const array = fc
    .record({
      dtype: fc.constantFrom("F32", "F64", "I32", "U8"),
      shape: fc.array(fc.nat(3), { maxLength: 3 }),
    })
    .map(({ dtype, shape }): SafetensorsArray => {
      const length = shape.reduce((product, side) => product * side, 1)
      return { dtype, shape, data: new types[dtype](length).fill(7) }
    })
  const name = fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom("__proto__", '"', "0", "a.b"))
  test.prop([
    fc.dictionary(
      name.filter((text) => text !== "__metadata__"),
      array,
    ),
    fc.dictionary(fc.constantFrom("a", "b"), fc.string()),
  ])("comes back", (arrays, metadata) => {
    const back = decodeSafetensors(encodeSafetensors(arrays, metadata))
    expect(Object.fromEntries(Object.entries(back.arrays))).toEqual(
      Object.fromEntries(Object.entries(arrays)),
    )
    expect(back.metadata).toMatchObject(Object.fromEntries(Object.entries(metadata)))
  })
})

const refused: readonly (readonly [string, Uint8Array, RegExp])[] = [
  ["nothing", new Uint8Array(0), /no header of a possible length/],
  ["a header longer than the file", file({}).subarray(0, 9), /no header of a possible length/],
  ["a header of 2^63 bytes", Uint8Array.from([0, 0, 0, 0, 0, 0, 0, 128, 123, 125]), /possible length/],
  ["a header that is not JSON", file("{a}"), /not a JSON object/],
  ["a header that is a list", file("[1]"), /not a JSON object/],
  ["a name twice", file('{"kernel":{"dtype":"U8","shape":[0],"data_offsets":[0,0]},"kernel":1}'), /twice/],
  ["a name twice, spelt differently", file('{"kernel":1,"k\\u0065rnel":1}'), /twice/],
  ["an unknown dtype", file({ kernel: { ...u8(0, 1), dtype: "F7" } }, new Uint8Array(1)), /described/],
  ["a negative side", file({ kernel: u8(0, 1, [-1, -1]) }, new Uint8Array(1)), /described/],
  [
    "sides whose product overflows",
    file({ kernel: u8(0, 1, [2 ** 32, 2 ** 32]) }, new Uint8Array(1)),
    /described/,
  ],
  ["offsets that contradict the shape", file({ kernel: u8(0, 2, [3]) }, new Uint8Array(2)), /described/],
  ["offsets the wrong way round", file({ kernel: u8(2, 0, [2]) }, new Uint8Array(2)), /described/],
  ["a dtype and offsets that are none", file({ kernel: { ...u8(1, 0, [1]), dtype: "F7" } }), /described/],
  ["no offsets", file({ kernel: { dtype: "U8", shape: [0] } }), /described/],
  ["sides that are no whole numbers", file({ kernel: u8(0, 1, [0.5, 2]) }, new Uint8Array(1)), /described/],
  ["no shape", file({ kernel: { dtype: "U8", data_offsets: [0, 0] } }), /described/],
  ["an array that is none", file({ kernel: 1 }), /described/],
  ["a hole", file({ kernel: u8(0, 1), bias: u8(2, 3) }, new Uint8Array(3)), /hole or overlap/],
  ["an overlap", file({ kernel: u8(0, 2), bias: u8(1, 3) }, new Uint8Array(3)), /hole or overlap/],
  ["a byte left over", file({ kernel: u8(0, 2) }, new Uint8Array(3)), /differ in length/],
  ["a byte missing", file({ kernel: u8(0, 2) }, new Uint8Array(1)), /differ in length/],
  ["metadata that are no texts", file({ __metadata__: { a: 1 } }), /not texts/],
  ["metadata that are a list", file({ __metadata__: ["a"] }), /not texts/],
  ["metadata that are nothing", file({ __metadata__: null }), /not texts/],
  ["an array that is nothing", file({ kernel: null }), /described/],
  ["seven bytes", file({}).subarray(0, 7), /no header of a possible length/],
  ["a header of one byte", file("{"), /no header of a possible length/],
  [
    "data that were changed",
    file({ __metadata__: { sha256: "0" }, kernel: u8(0, 2) }, Uint8Array.of(1, 2)),
    /do not match their checksum/,
  ],
]

describe("decodeSafetensors", () => {
  it("reads a file without arrays, and one that begins within a longer array", () => {
    expect(decodeSafetensors(file({}))).toEqual({ arrays: {}, metadata: {} })
    const bytes = file({ a: u8(0, 2) }, Uint8Array.of(1, 2))
    const inside = new Uint8Array([9, ...bytes, 9]).subarray(1, -1)
    expect(decodeSafetensors(inside)).toEqual(decodeSafetensors(bytes))
  })

  it("reads a file without a checksum", () => {
    expect(decodeSafetensors(file({ a: u8(0, 2) }, Uint8Array.of(1, 2))).arrays.a).toEqual({
      dtype: "U8",
      shape: [2],
      data: Uint8Array.of(1, 2),
    })
  })

  it.each(refused)("refuses %s", async (_, bytes, expected) => {
    expect(await message(bytes)).toMatch(expected)
  })

  it("says of each what is wrong, where, what was expected, found, and how to mend it", async () => {
    const told = await Promise.all(
      refused.map(async ([what, bytes]) => {
        const { problems } = await refusal(() => decodeSafetensors(bytes, "x.safetensors"))
        return `# ${what}\n${renderProblems(problems)}`
      }),
    )
    await expect(`${told.join("\n\n")}\n`).toMatchFileSnapshot("../../fixtures/refusals/safetensors.txt")
  })

  it("names no file where there is none", async () => {
    expect((await refusal(() => decodeSafetensors(file("[1]")))).problems).toEqual([
      {
        message: "the file is not safetensors: its header is not a JSON object",
        fix: "the file is damaged: copy it again, or make it again",
      },
    ])
  })

  it("reads empty arrays that lie where others begin, whichever is named first", () => {
    const empty = { dtype: "U8", shape: [0], data: new Uint8Array(0) }
    const two = { dtype: "U8", shape: [2], data: Uint8Array.of(1, 2) }
    for (const header of [
      { a: u8(0, 0), b: u8(0, 2), c: u8(2, 2) },
      { c: u8(2, 2), b: u8(0, 2), a: u8(0, 0) },
    ])
      expect(decodeSafetensors(file(header, Uint8Array.of(1, 2))).arrays).toEqual({
        a: empty,
        b: two,
        c: empty,
      })
  })

  const good = encodeSafetensors({
    weights: { dtype: "F32", shape: [8], data: new Float32Array(8).fill(0.5) },
  })

  test.prop([fc.nat(31), fc.integer({ min: 1, max: 255 })])(
    "notices every changed byte of the data",
    async (at, flip) => {
      const bytes = good.slice()
      bytes[good.length - 32 + at]! ^= flip
      expect(await message(bytes)).toMatch(/checksum/)
    },
  )

  test.prop([fc.nat(good.length - 1), fc.nat(255)])("ends in arrays or a Failure", (at, value) => {
    const bytes = good.slice()
    bytes[at] = value
    try {
      expect(decodeSafetensors(bytes)).toHaveProperty("arrays")
    } catch (error) {
      expect(error).toBeInstanceOf(Failure)
    }
  })
})
