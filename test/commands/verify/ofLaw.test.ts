import fc from "fast-check"
import { describe, expect, it } from "vitest"
import type { Observed } from "../../../src/commands/verify/moduleClaimant.ts"
import { ofLaw } from "../../../src/commands/verify/ofLaw.ts"
import type { Claim } from "../../../src/laws/claim.ts"
import { refusal } from "../../data/support/refusal.ts"
import { claimOf } from "./verdicts.ts"

const lossOf = (
  name: string,
  claims: readonly Claim[],
  { observed = [], leftOut }: { observed?: readonly Claim[]; leftOut?: readonly Claim[] } = {},
): Observed => ({
  claimant: {
    subject: { name, options: fc.constant({}), build: () => ({}) as never, softMask: false },
    claims,
    ...(leftOut && { leftOut }),
  },
  observed,
})

const [convex, evenly, oddly, bounded] = [
  claimOf("convex"),
  claimOf("additive", { when: { says: "evenly", holds: () => true } }),
  claimOf("additive", { when: { says: "oddly", holds: () => true } }),
  claimOf("bounded"),
]

const namesOf = (found: readonly Observed[]) =>
  found.map(({ claimant, observed }) => [
    claimant.subject.name,
    claimant.claims.map(({ law, when }) => when?.says ?? law.name),
    observed.map(({ law }) => law.name),
  ])

const problemOf = async (found: readonly Observed[], law: string) => {
  const { kind, problems } = await refusal(() => ofLaw(found, law))
  expect(kind).toBe("usage")
  return problems[0]
}

describe("ofLaw", () => {
  it("keeps every claim about the law, and those losses alone that say or try something of it", () => {
    const found = [
      lossOf("a", [convex, evenly, oddly]),
      lossOf("b", [convex]),
      lossOf("c", [convex], { observed: [claimOf("additive"), bounded] }),
    ]
    expect(namesOf(ofLaw(found, "additive"))).toEqual([
      ["a", ["evenly", "oddly"], []],
      ["c", [], ["additive"]],
    ])
  })

  it("names the laws that there are when nothing is said of this one, and the nearest", async () => {
    const found = [lossOf("a", [convex, evenly, oddly], { observed: [bounded] })]
    const expected = "one of convex, additive, bounded"
    expect(await problemOf(found, "convx")).toEqual({
      ...{ message: "`convx` is no law that this loss claims", expected, suggestion: "convex" },
    })
    expect(await problemOf([...found, lossOf("b", [convex])], "elsewhere")).toEqual({
      ...{ message: "`elsewhere` is no law that these losses claim", expected },
    })
  })

  it("says so where a loss would say something with other options", async () => {
    const found = [lossOf("a", [convex]), lossOf("b", [convex], { leftOut: [bounded] })]
    const fix = "see what it says with others: losslab verify b --law bounded"
    const expected = "one of convex"
    expect(await problemOf(found, "bounded")).toEqual({
      ...{ message: "with these options the losses say nothing of `bounded`", expected, fix },
    })
    expect(await problemOf(found.slice(1), "bounded")).toEqual({
      ...{ message: "with these options the loss says nothing of `bounded`", expected, fix },
    })
  })
})
