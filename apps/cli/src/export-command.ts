import { FlowError } from '@millrace/flow'
import { defineCommand } from 'citty'
import { exitCodes } from './exit-code.ts'
import { printError } from './print-error.ts'
import { writeText } from './read-flow.ts'
import { askServer } from './server-api.ts'
import { keyOption, serverTarget } from './server-target.ts'

/** `millrace export chat --server http://localhost:4400`: a flow of a server as a file. */
export const exportCommand = defineCommand({
  meta: { name: 'export', description: 'Read a flow from a server, in its canonical text.' },
  args: {
    flow: { type: 'positional', description: 'The id of the flow', required: true },
    server: { type: 'string', description: 'The address of the server', required: true },
    key: keyOption,
    out: { type: 'string', description: 'The file to write; default: the standard output' },
  },
  async run({ args }) {
    const server = serverTarget(args, process.env)
    try {
      const path = `/api/flows/${encodeURIComponent(args.flow)}/export`
      const text = await askServer(server, { method: 'GET', path })
      if (args.out === undefined) process.stdout.write(text)
      else await writeText(args.out, text)
      return exitCodes.ok
    } catch (error) {
      if (!(error instanceof FlowError)) throw error
      printError(error.toShape())
      return exitCodes.failed
    }
  },
})
