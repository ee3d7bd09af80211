import { isRecord, parseFlow, parseFlowTests, type Flow, type FlowTests } from '@millrace/flow'
import { foreignFormat, foreignText } from './foreign-format.ts'
import { findJsonMistake } from './json-mistake.ts'

/** A text to import, and the file that it comes from, if it comes from one. */
export interface ImportText {
  readonly name: string | undefined
  readonly text: string
}

/** One document of an import: a flow, the tests of one, or what is neither, and why. */
export type ImportItem =
  | { readonly status: 'flow'; readonly source: string; readonly flow: Flow }
  | { readonly status: 'tests'; readonly source: string; readonly tests: FlowTests }
  | { readonly status: 'newer'; readonly source: string; readonly version: number }
  /** Another product's: nothing is wrong with it, but it is no flow of ours. */
  | { readonly status: 'foreign'; readonly source: string; readonly product: string }
  | { readonly status: 'refused'; readonly source: string; readonly reasons: readonly string[] }

/** Reads texts; one of several flows, as *Export* saves them, is a list of their documents. */
export function readImport(texts: readonly ImportText[]): readonly ImportItem[] {
  return texts.flatMap(({ name, text }) => {
    const source = name ?? 'The pasted text'
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      const product = foreignText(text)
      return product === undefined
        ? [{ status: 'refused' as const, source, reasons: [notJson(text)] }]
        : [{ status: 'foreign' as const, source, product }]
    }
    const product = foreignFormat(value)
    if (product !== undefined) return [{ status: 'foreign' as const, source, product }]
    if (!Array.isArray(value)) return [readDocument(value, source)]
    return value.length === 0
      ? [{ status: 'refused' as const, source, reasons: ['It is an empty list.'] }]
      : value.map((document: unknown, index) => readDocument(document, `${source}, ${index + 1}`))
  })
}

function readDocument(value: unknown, source: string): ImportItem {
  if (isRecord(value) && value['format'] === 'millrace/flow-test') {
    const parsed = parseFlowTests(value)
    return parsed.status === 'tests'
      ? { status: 'tests', source, tests: parsed.tests }
      : { status: 'refused', source, reasons: parsed.problems.map(({ message }) => message) }
  }
  const parsed = parseFlow(value)
  switch (parsed.status) {
    case 'flow':
      return { status: 'flow', source, flow: parsed.flow }
    case 'newer':
      return { status: 'newer', source, version: parsed.version }
    case 'malformed':
      return { status: 'refused', source, reasons: parsed.problems.map(({ message }) => message) }
  }
}

function notJson(text: string): string {
  const mistake = findJsonMistake(text)
  if (mistake === undefined || !/^\s*[[{]/.test(text)) {
    return 'This is no flow: a flow is a JSON document that starts with {. Choose a file that Millrace exported.'
  }
  const { line, column, found, expected } = mistake
  const what = found === undefined ? 'the text ends' : `there is ${found}`
  return `This is not JSON: at line ${line} column ${column} ${what}, where ${expected} should be. Look for a missing comma or quote there.`
}
