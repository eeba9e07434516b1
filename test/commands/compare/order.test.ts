import { mkdir, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { fc, test } from "@fast-check/vitest"
import { describe, expect } from "vitest"
import { emptyFolder } from "../../data/support/refusal.ts"
import { expectSame } from "../../support/shown.ts"
import { type ComparedJson, comparedAsJson, comparedAsText, tableFile } from "./tableFile.ts"

const sorted = <A>(entries: readonly (readonly [string, A])[]): Record<string, A> =>
  Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)))

/** Every number under the names that it is of, as seen from the method that comes first in the alphabet. */
const byNames = (metrics: readonly ComparedJson[]) =>
  sorted(
    metrics.map(({ metric, n, friedmanP, pairs, summary }) => {
      const seen = pairs.map((pair) => {
        const { first, second, confidenceInterval, ...rest } = pair
        const turned = first > second
        const names = turned ? `${second}-${first}` : `${first}-${second}`
        if ((confidenceInterval as unknown) === null) return [names, rest] as const
        const [low, high] = confidenceInterval
        if (!turned) return [names, { ...rest, low, high }] as const
        const numbers = {
          ...rest,
          meanDifference: -rest.meanDifference,
          medianDifference: -rest.medianDifference,
          firstBetter: rest.secondBetter,
          secondBetter: rest.firstBetter,
          rankBiserial: -rest.rankBiserial,
        }
        return [names, { ...numbers, low: -high, high: -low }] as const
      })
      return [`${metric}`, { n, friedmanP, pairs: sorted(seen), summary: sorted(Object.entries(summary)) }]
    }),
  )

/** Each finding's words, sorted; without the decimals, whose signs turn with the order of the two. */
const findingsIn = (text: string): string[] =>
  text
    .slice(text.indexOf("What this shows"))
    .split("\n")
    .map((line) =>
      line
        .replaceAll(/[+-]?\d+\.\d+(e-\d+)?/g, "#")
        .split(/[\s(),]+/)
        .toSorted()
        .join(" "),
    )
    .toSorted()

const marked = (text: string): string[] =>
  [...text.matchAll(/^(\w+ )\*/gm)].map(([, name]) => name!.trim()).toSorted()

const rowsOf = fc
  .tuple(
    fc.integer({ min: 6, max: 9 }),
    fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 3, maxLength: 3 }),
  )
  .chain(([cases, levels]) =>
    fc.array(
      fc.tuple(
        ...levels.map((level) =>
          // Whole numbers of thousandths that no two methods share, so that no two means tie.
          fc.option(
            fc.integer({ min: 0, max: 100 }).map((n) => (8 * level * 10 + n + 1) / 1000),
            { freq: 12 },
          ),
        ),
      ),
      { minLength: cases, maxLength: cases },
    ),
  )

const order = (keys: readonly number[], count: number): number[] =>
  Array.from({ length: count }, (_, i) => i).sort((a, b) => keys[a]! - keys[b]! || a - b)

const keys = fc.array(fc.nat(), { minLength: 9, maxLength: 9 })

const names = ["mid", "low", "top"]
const text = (value: number | null | undefined) =>
  value === null || value === undefined ? "" : String(value)

const meansApart = (rows: readonly (readonly (number | null)[])[]): boolean => {
  const means = names.map((_, j) => {
    const values = rows.flatMap((row) => row[j] ?? [])
    return values.reduce((sum, value) => sum + value, 0) / values.length
  })
  return means.every((a, i) => means.every((b, j) => i === j || !(Math.abs(a - b) < 1e-9)))
}

describe("the verdict of compare", () => {
  test.prop([rowsOf, keys, keys, fc.constantFrom("dice", "hd95"), fc.constantFrom(undefined, ...names)], {
    numRuns: 15,
  })(
    "is the same in any order of the columns and the rows",
    async (rows, rowKeys, columnKeys, metric, baseline) => {
      fc.pre(meansApart(rows))
      const table = (cases: readonly number[], columns: readonly number[]) =>
        tableFile(
          `case,${columns.map((j) => names[j]).join()}\n${cases.map((i) => `p${i},${columns.map((j) => text(rows[i]![j])).join()}\n`).join("")}`,
        )
      const asked = baseline === undefined ? { metric } : { metric, baseline }
      const given = await table(order([0, 1, 2, 3, 4, 5, 6, 7, 8], rows.length), [0, 1, 2])
      const turned = await table(order(rowKeys, rows.length), order(columnKeys, 3))
      expectSame(byNames(await comparedAsJson(turned, asked)), byNames(await comparedAsJson(given, asked)))
      const [before, after] = [await comparedAsText(given, asked), await comparedAsText(turned, asked)]
      expect(findingsIn(after)).toEqual(findingsIn(before))
      expect(marked(after)).toEqual(marked(before))
    },
  )

  test.prop([rowsOf, keys, keys], { numRuns: 10 })(
    "is the same in any order of the files and of the cases in each",
    async (rows, fileKeys, rowKeys) => {
      fc.pre(meansApart(rows))
      const folder = await emptyFolder()
      const written = async (part: string, cases: readonly number[]): Promise<string[]> => {
        await mkdir(join(folder, part), { recursive: true })
        return Promise.all(
          names.map(async (name, j) => {
            const file = join(folder, part, `${name}.csv`)
            const lines = cases.map((i) => `p${i},${text(rows[i]![j])},${text(rows[i]![j])}\n`)
            await writeFile(file, `case,dice,hd95_mm\n${lines.join("")}`)
            return file
          }),
        )
      }
      const given = await written("given", order([0, 1, 2, 3, 4, 5, 6, 7, 8], rows.length))
      const turned = await written("turned", order(rowKeys, rows.length))
      const files = order(fileKeys, 3).map((i) => turned[i]!)
      expectSame(byNames(await comparedAsJson(files)), byNames(await comparedAsJson(given)))
    },
  )
})
