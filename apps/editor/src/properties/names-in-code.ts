/**
 * The names that JavaScript or TypeScript reads without declaring them, in the order of the text.
 * A guess for suggestions: it knows words, not grammar.
 */
export function namesInCode(code: string): readonly string[] {
  const text = code.replace(quiet, ' ')
  const declared = new Set(
    [...text.matchAll(declarations)].flatMap(([, ...groups]) => groups.join(' ').match(word) ?? []),
  )
  const read = [...text.matchAll(reads)].map(([name]) => name)
  return [...new Set(read)].filter((name) => !declared.has(name) && !known.has(name))
}

const word = /[A-Za-z_$][\w$]*/g
/** Comments and texts; what stands in a template may be lost with it. */
const quiet = /\/\/.*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`/g
/** Names after the words that declare, between the brackets of parameters, and before an arrow. */
const declarations =
  /\b(?:const|let|var|function|class|catch|type|interface)\b\s*([\w$]+|[[{(][^\]})]*)|\(([^()]*)\)\s*=>|([\w$]+)\s*=>/g
/** Not after a point, and not the name of a field. */
const reads = /(?<![\w$.])[A-Za-z_$][\w$]*(?!\s*:(?!:))(?![\w$])/g

const known: ReadonlySet<string> = new Set(
  `as async await break case catch class const continue default delete do else false finally for
  function if in instanceof interface let new null of return static switch this throw true try type
  typeof undefined var void while yield any boolean number string unknown Array BigInt Boolean Date
  Error Infinity Intl JSON Map Math NaN Number Object Promise RegExp Set String Symbol console
  decodeURIComponent encodeURIComponent globalThis isFinite isNaN parseFloat parseInt structuredClone`.split(
    /\s+/,
  ),
)
