import { readdirSync, rmSync } from "node:fs"
import { fc, test } from "@fast-check/vitest"
import { beforeAll, describe, expect } from "vitest"
import { evaluate } from "../../src/commands/evaluate.ts"
import { readNifti } from "../../src/data/nifti/readNifti.ts"
import { writeNifti } from "../../src/data/nifti/writeNifti.ts"
import { brightModel, brightWeights } from "../support/brightNetwork.ts"
import { drawnCase, drawnSpacing, inPlane } from "../support/drawnVolumes.ts"
import { useJavascriptEngine } from "../support/engine.ts"
import { useFolder } from "../support/folder.ts"
import { madeUpCheckpoint } from "../support/madeUpNetwork.ts"
import { evaluateCommand } from "./evaluateCommand.ts"
import { run } from "./predictCommand.ts"

beforeAll(useJavascriptEngine)

const write = useFolder()

const side = fc.integer({ min: 2, max: 7 })
const drawn = fc
  .record({
    axis: fc.constantFrom("x", "y", "z"),
    spacingMm: drawnSpacing,
    shapes: fc.array(fc.tuple(side, side, side), { minLength: 1, maxLength: 3 }),
    ending: fc.constantFrom(".nii", ".nii.gz"),
  })
  .chain((words) =>
    fc.tuple(fc.constant(words), fc.tuple(...words.shapes.map((shape) => drawnCase(shape, words.spacingMm)))),
  )

describe("predict", () => {
  test.prop([drawn], { numRuns: 12 })(
    "marks in each file the very voxels that the network marks, sliced along any axis, as evaluate finds",
    async ([{ axis, spacingMm, ending }, cases]) => {
      for (const name of readdirSync(".")) rmSync(name, { recursive: true })
      for (const [i, { image, mask }] of cases.entries()) {
        write(`images/P${i}${ending}`, writeNifti(image, { gzip: ending === ".nii.gz" }))
        write(`masks/P${i}${ending}`, writeNifti(mask, { gzip: ending === ".nii.gz" }))
      }
      const [row, column] = inPlane[axis]
      write(
        "weights.safetensors",
        madeUpCheckpoint(
          {
            model: brightModel,
            size: [8, 8],
            resize: { kind: "spacing", spacingMm: [spacingMm[row], spacingMm[column]] },
            intensity: { kind: "scale", low: 0, high: 210 },
            axis,
          },
          brightWeights(),
        ),
      )
      await run({ probabilities: true })
      for (const i of cases.keys()) {
        const mask = await readNifti(`masks/P${i}${ending}`)
        const made = await readNifti(`out/P${i}${ending}`)
        expect({ ...made, file: "" }).toEqual({ ...mask, file: "" })
        const share = await readNifti(`out/probabilities/P${i}.nii.gz`)
        expect(share.geometry).toEqual(mask.geometry)
        expect(Uint8Array.from(share.voxels, (p) => +(p >= 0.5))).toEqual(mask.voxels)
      }
      let printed = ""
      await evaluate(evaluateCommand({ predictions: "out", reference: "masks", json: true }), (text) => {
        printed += text
      })
      expect(JSON.parse(printed).cases).toMatchObject(
        [...cases.keys()].map((i) => ({ case: `P${i}`, outcome: "scored", dice: 1, hd95: 0 })),
      )
    },
  )
})
