/** Where a text stops being JSON, and what is wrong there. Both count from 1. */
export interface JsonMistake {
  readonly line: number
  readonly column: number
  /** What stands there; `undefined` where the text ends too early. */
  readonly found: string | undefined
  readonly expected: string
}

/** What may come next. */
type Next = 'value' | 'itemOrEnd' | 'keyOrEnd' | 'key' | 'colon' | 'commaOrEnd' | 'nothing'

const expectations: Readonly<Record<Next, string>> = {
  value: 'a value',
  itemOrEnd: 'a value or ]',
  keyOrEnd: 'a name in quotes or }',
  key: 'a name in quotes',
  colon: 'a colon',
  commaOrEnd: 'a comma or the end of the list or object',
  nothing: 'the end of the text',
}

const sign = '[{}[\\],:]'
const string = '"(?:[^"\\\\\\u0000-\\u001f]|\\\\(?:["\\\\/bfnrt]|u[\\da-fA-F]{4}))*"'
const plain = '-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?(?![\\w.])|(?:true|false|null)(?!\\w)'
const space = '[ \\t\\r\\n]*'
const token = new RegExp(`${space}(${sign}|${string}|${plain})`, 'y')

/**
 * The first mistake in a text that `JSON.parse` refuses, since engines say only sometimes where it
 * is; `undefined` for one that is JSON.
 */
export function findJsonMistake(text: string): JsonMistake | undefined {
  const open: ('{' | '[')[] = []
  let next: Next = 'value'
  let end = 0
  for (;;) {
    token.lastIndex = end
    const found: string | undefined = token.exec(text)?.[1]
    const after: Next | undefined = found === undefined ? undefined : step(next, found, open)
    if (after === undefined) {
      const at = end + (/^[ \t\r\n]*/.exec(text.slice(end))?.[0].length ?? 0)
      return at === text.length && next === 'nothing' ? undefined : mistakeAt(text, at, next)
    }
    next = after
    end = token.lastIndex
  }
}

/** What may come after a token, or `undefined` where the token itself may not come. */
function step(next: Next, found: string, open: ('{' | '[')[]): Next | undefined {
  const isKeyWanted = next === 'key' || next === 'keyOrEnd'
  switch (found) {
    case '}':
      return open.at(-1) === '{' && (next === 'keyOrEnd' || next === 'commaOrEnd')
        ? close(open)
        : undefined
    case ']':
      return open.at(-1) === '[' && (next === 'itemOrEnd' || next === 'commaOrEnd')
        ? close(open)
        : undefined
    case ',':
      if (next !== 'commaOrEnd') return undefined
      return open.at(-1) === '{' ? 'key' : 'value'
    case ':':
      return next === 'colon' ? 'value' : undefined
    default:
      if (isKeyWanted) return found.startsWith('"') ? 'colon' : undefined
      if (next !== 'value' && next !== 'itemOrEnd') return undefined
      if (found !== '{' && found !== '[') return afterValue(open)
      open.push(found)
      return found === '{' ? 'keyOrEnd' : 'itemOrEnd'
  }
}

function close(open: ('{' | '[')[]): Next {
  open.pop()
  return afterValue(open)
}

function afterValue(open: readonly unknown[]): Next {
  return open.length === 0 ? 'nothing' : 'commaOrEnd'
}

function mistakeAt(text: string, at: number, next: Next): JsonMistake {
  const before = text.slice(0, at).split('\n')
  return {
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
    found:
      at === text.length
        ? undefined
        : (/^(?:"[^"\n]{0,20}|\w+|.)/u.exec(text.slice(at))?.[0] ?? ''),
    expected: expectations[next],
  }
}
