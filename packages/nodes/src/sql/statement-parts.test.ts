import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { statementParts } from './statement-parts.ts'
import type { SqlSystem } from './sql-system.ts'

const parametersIn = (statement: string, system: SqlSystem['id'] = 'postgres') =>
  statementParts(statement, system).flatMap(({ kind, text }) =>
    kind === 'parameter' ? [text] : [],
  )

describe('the parameters of a statement', () => {
  it.each([
    ['SELECT @a', ['@a']],
    ['SELECT @a,@b_2, (@C)', ['@a', '@b_2', '@C']],
    ['WHERE id=@id AND x>=@from AND y<>@to', ['@id', '@from', '@to']],
    ['WHERE x<@limit_is_an_operator_here', []],
    ['WHERE x < @limit', ['@limit']],
    ['SELECT @a::text', ['@a']],
    ['SELECT items[@index]', ['@index']],
    ['SELECT -@a +@b *@c', ['@a', '@b', '@c']],
    ['SELECT a@b', ['@b']],
    ['LIMIT @top;', ['@top']],
  ])('[Q8] are found in %j', (statement, parameters) => {
    expect(parametersIn(statement)).toEqual(parameters)
  })

  it.each([
    ["'@a'"],
    ["'it''s @a'"],
    ["E'\\'@a'"],
    ['"@a"'],
    ['"my ""@a"" column"'],
    ['-- @a'],
    ['/* @a /* @b */ @c */'],
    ['$$ @a $$'],
    ['$body$ $$ @a $other$ @b $body$'],
    ['tags @> list'],
    ['list <@ tags'],
    ['vector @@ query'],
    ['vector @@query'],
    ['path @-@lines'],
    ['data @? pattern'],
    ['@ -5'],
    ['@1'],
    ['$1'],
    ["'open @a"],
    ['/* open @a'],
    ['$$ open @a'],
  ])('[Q8] are not found in %j', (statement) => {
    expect(parametersIn(`SELECT ${statement}`)).toEqual([])
  })

  it.each([
    ["'closed', @a", ['@a']],
    ['/* a */ @b', ['@b']],
    ['-- none\n@b', ['@b']],
    ['$x$ @a $x$ = @b', ['@b']],
    ['tags @> @list', ['@list']],
    ["n'a' || @b", ['@b']],
  ])('[Q8] are found again after %j', (statement, parameters) => {
    expect(parametersIn(statement)).toEqual(parameters)
  })

  it.each([
    ['[@a] = @b', ['@b']],
    ['[a]]@b] = @c', ['@c']],
    ['SELECT @@ROWCOUNT, @a', ['@a']],
    ["N'@a' + @b", ['@b']],
    ['x<@limit', ['@limit']],
    ['$$ @a $$', ['@a']],
  ])('[Q8] are those of SQL Server in %j', (statement, parameters) => {
    expect(parametersIn(statement, 'sqlserver')).toEqual(parameters)
  })

  it.each(['postgres', 'sqlserver'] as const)('[Q8] leave the rest as it is (%s)', (system) => {
    const piece = fc.constantFrom(
      '@a',
      "'",
      '"',
      '$$',
      '$x$',
      '/*',
      '*/',
      '--',
      '\n',
      '[',
      ']',
      ' ',
      '@',
      '<',
      'é😀',
    )
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const statement = pieces.join('')
        const parts = statementParts(statement, system)
        expect(parts.map(({ text }) => text).join('')).toBe(statement)
        for (const { text, start } of parts) {
          expect(statement.slice(start, start + text.length)).toBe(text)
        }
      }),
    )
  })
})
