import { stripVTControlCharacters } from 'node:util'
import { describeSettings } from '@millrace/server/settings'
import { version } from '@millrace/server/version'
import { defineCommand, renderUsage, runCommand, type ArgsDef, type SubCommandsDef } from 'citty'
import { backupCommand } from './backup-command.ts'
import { checkCommand } from './check-command.ts'
import { refuseUnknown } from './command-line.ts'
import { diffCommand } from './diff-command.ts'
import { exitCodes, UsageError } from './exit-code.ts'
import { exportCommand } from './export-command.ts'
import { formatCommand } from './format-command.ts'
import { importCommand } from './import-command.ts'
import { restoreCommand } from './restore-command.ts'
import { rotateKeyCommand } from './rotate-key-command.ts'
import { runFlowCommand } from './run-command.ts'
import { startCommand } from './start-command.ts'
import { testCommand } from './test-command.ts'

/** A command, whatever its arguments: what the library takes as a subcommand, at once. */
type Command = Exclude<SubCommandsDef[string], Promise<unknown> | (() => unknown)>

const commands: Readonly<Record<string, Command>> = {
  start: startCommand,
  run: runFlowCommand,
  check: checkCommand,
  test: testCommand,
  diff: diffCommand,
  format: formatCommand,
  export: exportCommand,
  import: importCommand,
  backup: backupCommand,
  restore: restoreCommand,
  'rotate-key': rotateKeyCommand,
}

/** Of files and folders, these take as many as they are given; `diff` counts its own. */
const takingMany: ReadonlySet<string> = new Set(['check', 'test', 'diff', 'format', 'import'])

const millrace = defineCommand({
  meta: { name: 'millrace', version, description: 'Draw, check and run streaming flows.' },
  subCommands: { ...commands },
})

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  // Whoever read the output has seen enough: `millrace run flow.json | head`.
  process.exit(exitCodes.ok)
})
process.exitCode = await main(process.argv.slice(2))

async function main(rawArgs: string[]): Promise<number> {
  const [name, ...rest] = rawArgs
  const command = Object.entries(commands).find(([known]) => known === name)?.[1]
  if (name === undefined || name === '--help' || name === '-h') {
    console.log(plainInPipes(await renderUsage(millrace)))
    return name === undefined ? exitCodes.usage : exitCodes.ok
  }
  if (name === '--version' || name === '-v') {
    console.log(version)
    return exitCodes.ok
  }
  if (command === undefined) {
    console.error(`There is no command "${name}". Known are ${Object.keys(commands).join(', ')}.`)
    return exitCodes.usage
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    console.log(plainInPipes(await renderUsage(command, millrace)))
    if (command === startCommand) {
      console.log(`These variables of the environment set it up:\n\n${describeSettings()}`)
    }
    return exitCodes.ok
  }
  try {
    const args = (command.args ?? {}) as ArgsDef // each command above has them as an object
    refuseUnknown(rest, { args, takesMany: takingMany.has(name) })
    const { result } = await runCommand(command, { rawArgs: rest })
    return typeof result === 'number' ? result : exitCodes.ok
  } catch (error) {
    // A command line that cannot be read: ours, or the parser's own error.
    if (error instanceof UsageError || (error instanceof Error && error.name === 'CLIError')) {
      console.error(`${error.message}\nSee: millrace ${name} --help`)
      return exitCodes.usage
    }
    throw error
  }
}

/** The library colours its help whoever reads it. */
function plainInPipes(text: string): string {
  return process.stdout.isTTY ? text : stripVTControlCharacters(text)
}
