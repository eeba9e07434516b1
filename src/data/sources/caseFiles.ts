import type { Case } from "./source.ts"

/** Where one case's volumes lie. */
export interface CaseFiles extends Case {
  readonly image: string
  readonly expert: string
  readonly second?: string
  /** By the annotator's name. */
  readonly annotators: Readonly<Record<string, string>>
}
