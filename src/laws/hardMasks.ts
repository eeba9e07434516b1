import type { Law } from "./law.ts"

/** A law of a loss that takes soft masks, on masks in {0, 1} alone. */
export const onHardMasks = ({ name, says, trials }: Law): Law => ({
  name: `${name}OnHardMasks`,
  says: says.replace(/\.$/, ", for masks in {0, 1}."),
  trials: (subject) => trials({ ...subject, softMask: false }),
})
