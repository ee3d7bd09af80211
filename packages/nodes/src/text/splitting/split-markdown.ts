/** Where a text in Markdown is cut, and what becomes of its headers. */
export interface MarkdownCuts {
  /** How deep the headers are at which a section begins: 1 for `#`. */
  readonly levels: ReadonlySet<number>
  /** Whether a section is given below the headers that lead to it. */
  readonly headers: 'include' | 'leave-out'
}

/**
 * Cuts a text in Markdown into its sections, in their order, without the white space around them.
 * What stands before the first header is a section too; a header without a text counts as one
 * unless headers are left out.
 */
export function* splitMarkdown(text: string, { levels, headers }: MarkdownCuts): Generator<string> {
  let path: readonly Header[] = []
  let lines: string[] = []
  let isNew = false
  const section = () => {
    const body = lines.join('\n').trim()
    if (headers === 'leave-out') return body
    return body === '' && !isNew ? '' : [...path.map(({ line }) => line), body].join('\n').trim()
  }
  for (const { line, level } of linesOf(text)) {
    if (level === undefined || !levels.has(level)) {
      lines.push(line)
      continue
    }
    const deeper = level > (path.at(-1)?.level ?? 0)
    // A header that only leads to deeper ones is given with them.
    const done = isNew && deeper && lines.every(isBlank) ? '' : section()
    if (done !== '') yield done
    path = [...path.filter((header) => header.level < level), { level, line: line.trim() }]
    lines = []
    isNew = true
  }
  const done = section()
  if (done !== '') yield done
}

interface Header {
  readonly level: number
  readonly line: string
}

/** A line, and how deep a header it is, if it is one. */
interface Line {
  readonly line: string
  readonly level: number | undefined
}

/** The lines of a text; inside fences of code nothing is a header. */
function* linesOf(text: string): Generator<Line> {
  let fence: string | undefined
  for (const line of text.split(/\r?\n/)) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]
    if (fence === undefined) {
      fence = mark
      yield { line, level: mark === undefined ? levelOf(line) : undefined }
    } else {
      if (mark?.startsWith(fence) === true) fence = undefined
      yield { line, level: undefined }
    }
  }
}

function levelOf(line: string): number | undefined {
  return /^ {0,3}(#{1,6})(?:[ \t]|$)/.exec(line)?.[1]?.length
}

function isBlank(line: string): boolean {
  return line.trim() === ''
}

/**
 * Reads headers as a designer lists them, `#, ##`: how deep they are; `undefined` when one of them is
 * no header.
 */
export function readHeaderLevels(list: string): ReadonlySet<number> | undefined {
  const marks = list.split(',').map((mark) => mark.trim())
  return marks.every((mark) => /^#{1,6}$/.test(mark))
    ? new Set(marks.map((mark) => mark.length))
    : undefined
}
