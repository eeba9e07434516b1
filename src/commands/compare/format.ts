import { dash } from "../../stages/report/number.ts"

/** How many decimals show four digits of the largest of some numbers, 12 at most.
 *  @param largest size, 0 or more */
export const decimalsFor = (largest: number): number =>
  largest === 0 ? 3 : Math.min(12, Math.max(0, 3 - Math.floor(Math.log10(largest))))

export const fixed = (value: number | null, decimals: number): string => value?.toFixed(decimals) ?? dash

/** With a sign. */
export const signed = (value: number, decimals: number): string =>
  `${value < 0 ? "" : "+"}${value.toFixed(decimals)}`

/** "0.622", "0.0016", and "1.6e-4" below 0.001. */
export const pText = (p: number): string =>
  p >= 0.01 ? p.toFixed(3) : p >= 0.001 ? p.toPrecision(2) : p === 0 ? "0" : p.toExponential(1)
