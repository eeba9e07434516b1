import * as t from "io-ts"

/** What is wrong with a value, before it is known where the value was written. */
export interface Issue {
  /** "unknown key", "out of range" */
  readonly message: string
  /** Whether the key or the value is to be pointed at; what is absent is pointed at by its parent. */
  readonly at: "key" | "value"
  readonly expected?: string
  readonly found?: string
  readonly suggestion?: string | undefined
  readonly fix?: string | undefined
}

interface IssueError extends t.ValidationError {
  readonly issue: Issue
}

export const issueError = (value: unknown, context: t.Context, issue: Issue): IssueError => ({
  value,
  context,
  issue,
})

export const refuse = (value: unknown, context: t.Context, issue: Issue): t.Validation<never> =>
  t.failures([issueError(value, context, issue)])

export const issueOf = (error: t.ValidationError): Issue =>
  hasIssue(error) ? error.issue : { message: error.message ?? "not valid", at: "value" }

/** Keys from the root down; our codecs put nothing else into the context. */
export const pathOf = (error: t.ValidationError): readonly string[] =>
  error.context.slice(1).map((entry) => entry.key)

const hasIssue = (error: t.ValidationError): error is IssueError => "issue" in error
