/** A `@name` in a statement, with its place. */
export interface ParameterUse {
  /** Without its `@`. */
  readonly name: string
  readonly start: number
  readonly end: number
}

/** Everything in which a `@` means nothing, and `@name` and `@@name` themselves. */
const tokens =
  /'(?:[^']|'')*'?|"(?:[^"]|"")*"?|\[[^\]]*\]?|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|(\$\w*\$)[\s\S]*?(?:\1|$)|@@\w+|@([A-Za-z_]\w*)/g

/** The parameters that a statement uses, in their order, each as often as it stands there. */
export function parametersIn(statement: string): readonly ParameterUse[] {
  return [...statement.matchAll(tokens)].flatMap((match) => {
    const name = match[2]
    if (name === undefined) return []
    return [{ name, start: match.index, end: match.index + match[0].length }]
  })
}
