import { fc, test } from "@fast-check/vitest"
import { describe, expect } from "vitest"
import { analyse } from "../../../src/stages/report/analysis.ts"
import { scoresFigure } from "../../../src/stages/report/scoresFigure.ts"
import { readable } from "../../support/pageTable.ts"
import { plainColumns, plainPatients } from "../../support/plainReport.ts"
import { decimalsShown, distances, headingOf, randomReport } from "../../support/randomReport.ts"
import { expectShown } from "../../support/shown.ts"

describe("figure 3", () => {
  test.prop([fc.integer()], { numRuns: 20 })(
    "has a lane for each column and a mark for each patient with a value, at that value",
    (seed) => {
      const input = randomReport(seed)
      const columns = plainColumns(input)
      const patients = plainPatients(input)
      const { text } = scoresFigure(analyse(input))
      expect(readable(/<figcaption>(.*?)<\/figcaption>/.exec(text)![1]!)).toBe(
        "Figure 3. One mark per patient. Solid line: mean. Dashed line: median. Rings: references. Height within a lane only keeps marks apart.",
      )
      const parts = text.split('<div class="chart">').slice(1)
      expect(parts).toHaveLength(input.metrics.length)
      input.metrics.forEach((metric, i) => {
        const label = headingOf(metric)
        const title = label.replace(" (mm)", "")
        const decimals = decimalsShown(metric)
        const [worth, unit] = distances.includes(metric) ? ["smaller", " mm"] : ["larger", ""]
        const part = parts[i]!
        expect(part).toContain(`<h3>${label}, ${worth} is better</h3>`)
        expect(part).toContain(`<title id="figure-${metric}-title">${title} of every patient</title>`)
        expect(part).toContain(`text-anchor="middle">${label}</text>`)
        const descriptions = /<desc[^>]*>(.*?)<\/desc>/.exec(part)![1]!.split("; ")
        const lanes = part.split(/<g class="series-/).slice(1)
        expect(lanes).toHaveLength(columns.length)
        columns.forEach(({ name, kind, values, summary }, lane) => {
          const { n, mean, median } = summary[metric]
          const told = /^(.*): mean (.*?)( mm)?, median (.*?)( mm)?, n = (\d+)$/.exec(descriptions[lane]!)!
          expect([told[1], told[3] ?? "", told[6]]).toEqual([name, unit, String(n)])
          expectShown(told[2]!, mean, decimals)
          expectShown(told[4]!, median, decimals)
          const own = lanes[lane]!
          expect(own.startsWith(kind === "method" ? `${lane}">` : 'none">')).toBe(true)
          expect(/<text class="name over"[^>]*>([^<]*)</.exec(own)![1]).toBe(name)
          const remark = /<text class="tick over"[^>]*>([^<]*)</.exec(own)![1]!
          if (n === 0) expect(remark).toBe("no value")
          else {
            const [, shown, count] = /^mean (.*), n = (\d+)$/.exec(remark)!
            expectShown(shown!, mean, decimals)
            expect(count).toBe(String(n))
          }
          const dots = [...own.matchAll(/<title>([^<]*): ([^<]*?)( mm)?<\/title>/g)]
          const defined = patients.flatMap((patient, p) => {
            const value = values[metric][p] ?? null
            return value === null ? [] : [{ patient, value }]
          })
          expect(dots.map(([, patient, , mm]) => `${patient}${mm ?? ""}`)).toEqual(
            defined.map(({ patient }) => `${patient}${unit}`),
          )
          for (const [d, { value }] of defined.entries()) expectShown(dots[d]![2]!, value, decimals)
          expect([own.includes('class="mean"'), own.includes('class="median"')]).toEqual([n > 0, n > 0])
        })
      })
    },
  )
})
