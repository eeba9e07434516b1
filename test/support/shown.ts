import { expect } from "vitest"

/** Fails unless a text shows this number with so many decimals, rounded to the nearest; a dash stands for none. */
export const expectShown = (text: string, value: number | null, decimals: number, signed = false): void => {
  if (value === null) {
    expect(text).toBe("–")
    return
  }
  const digits = decimals === 0 ? "\\d+" : `\\d+\\.\\d{${decimals}}`
  expect(text).toMatch(new RegExp(`^${signed ? "[+−]" : "−?"}${digits}$`))
  const read = Number(text.replace("−", "-").replace("+", ""))
  // A number half-way between two may go either way for what sums in another order add to it.
  expect(Math.abs(read - value), `${text} for ${value}`).toBeLessThanOrEqual(0.5 / 10 ** decimals + 1e-9)
}

/** Fails unless a text shows this p value: three decimals, or that it lies below them. */
export const expectShownP = (text: string, p: number): void => {
  if (text === "< 0.001") expect(p).toBeLessThan(0.001 + 1e-12)
  else {
    expect(p).toBeGreaterThanOrEqual(0.001 - 1e-12)
    expectShown(text, p, 3)
  }
}

/** Fails unless both hold the same, numbers within 1e-9 of each other. */
export const expectSame = (found: unknown, expected: unknown, path = "$"): void => {
  if (typeof expected === "number" && typeof found === "number") {
    const allowed = 1e-9 * Math.max(1, Math.abs(expected))
    expect(Math.abs(found - expected), `${path}: ${found} for ${expected}`).toBeLessThanOrEqual(allowed)
  } else if (typeof expected === "object" && expected !== null) {
    expect(typeof found === "object" && found !== null, path).toBe(true)
    expect(Object.keys(found as object), path).toEqual(Object.keys(expected))
    for (const [key, value] of Object.entries(expected))
      expectSame((found as Record<string, unknown>)[key], value, `${path}.${key}`)
  } else expect(found, path).toBe(expected)
}
