import { ByteReader } from './protocol/bytes.ts'
import { readParameter, type Parameter } from './protocol/parameters.ts'

/** A call of a procedure. */
export interface Call {
  /** In lower case. */
  readonly procedure: string
  readonly parameters: readonly Parameter[]
}

/** Procedures that have a number in place of a name. */
const numbered: Readonly<Record<number, string>> = {
  10: 'sp_executesql',
  11: 'sp_prepare',
  12: 'sp_execute',
  13: 'sp_prepexec',
  15: 'sp_unprepare',
}

export function readCall(data: Buffer): Call {
  const reader = new ByteReader(data)
  const length = reader.u16()
  const byNumber = 0xff_ff
  const procedure =
    length === byNumber ? (numbered[reader.u16()] ?? '') : reader.text(length).toLowerCase()
  reader.u16()
  const parameters: Parameter[] = []
  while (!reader.isAtEnd) parameters.push(readParameter(reader))
  return { procedure, parameters }
}

/** The names in a declaration of parameters: `@a int, @b nvarchar(max)`. */
export function declaredNames(declaration: string): readonly string[] {
  return Array.from(declaration.matchAll(/@[\w$#@]+/g), ([name]) => name)
}
