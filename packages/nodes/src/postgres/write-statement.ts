import { FlowError, type SqlParameter } from '@millrace/flow'
import { bindParameters } from '../sql/bind-parameters.ts'

/** A statement as the server takes it: each `@name` as `$n`. */
export interface WrittenStatement {
  /** As the designer has it. */
  readonly statement: string
  readonly text: string
  /** In the order of their numbers. */
  readonly parameters: readonly SqlParameter<unknown>[]
  /** Where something in `text` stands in the designer's statement, both in UTF-16 units. */
  readonly originOf: (offset: number) => number
}

/** Writes a statement for the server; the same name always has the same number. */
export function writeStatement(
  statement: string,
  given: readonly SqlParameter<unknown>[],
): WrittenStatement {
  // The protocol ends a text there, and would take the rest for something else.
  if (statement.includes('\0')) {
    throw new FlowError('database_failed', 'The statement holds a null character. Remove it.')
  }
  const numbers = new Map<SqlParameter<unknown>, number>()
  const origins: Origin[] = []
  let text = ''
  let before = ''
  for (const part of bindParameters(statement, given, 'postgres')) {
    const isText = !('parameter' in part)
    origins.push({ sent: text.length, written: part.start, isText })
    if (isText) {
      text += part.text
      before = part.text.slice(-1)
      continue
    }
    const number = numbers.get(part.parameter) ?? numbers.size + 1
    numbers.set(part.parameter, number)
    // Right after a word, $1 would be read as its end.
    text += `${/[\w$\u0080-\uFFFF]/.test(before) ? ' ' : ''}$${number}`
    before = String(number).slice(-1)
  }
  return {
    statement,
    text,
    parameters: [...numbers.keys()],
    originOf(offset) {
      const origin = origins.findLast(({ sent }) => sent <= offset)
      if (origin === undefined) return offset
      return origin.isText ? origin.written + offset - origin.sent : origin.written
    },
  }
}

/** Where a part of the sent text comes from. */
interface Origin {
  readonly sent: number
  readonly written: number
  readonly isText: boolean
}
