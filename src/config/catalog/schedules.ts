import { type ConstantOptions, constant } from "../../optimizers/schedules/constant.ts"
import { type PolynomialOptions, polynomial } from "../../optimizers/schedules/polynomial.ts"
import type { Schedule } from "../../optimizers/transform.ts"
import type { NumberDescription } from "../language/description.ts"
import { buildPart } from "./buildPart.ts"
import { type Catalog, entry } from "./entry.ts"
import type { Part, PartSpec } from "./part.ts"

const learningRate = (doc: string): NumberDescription => ({
  tag: "number",
  doc,
  exclusiveMinimum: 0,
  maximum: 10,
})

/** Learning rates over the steps. */
export const scheduleCatalog: Catalog<Schedule> = {
  polynomial: entry<PolynomialOptions, Schedule>({
    doc: "learningRate * (1 - step / steps)^power: what MicroSegNet trains with.",
    fields: {
      learningRate: learningRate("Learning rate of the first step."),
      power: {
        tag: "number",
        doc: "1 falls on a straight line, below 1 late, above 1 early.",
        minimum: 0,
        maximum: 10,
        default: 0.9,
      },
    },
    sources: ["optimizers/schedules/polynomial.ts"],
    build: polynomial,
  }),
  constant: entry<ConstantOptions, Schedule>({
    doc: "The same learning rate at every step.",
    fields: { learningRate: learningRate("Learning rate of every step.") },
    sources: ["optimizers/schedules/constant.ts"],
    build: constant,
  }),
}

export const buildSchedule = (spec: PartSpec): Part<Schedule> => buildPart(scheduleCatalog, spec)
