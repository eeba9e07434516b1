import { exampleOf } from "../../src/config/catalog/lossExamples.ts"
import { buildLoss, lossCatalog } from "../../src/config/catalog/losses.ts"
import { loadLoss } from "../../src/config/experiment/loadLoss.ts"
import { Failure } from "../../src/failure/failure.ts"
import type { Loss } from "../../src/losses/loss.ts"
import { lossFigure } from "./lossFigure.ts"
import { lossIndex } from "./lossIndex.ts"
import { lossPage } from "./lossPage.ts"

/** Kinds that cannot be drawn: of all outputs of a network, and of a file that does not exist yet. */
const notDrawn = ["deepSupervised", "module"]

const built = async (kind: string): Promise<Loss | null> => {
  if (notDrawn.includes(kind)) return null
  const loaded = loadLoss(JSON.stringify(exampleOf(kind)))
  if (loaded._tag === "Left") throw new Failure("config", loaded.left)
  return buildLoss(loaded.right)
}

/** The generated pages and figures of docs/reference/losses: path from there -> text. An engine must run. */
export const lossPages = async (): Promise<Readonly<Record<string, string>>> => {
  const all = await Promise.all(
    Object.entries(lossCatalog).map(async ([kind, entry]) => ({ kind, entry, loss: await built(kind) })),
  )
  return Object.fromEntries([
    ["README.md", lossIndex(all.map(({ loss, ...one }) => ({ ...one, needs: loss?.needs ?? null })))],
    ...all.map(({ kind, entry, loss }) => [`${kind}.md`, lossPage(kind, entry, loss !== null)]),
    ...all.flatMap(({ kind, loss }) =>
      loss === null ? [] : [[`figures/${kind}.svg`, lossFigure(kind, loss)]],
    ),
  ])
}
