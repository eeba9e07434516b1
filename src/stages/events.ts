import { Context } from "effect"
import type { FailureKind, Problem } from "../failure/failure.ts"
import type { Epoch } from "./training/history.ts"

/** What a cell tells its parent, one JSON line each on stdout. */
export type CellEvent =
  | { readonly event: "engine"; readonly name: string; readonly version: string; readonly threads: number }
  | { readonly event: "stage"; readonly stage: string; readonly status: "started" | "stored" }
  | { readonly event: "stage"; readonly stage: string; readonly status: "done"; readonly seconds: number }
  | { readonly event: "progress"; readonly stage: string; readonly done: number; readonly total: number }
  | {
      readonly event: "step"
      readonly epoch: number
      readonly epochs: number
      /** Share of all the steps done, in [0, 1]. */
      readonly share: number
      readonly loss: number
      readonly imagesPerSecond: number
    }
  | ({ readonly event: "epoch"; readonly epochs: number } & Epoch)
  | { readonly event: "resumed"; readonly epoch: number }
  | { readonly event: "warning"; readonly message: string }
  | { readonly event: "failed"; readonly kind: FailureKind; readonly problems: readonly Problem[] }
  | { readonly event: "finished"; readonly seconds: number }

/** Where stages report their progress. */
export class Events extends Context.Service<Events, { readonly emit: (event: CellEvent) => void }>()(
  "losslab/stages/Events",
) {}
