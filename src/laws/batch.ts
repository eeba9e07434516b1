import { differs } from "./differs.ts"
import { law } from "./law.ts"
import { images, type LossCase, mapMaps } from "./lossCase.ts"
import { lossCaseFor } from "./lossCases.ts"

const mean = (values: readonly number[]): number => values.reduce((sum, v) => sum + v, 0) / values.length

export const additive = law<{ of: LossCase }>({
  name: "additive",
  says: "The loss of a batch is the mean over its images.",
  given: (subject) => ({ of: lossCaseFor(subject) }),
  check: (loss, { of }) =>
    differs(loss.value(of), mean(images(of).map(loss.value)), "of the batch", "the mean over its images"),
})

export const imageOrder = law<{ of: LossCase }>({
  name: "imageOrder",
  says: "The order of the images in a batch does not matter.",
  given: (subject) => ({ of: lossCaseFor(subject) }),
  check: (loss, { of }) => {
    const size = of.shape[1] * of.shape[2]
    const last = of.shape[0] - 1
    const reversed = mapMaps(of, (map) =>
      map.map((_, i) => map[(last - Math.floor(i / size)) * size + (i % size)]!),
    )
    return differs(loss.value(of), loss.value(reversed), "as it is", "with the images in reverse")
  },
})

export const meanReduction = law<{ of: LossCase }>({
  name: "meanReduction",
  says: "The loss is a mean, not a sum: a batch that holds every image twice costs the same.",
  given: (subject) => ({ of: lossCaseFor(subject) }),
  check: (loss, { of }) => {
    const [batch, rows, columns] = of.shape
    const twice = mapMaps(of, (map) => [...map, ...map], [2 * batch, rows, columns])
    return differs(loss.value(of), loss.value(twice), "once", "with every image twice")
  },
})

export const resolutionFree = law<{ of: LossCase }>({
  name: "resolutionFree",
  says: "The loss stays the same when every pixel becomes a square of four.",
  given: (subject) => ({ of: lossCaseFor(subject) }),
  check: (loss, { of }) => {
    const [batch, rows, columns] = of.shape
    const place = (i: number): number => {
      const column = Math.floor((i % (2 * columns)) / 2)
      const row = Math.floor(Math.floor(i / (2 * columns)) / 2) // of all images, one below the other
      return row * columns + column
    }
    const finer = mapMaps(of, (map) => Array.from({ length: 4 * map.length }, (_, i) => map[place(i)]!), [
      batch,
      2 * rows,
      2 * columns,
    ])
    return differs(loss.value(of), loss.value(finer), "as it is", "with four pixels for each")
  },
})
