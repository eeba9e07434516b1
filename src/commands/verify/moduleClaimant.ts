import fc from "fast-check"
import type { Claimant } from "../../config/catalog/lossSubject.ts"
import { loadLossModule } from "../../config/catalog/moduleLoss.ts"
import type { PartSpec } from "../../config/catalog/part.ts"
import { Failure, type Problem } from "../../failure/failure.ts"
import { nearest } from "../../failure/suggestion.ts"
import { type Claim, holds } from "../../laws/claim.ts"
import { structuralLaws } from "../../laws/structuralLaws.ts"
import { float64, universalLaws } from "../../laws/universal.ts"

/** A claimant, and laws that it could claim and does not. */
export interface Observed {
  readonly claimant: Claimant
  readonly observed: readonly Claim[]
}

/** A loss in a file of the user's with what it claims: the universal laws, agreement with its `plain`, and the
 *  names in its `laws`.
 *  @param spec of kind module
 *  Throws Failure("config") when the file cannot be used, or claims a law that does not exist. */
export const moduleClaimant = async (spec: PartSpec): Promise<Observed> => {
  const path = String(spec.path)
  const given = spec.options as Readonly<Record<string, never>>
  const { loss, laws, softMask, plain } = await loadLossModule({ path, options: given })
  const unknown = laws.filter((name) => structuralLaws.every((law) => law.name !== name))
  if (unknown.length > 0)
    throw new Failure(
      "config",
      unknown.map((name) => unknownLaw(path, name)),
    )
  const claims = structuralLaws.filter(({ name }) => laws.includes(name))
  return {
    claimant: {
      subject: {
        name: path,
        options: fc.constant(given),
        build: () => loss,
        softMask,
        ...(plain === undefined ? {} : { plain }),
      },
      spec,
      claims: [...universalLaws, ...(plain === undefined ? [] : [float64]), ...claims].map(holds),
    },
    observed: structuralLaws.filter((law) => !claims.includes(law)).map(holds),
  }
}

const unknownLaw = (file: string, name: string): Problem => {
  const names = structuralLaws.map((law) => law.name)
  const suggestion = nearest(name, names)
  return {
    file,
    path: "laws",
    message: `the module claims \`${name}\`, which is no law`,
    expected: `some of ${names.join(", ")}`,
    ...(suggestion === undefined ? {} : { suggestion }),
  }
}
