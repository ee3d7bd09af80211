import { parseArgs } from 'node:util'
import { nearestName } from '@millrace/flow'
import type { ArgsDef } from 'citty'
import { UsageError } from './exit-code.ts'

/** What of a command says which command lines it can read. */
export interface CommandLineRules {
  readonly args: ArgsDef
  /** Whether it takes more paths than it declares: `flows/ more.json`. */
  readonly takesMany: boolean
}

/**
 * Throws a `UsageError` for what a command does not know, which the parser passes over: a mistyped
 * `--server` would run the flow here, and a mistyped `--check` would write.
 */
export function refuseUnknown(
  rawArgs: readonly string[],
  { args, takesMany }: CommandLineRules,
): void {
  const options = Object.fromEntries(
    Object.entries(args).flatMap(([name, { type }]) =>
      type === 'string' || type === 'boolean' ? [[name, { type }] as const] : [],
    ),
  )
  const { tokens } = parseArgs({
    args: [...rawArgs],
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  })
  const places = Object.values(args).filter(({ type }) => type === 'positional').length
  let given = 0
  for (const token of tokens) {
    if (token.kind === 'positional') {
      given += 1
      if (given <= places || takesMany) continue
      throw new UsageError(`"${token.value}" is one argument too many. Leave it out.`)
    }
    if (token.kind !== 'option') continue
    const { name, value } = token
    const option = Object.hasOwn(options, name) ? options[name] : undefined
    if (option === undefined) throw unknownOption(token.rawName, Object.keys(options))
    if (option.type === 'boolean' && value !== undefined) {
      throw new UsageError(`--${name} takes no value. Leave "${value}" out.`)
    }
    if (option.type === 'string' && lacksValue(token)) {
      throw new UsageError(`--${name} needs a value: --${name}=….`)
    }
  }
}

function unknownOption(rawName: string, known: readonly string[]): UsageError {
  const nearest = nearestName(rawName.replace(/^-+/, ''), known)
  const advice = nearest === undefined ? '' : ` Did you mean --${nearest}?`
  return new UsageError(`There is no option "${rawName}".${advice}`)
}

/** What looks like the next option is no value, unless it is joined on with `=`. */
function lacksValue({
  value,
  inlineValue,
}: {
  readonly value: string | undefined
  readonly inlineValue: boolean | undefined
}): boolean {
  return value === undefined || (inlineValue !== true && /^-./.test(value))
}
