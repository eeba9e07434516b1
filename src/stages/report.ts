import { analyse } from "./report/analysis.ts"
import { comment } from "./report/comment.ts"
import { findingsOf } from "./report/findings.ts"
import { lossCsv } from "./report/lossCsv.ts"
import { page } from "./report/page.ts"
import { scoresCsv } from "./report/scoresCsv.ts"
import { statisticsJson } from "./report/statisticsJson.ts"
import type { ReportInput } from "./reportInput.ts"

/** The files of the report: name -> content. Pure, and the same bytes for the same input. */
export const report = (input: ReportInput): Record<string, string> => {
  const analysis = analyse(input)
  const findings = findingsOf(input, analysis)
  return {
    "index.html": page(input, analysis, findings),
    "table-loss.csv": lossCsv(analysis.methods),
    "table-scores.csv": scoresCsv(input, analysis),
    "statistics.json": statisticsJson(input, analysis, findings),
    "comment.md": comment(input, analysis, findings),
  }
}
