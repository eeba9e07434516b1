import { splitNames } from "../../data/dataset/placement.ts"
import type { Description, RecordDescription, RecordFault } from "../language/description.ts"
import type { SplitSpec } from "./cellSpec.ts"

/** @param fewest 0 or 1
 *  @param all what `all` means; null when it cannot be said */
const patients = (doc: string, fewest: number, all: string | null): Description => ({
  tag: "anyOf",
  doc: `${doc}: so many, or a fraction of those that could be (rounded, at least one), or these by name${all === null ? "" : `; all: ${all}`}.`,
  options: [
    { tag: "integer", doc: "So many patients.", minimum: fewest },
    {
      tag: "number",
      doc: "A fraction of the patients that could be in it, rounded, at least one.",
      exclusiveMinimum: 0,
      exclusiveMaximum: 1,
    },
    ...(all === null ? [] : [{ tag: "enum" as const, doc: `All: ${all}.`, values: ["all"] }]),
    { tag: "list", doc: "These patients.", item: { tag: "text", doc: "A patient's name." }, minItems: 1 },
  ],
  default: all === null ? fewest : "all",
})

/** What is wrong with a split whatever the data are. */
const faultOf = (split: SplitSpec): RecordFault | null => {
  const { file, train, validation, test } = split
  if (file !== null && !(train === "all" && validation === 0 && test === "all"))
    return {
      path: "file",
      message: "a split file places every patient, but train, validation or test is set, too",
      fix: "leave out the file; or leave out the others, or set them to train: all, validation: 0, test: all",
    }
  const named = splitNames.flatMap((name) => {
    const wanted = split[name]
    return typeof wanted === "object" ? wanted.map((patient, i) => ({ patient, path: `${name}.${i}` })) : []
  })
  const twice = named.find(({ patient }, i) => named.findIndex((other) => other.patient === patient) < i)
  return twice === undefined
    ? null
    : {
        path: twice.path,
        message: `patient ${twice.patient} is named twice`,
        fix: "name it once: a patient in two splits makes the test worthless",
      }
}

/** Who trains, who watches and who is tested. */
export const split: RecordDescription = {
  tag: "record",
  doc: "Which patients go where, each with all cases. A source with groups of its own keeps them: test patients come from its test group, the others from its training group; other sources are one pool, and load.split.test must say how many.",
  fields: {
    train: patients("Patients to train with", 1, "those that the other splits leave"),
    validation: patients("Patients that are held back to watch the training", 0, null),
    test: patients("Patients to evaluate with", 1, "the source's test group"),
    file: {
      tag: "anyOf",
      doc: "A CSV file with the columns split (train, validation or test) and patient or case; train, validation and test are then not set here.",
      options: [{ tag: "text", path: "file", doc: "A CSV file." }],
      default: null,
    },
    seed: {
      tag: "integer",
      doc: "Decides which patients are drawn.",
      minimum: 0,
      maximum: 2 ** 31 - 1,
      default: 0,
    },
  },
  default: {},
  check: faultOf,
}
