import type { z } from 'zod'
import { isRecord } from './json.ts'
import type { Problem } from './problem.ts'
import { sentencesOf } from './schema-sentences.ts'

/** How deep a document may nest. */
export const maxDepth = 64

/** The most problems that are listed. */
const maxProblems = 200

/** So many problems as anybody reads. */
export function shortened(problems: readonly Problem[]): readonly Problem[] {
  const shown = problems.slice(0, maxProblems)
  const isCut = shown.length < problems.length
  return isCut ? [...shown, problemAt('There are more problems than these.', [])] : shown
}

/** What a schema found. */
export function problemsOfSchema(error: z.ZodError | undefined): readonly Problem[] {
  return (error?.issues ?? []).flatMap((issue) =>
    sentencesOf(issue, maxProblems + 1).map(({ sentence, path }) => problemAt(sentence, path)),
  )
}

/** Where in a document. */
export type Path = readonly (string | number)[]

/** A problem of a document that is not one of ours. */
export function problemAt(message: string, path: Path): Problem {
  const place = path.length === 0 ? '' : `At ${formatPath(path)}: `
  return { code: 'document_malformed', severity: 'error', message: `${place}${message}`, path }
}

function formatPath(path: Path): string {
  return path
    .map((key, index) => {
      if (typeof key === 'number') return `[${key}]`
      const shown = key.length > 70 ? `${key.slice(0, 70)}…` : key
      return index === 0 ? shown : `.${shown}`
    })
    .join('')
}

/** Keys named `__proto__`: a schema would pass over them, and what passes on the document might follow them. */
export function findProtoKeys(document: unknown): readonly Problem[] {
  const problems: Problem[] = []
  const path: (string | number)[] = []
  visit(document)
  return problems

  function visit(value: unknown): void {
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index += 1) visitInner(value[index], index)
    } else if (isRecord(value)) {
      for (const key of Object.keys(value)) {
        visitInner(value[key], key)
        if (key === '__proto__') {
          problems.push(problemAt('The name "__proto__" is refused.', [...path, key]))
        }
      }
    }
  }

  function visitInner(value: unknown, key: string | number): void {
    if (typeof value !== 'object' || value === null) return
    path.push(key)
    visit(value)
    path.pop()
  }
}
