import { createHash } from "node:crypto"
import { describe, expect, it } from "vitest"
import { patientOf, phantomDefaults } from "../../../src/data/phantom/writePhantom.ts"
import { annotatorDice, dice, meanMaskDice, shares, thresholdDice } from "./difficulty.ts"

const small = { ...phantomDefaults, rows: 48, columns: 69 }
const digest = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex").slice(0, 16)
const group = (options: typeof phantomDefaults, name: "train" | "test", withImage: boolean) =>
  Array.from({ length: options[name] }, (_, i) => patientOf(options, name, i + 1, withImage))

describe("phantomPatient", () => {
  const patient = patientOf(small, "test", 1)
  const size = small.rows * small.columns
  const slice = (mask: Uint8Array, n: number) => mask.subarray(n * size, (n + 1) * size)

  it("is the same every time, and as it was when the phantom was fixed, before anything was trained on it", () => {
    const again = patientOf(small, "test", 1)
    expect(again).toEqual(patient)
    expect([digest(patient.expert), digest(patient.image)]).toEqual(["752a06ddb37f9297", "6ba47f45c8532ca7"])
  })

  it("is drawn by everybody as it was then, in training as in test patients", () => {
    const drawn = ({ drawn }: typeof patient) =>
      Object.fromEntries(Object.entries(drawn).map(([name, mask]) => [name, digest(mask)]))
    expect(drawn(patient)).toEqual({
      masterStudent: "d4c44be4eef5fa94",
      clinician: "92a4a412c4601f65",
      medicalStudent: "370cd8859cefa52f",
    })
    const training = patientOf(small, "train", 2)
    expect(drawn(training)).toEqual({ nonExpert: "dcbe887bdcbe29b2" })
    expect([training.slices, digest(training.expert), digest(training.image)]).toEqual([
      9,
      "3ad8b0a4d7d09b5a",
      "69fbc853b1ba7aa9",
    ])
  })

  it("has a black image where none is asked for, and the same masks", () => {
    const masks = patientOf(small, "test", 1, false)
    expect(masks.image).toEqual(new Uint8Array(patient.image.length))
    expect([masks.expert, masks.drawn]).toEqual([patient.expert, patient.drawn])
  })

  it("is another one under another seed, number or group", () => {
    const others = [
      patientOf({ ...small, seed: 2 }, "test", 1),
      patientOf(small, "test", 2),
      patientOf(small, "train", 1),
    ]
    for (const other of others) {
      const n = Math.min(other.slices, patient.slices) >> 1
      expect(dice(slice(patient.expert, n), slice(other.expert, n))).toBeLessThan(0.95)
      expect(slice(other.image, n)).not.toEqual(slice(patient.image, n))
    }
  })

  it("has values 0..254 that use most of the range, and masks of 0 and 1", () => {
    const values = [...patient.image].sort((a, b) => a - b)
    expect(values.at(-1)!).toBeLessThanOrEqual(254)
    expect(
      values[Math.floor(0.99 * values.length)]! - values[Math.floor(0.01 * values.length)]!,
    ).toBeGreaterThan(100)
    for (const mask of [patient.expert, ...Object.values(patient.drawn)])
      expect(mask.every((value) => value === 0 || value === 1)).toBe(true)
  })

  it("has the same prostate at every size", () => {
    // Every third pixel centre of the fine grid is a pixel centre of the coarse one.
    const fine = patientOf({ ...small, rows: 3 * small.rows, columns: 3 * small.columns }, "test", 1, false)
    const thinned = patient.expert.map((_, i) => {
      const [column, row] = [i % small.columns, Math.floor(i / small.columns)]
      return fine.expert[(3 * row + 1) * 3 * small.columns + 3 * column + 1]!
    })
    expect(thinned).toEqual(patient.expert)
  })

  it("changes from slice to slice, but gradually", () => {
    const middle = patient.slices >> 1
    const overlap = dice(slice(patient.expert, middle), slice(patient.expert, middle + 1))
    expect(overlap).toBeGreaterThan(0.88)
    expect(overlap).toBeLessThan(1)
  })

  it("varies in its number of slices about the mean asked for", () => {
    const counts = group({ ...small, slices: 40 }, "train", false).map(({ slices }) => slices)
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(30)
    expect(Math.max(...counts)).toBeLessThanOrEqual(50)
    expect(new Set(counts).size).toBeGreaterThan(5)
  })
})

describe("the default phantom", () => {
  // Masks at 2/5 of the default size: Dice moves by less than 0.002, and no image is needed.
  const options = { ...phantomDefaults, rows: 96, columns: 137 }
  const [train, test] = [group(options, "train", false), group(options, "test", false)]

  it("has annotators as good as the published ones, in the same order", () => {
    const [master, clinician, medical] = ["masterStudent", "clinician", "medicalStudent"].map((name) =>
      annotatorDice(test, name),
    )
    expect(master!).toBeLessThan(0.88)
    expect(master!).toBeGreaterThan(clinician!)
    expect(clinician!).toBeGreaterThan(medical!)
    expect(medical!).toBeGreaterThan(0.83)
    expect(annotatorDice(train, "nonExpert")).toBeGreaterThan(0.83)
    expect(annotatorDice(train, "nonExpert")).toBeLessThan(0.88)
  })

  it("cannot be segmented by knowing where prostates usually lie", () => {
    expect(meanMaskDice(train, test)).toBeLessThan(0.8)
  })

  it("cannot be segmented by brightness", () => {
    const seen = group({ ...options, test: 4 }, "test", true)
    expect(thresholdDice(seen, options.columns, 0)).toBeLessThan(0.75)
    expect(thresholdDice(seen, options.columns, 2)).toBeLessThan(0.75)
  })

  it("has about as much prostate, and as many slices without, as the published data", () => {
    const { foreground, empty } = shares([...train, ...test])
    expect(foreground).toBeGreaterThan(0.29)
    expect(foreground).toBeLessThan(0.37)
    expect(empty).toBeGreaterThan(0.07)
    expect(empty).toBeLessThan(0.15)
  })

  it("is drawn worse at the bladder neck than elsewhere", () => {
    // The neck is on the left and deep: the lower left quadrant about each slice's centre of mass.
    const wrong = { neck: 0, apex: 0 }
    for (const { slices, expert, drawn } of test) {
      const size = options.rows * options.columns
      for (let n = 0; n < slices; n++) {
        const mask = expert.subarray(n * size, (n + 1) * size)
        let [x, y, count] = [0, 0, 0]
        mask.forEach((value, i) => {
          x += value * (i % options.columns)
          y += value * Math.floor(i / options.columns)
          count += value
        })
        for (const other of Object.values(drawn))
          other.subarray(n * size, (n + 1) * size).forEach((value, i) => {
            if (value === mask[i]) return
            const [left, deep] = [
              i % options.columns < x / count,
              Math.floor(i / options.columns) > y / count,
            ]
            if (left && deep) wrong.neck++
            if (!left && !deep) wrong.apex++
          })
      }
    }
    expect(wrong.neck / wrong.apex).toBeGreaterThan(1.15)
  })
})
