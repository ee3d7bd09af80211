#!/usr/bin/env node
import { defineCommand, renderUsage, runCommand, type SubCommandsDef } from 'citty'
import { checkCommand } from './check-command.ts'
import { diffCommand } from './diff-command.ts'
import { exitCodes, UsageError } from './exit-code.ts'
import { exportCommand } from './export-command.ts'
import { formatCommand } from './format-command.ts'
import { importCommand } from './import-command.ts'
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
}

const millrace = defineCommand({
  meta: { name: 'millrace', description: 'Draw, check and run streaming flows.' },
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
    console.log(await renderUsage(millrace))
    return name === undefined ? exitCodes.usage : exitCodes.ok
  }
  if (command === undefined) {
    console.error(`There is no command "${name}". Known are ${Object.keys(commands).join(', ')}.`)
    return exitCodes.usage
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    console.log(await renderUsage(command, millrace))
    return exitCodes.ok
  }
  try {
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
