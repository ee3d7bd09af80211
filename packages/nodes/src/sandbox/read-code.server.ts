import { stripTypeScriptTypes } from 'node:module'
import type { CodePosition } from '@millrace/flow'

/** Code whose types were blanked: every character that is left stands where the designer wrote it. */
export type ReadCode =
  | { readonly status: 'read'; readonly body: string }
  | {
      readonly status: 'unreadable'
      readonly message: string
      readonly position?: CodePosition
      /** Whether reading broke the reader, so that this thread reads nothing any more. */
      readonly isReaderBroken?: boolean
    }

/** The longest code, in characters. */
const maxSourceLength = 256 * 1024

/**
 * It is read as a method here and as a function in the sandbox. Text that closes one of them to run
 * something beside it does not read as the other.
 */
const head = '({async code() {'
const tail = '\n}})'

/** Reads JavaScript or TypeScript, the body of an async function. */
export function readCode(source: string): ReadCode {
  if (source.length > maxSourceLength) {
    return {
      status: 'unreadable',
      message: `It is longer than ${maxSourceLength} characters. Make it shorter.`,
    }
  }
  try {
    return { status: 'read', body: stripTypes(source) }
  } catch (error) {
    return unreadable(error, source)
  }
}

function stripTypes(source: string): string {
  return stripTypeScriptTypes(`${head}${source}${tail}`).slice(head.length, -tail.length)
}

function unreadable(error: unknown, source: string): ReadCode {
  const { code, message } = error as NodeJS.ErrnoException // all that it throws is one
  switch (code) {
    case 'ERR_INVALID_TYPESCRIPT_SYNTAX':
      return { status: 'unreadable', message: `${message}.`, ...positionOf(message, source) }
    case 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX':
      return {
        status: 'unreadable',
        message: 'Types are removed here, not translated: write this part in JavaScript.',
        ...positionOf(message, source),
      }
    default:
      // The parser has no limit of its own: too deep, it breaks for good, and Node.js reports that.
      return {
        status: 'unreadable',
        message: 'It is nested too deep. Split it into functions.',
        isReaderBroken: true,
      }
  }
}

/** The place is drawn below the line, so it is looked for where every character is one wide. */
function positionOf(message: string, source: string): { readonly position?: CodePosition } {
  try {
    stripTypes(source.replaceAll('\t', ' ').replaceAll(/[^\n\r -~]/g, '_'))
    return {}
  } catch (error) {
    const drawn = error as Error // as above
    return drawn.message === message ? positionIn(drawn.stack ?? '', source) : {}
  }
}

/** Node.js says the place only as its stack draws it: `:3`, the lines, and carets below the place. */
function positionIn(stack: string, source: string): { readonly position?: CodePosition } {
  const [first = '', ...drawn] = stack.split('\n')
  const line = Number(/^:(\d+)$/.exec(first)?.[1])
  const end = drawn.findIndex((text) => text.startsWith('SyntaxError ['))
  const carets = drawn.slice(0, end).findLast((text) => /^ *\^+$/.test(text))
  if (!Number.isInteger(line)) return {}
  const lines = source.split('\n')
  // What is missing at the end has no carets, or is missed at the brace after it.
  if (carets === undefined || line > lines.length) {
    return { position: { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 } }
  }
  return { position: { line, column: carets.indexOf('^') + 1 - (line === 1 ? head.length : 0) } }
}
