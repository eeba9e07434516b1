import { Document, isCollection, isNode } from "yaml"
import type { ValueOrigin } from "./valueOrigins.ts"

/** A value as YAML, with where each part comes from as a comment behind it. */
export const commentedYaml = (value: unknown, origins: readonly ValueOrigin[]): string => {
  const document = new Document(value, { aliasDuplicateObjects: false })
  for (const { path, origin } of origins) {
    const node = document.getIn(path, true)
    if (!isNode(node)) continue
    if (isCollection(node)) node.flow = true
    node.comment = ` ${origin}`
  }
  return document.toString({ lineWidth: 0, flowCollectionPadding: false })
}
