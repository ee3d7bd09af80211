import { serveUntilSignal } from './serve-until-signal.ts'
import { describeSettings, readSettings } from './settings.ts'
import { StartError } from './start-error.ts'

/** Starts the server: the one place that reads the environment of the process. */
async function main(): Promise<number> {
  const [argument] = process.argv.slice(2)
  if (argument === '--help' || argument === '-h') {
    process.stdout.write(
      `Starts the Millrace server. These variables of the environment set it up:\n\n${describeSettings()}\n`,
    )
    return 0
  }
  if (argument !== undefined) {
    process.stderr.write(`millrace: There is no option "${argument}". See --help.\n`)
    return 2
  }
  try {
    await serveUntilSignal(readSettings(process.env))
    return 0
  } catch (error) {
    if (!(error instanceof StartError)) throw error
    process.stderr.write(`millrace: ${error.message}\n`)
    return 1
  }
}

process.exit(await main())
