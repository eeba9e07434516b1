/** Writes what is computed in docs/explanation/hd95.md: its figures, and the tables between its markers.
 *  node --import tsx docs/hd95.ts */
import { pathToFileURL } from "node:url"
import type { Mask } from "../src/metrics/mask.ts"
import { metricTable } from "../src/metrics/metricTable.ts"
import { hd95Conventions, metricNames } from "../src/metrics/scores.ts"
import { referenceDisc, wrongDiscs } from "../test/support/discs.ts"
import { measure } from "../test/support/measure.ts"
import { parities, peerVersions, relativeDifference } from "../test/support/peers.ts"
import { markdownTable, writeComputedPage } from "./computedPage.ts"
import { discTitles, hd95Figures } from "./hd95Figures.ts"

const discRow = (title: string, mask: Mask): readonly string[] => {
  const pixels = (value: number | null) => (value ?? Number.NaN).toFixed(2)
  const share = (value: number | null) => (value ?? Number.NaN).toFixed(3)
  const of = (...args: [Parameters<typeof measure>[0], Parameters<typeof measure>[4]?]) =>
    measure(args[0], mask, referenceDisc, [1, 1], args[1])
  return [
    title,
    share(of("dice")),
    pixels(of("hd")),
    ...hd95Conventions.map((hd95) => pixels(of("hd95", { hd95 }))),
    pixels(of("assd")),
    share(of("nsd", { toleranceMm: 2 })),
  ]
}

const discTable = (): string =>
  markdownTable(
    [
      "the disc against",
      "Dice",
      "HD",
      "HD95 pooled",
      "HD95 max-directed",
      "HD95 contour",
      "ASSD",
      "NSD at 2",
    ],
    Object.entries(wrongDiscs).map(([name, mask]) =>
      discRow(discTitles[name as keyof typeof discTitles], mask),
    ),
  )

/** "1e-15": the power of ten that is just not below the value. */
const powerOfTen = (value: number): string => (value === 0 ? "0" : `< 1e${Math.floor(Math.log10(value)) + 1}`)

const parityTable = (): string => {
  const versions = {
    medpy: peerVersions.medpy,
    MONAI: peerVersions.monai,
    "surface-distance": peerVersions["surface-distance"],
  }
  const all = parities()
  return markdownTable(
    ["tool", "metric", "compared in 2-D", "in 3-D", "worst relative difference"],
    Object.entries(versions).flatMap(([tool, version]) =>
      metricNames.flatMap((metric) => {
        const own = all.filter((one) => one.tool === tool && one.metric === metric)
        if (own.length === 0) return []
        const count = (dimensions: number) =>
          String(own.filter((one) => one.dimensions === dimensions).length)
        const worst = Math.max(...own.map(relativeDifference))
        return [[`${tool} ${version}`, metricTable[metric].title, count(2), count(3), powerOfTen(worst)]]
      }),
    ),
  )
}

/** The computed tables of the page, by the name of their marker. */
export const hd95Tables = (): Readonly<Record<string, string>> => ({
  discs: discTable(),
  parity: parityTable(),
})

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href)
  await writeComputedPage({
    page: "hd95.md",
    script: "docs/hd95.ts",
    tables: hd95Tables(),
    figures: hd95Figures(),
  })
