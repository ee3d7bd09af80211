import { isAnswer, readValue, type ReadValue, type RunEvent, type Source } from '@millrace/flow'

/** Where a run is printed: the answer apart from what is said beside it. */
export interface Output {
  /** The standard output: nothing but the answer. */
  answer(text: string): void
  /** The standard error, a line a time. */
  aside(line: string): void
  /** Whether somebody reads both in one window, so that they must not run into each other. */
  readonly isTerminal: boolean
}

/** Takes the events of a run, in order, and prints what they say. */
export interface RunPrinter {
  take(event: RunEvent): void
}

/** Prints the log itself, a line of JSON for each event. */
export function printEvents({ answer }: Output): RunPrinter {
  return { take: (event) => answer(`${JSON.stringify(event)}\n`) }
}

/**
 * Prints the answer that a run's values make: text as it comes, other JSON on lines of its own, the
 * sources as a list under it, and what the flow is doing beside it.
 */
export function printAnswer({ answer, aside, isTerminal }: Output): RunPrinter {
  const sources: Source[] = []
  let hasAnswered = false
  let isLineOpen = false
  const write = (text: string) => {
    const shown = isTerminal ? withoutControls(text) : text
    if (shown === '') return
    answer(shown)
    isLineOpen = !shown.endsWith('\n')
  }
  const endLine = () => {
    if (isLineOpen) write('\n')
  }
  const print = (value: ReadValue) => {
    switch (value.kind) {
      case 'text':
        return write(value.text)
      case 'sources':
        sources.push(...value.items)
        return
      case 'status':
        if (isTerminal) endLine()
        aside(withoutControls(value.text))
        return
      case 'json':
        endLine()
        write(`${JSON.stringify(value.value)}\n`)
    }
  }
  return {
    take(event) {
      if (event.type === 'run-yield') {
        const value = readValue(event.value)
        hasAnswered ||= isAnswer(value)
        print(value)
      } else if (event.type === 'run-end') {
        if (!hasAnswered) print(readValue(event.result))
        endLine()
        if (sources.length > 0) write(`\nSources\n${sources.map(sourceLines).join('')}`)
      }
    },
  }
}

/** What a model says must not steer the terminal that it is read in. */
function withoutControls(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n\t]/gu, '')
}

function sourceLines({ title, url, snippet, score }: Source, index: number): string {
  const mark = `${index + 1}. `
  const head = `${mark}${title}${score === undefined ? '' : ` (${score})`}`
  const under = [url === title ? undefined : url, snippet?.replaceAll(/\s+/g, ' ')]
  const lines = under.filter((line) => line !== undefined)
  return [head, ...lines.map((line) => `${' '.repeat(mark.length)}${line}`)]
    .map((line) => `${line}\n`)
    .join('')
}
