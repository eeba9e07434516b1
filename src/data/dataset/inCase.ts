import type { Problem } from "../../failure/failure.ts"

/** The problem with its case before its own path, unless it names the case already. */
export const inCase = (id: string, problem: Problem): Problem => {
  const place = `case ${id}`
  const { path } = problem
  return path === place || path?.startsWith(`${place}, `)
    ? problem
    : { ...problem, path: [place, path].filter(Boolean).join(", ") }
}
