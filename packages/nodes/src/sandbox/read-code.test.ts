import { describe, expect, it } from 'vitest'
import { readCode } from './read-code.server.ts'

describe('reading code', () => {
  it('[J2] blanks types, so that everything else stays where it was', () => {
    const source = 'const a: number = 1\ninterface X { y: string }\nreturn a as unknown'
    expect(readCode(source)).toEqual({
      status: 'read',
      body: `const a${' '.repeat(8)} = 1\n${' '.repeat(25)}\nreturn a${' '.repeat(11)}`,
    })
  })

  it.each([
    ['const x = ;', 1, 11],
    ['\n\n  const x = ;', 3, 13],
    ['\t\tconst x = ;', 1, 13],
    ['const 漢字 = ;', 1, 12],
    ['"😀😀"; const x = ;', 1, 19],
    ['const x = ;\r\nreturn x', 1, 11],
    ['/*\n^^^\n*/ const x = ;', 3, 14],
    ['return (1', 1, 10],
    ['if (a) {\n  return 1\n', 3, 1],
    ['const a = 1\nreturn `abc', 2, 12],
    ['import fs from "fs"', 1, 1],
    ['export const x = 1', 1, 1],
  ])('[J3] says where reading stopped: %j', (source, line, column) => {
    expect(readCode(source)).toMatchObject({ status: 'unreadable', position: { line, column } })
  })

  it.each(['enum A { B }', 'namespace A { export const b = 1 }', 'return <string>x'])(
    '[J2] refuses what types alone are not: %j',
    (source) => {
      expect(readCode(`\n${source}`)).toMatchObject({
        status: 'unreadable',
        message: 'Types are removed here, not translated: write this part in JavaScript.',
        position: { line: 2 },
      })
    },
  )

  it('[J3] refuses code that is longer than a flow should hold', () => {
    expect(readCode(' '.repeat(300_000))).toEqual({
      status: 'unreadable',
      message: 'It is longer than 262144 characters. Make it shorter.',
    })
  })
})
