import type { CodePosition } from '@millrace/flow'

interface ReadStack {
  /** Of the first line that lies in the code. */
  readonly position?: CodePosition
  readonly stack: readonly string[]
}

interface Options {
  /** The name of the code's file. */
  readonly file: string
  /** How many characters stand before the code on its first line. */
  readonly indent: number
}

const maxLines = 10

/** The lines of a stack of QuickJS that lie in the code of a flow, at the places its designer knows. */
export function readStack(stack: string, { file, indent }: Options): ReadStack {
  const frames = stack.split('\n').flatMap((line) => {
    const [, name = '', inFile, lineNumber, column] = frame.exec(line) ?? []
    if (inFile !== file) return []
    const position = {
      line: Number(lineNumber),
      column: Number(column) - (lineNumber === '1' ? indent : 0),
    }
    // What surrounds the code is not the designer's.
    return position.column < 1 ? [] : [{ name, position }]
  })
  const [first] = frames
  return {
    ...(first && { position: first.position }),
    stack: frames.slice(0, maxLines).map(({ name, position: { line, column } }) => {
      const place = `line ${line}, column ${column}`
      return name === '' || name === '<anonymous>' ? `at ${place}` : `at ${name}, ${place}`
    }),
  }
}

/** `    at compute (code:3:21)`, and `    at code:3:21` of an error of syntax. */
const frame = /^\s+at (?:(.*) \()?([^\s:(]+):(\d+):(\d+)\)?$/
