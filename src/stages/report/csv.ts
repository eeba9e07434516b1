import { visible } from "../../figures/visible.ts"

/** A field of text is quoted where it must be; one that a spreadsheet would run as a formula gets an apostrophe. */
const field = (value: string | number | null): string => {
  if (value === null) return ""
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : ""
  const inert = /^[\s]*[=+\-@]|^[\t\r\n]/.test(value) ? `'${visible(value)}` : visible(value)
  return /[",\n]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert
}

/** Comma-separated values (RFC 4180) of records with the same keys; full precision, undefined is empty. */
export const csv = (
  columns: readonly string[],
  rows: readonly Readonly<Record<string, string | number | null>>[],
): string =>
  [columns.join(","), ...rows.map((row) => columns.map((name) => field(row[name] ?? null)).join(","))]
    .map((line) => `${line}\n`)
    .join("")
