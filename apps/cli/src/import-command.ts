import { FlowError, serializeFlow, type Flow } from '@millrace/flow'
import { defineCommand } from 'citty'
import { exitCodes } from './exit-code.ts'
import { readFlowFiles, type NamedFlowFile } from './flow-files.ts'
import { printError } from './print-error.ts'
import { formatProblems } from './print-problems.ts'
import { askServer } from './server-api.ts'
import { keyOption, serverTarget, type ServerTarget } from './server-target.ts'

/** What a server says of a flow that it took. */
interface Imported {
  readonly revision: number
  readonly change: 'created' | 'updated' | 'unchanged'
  readonly connections: readonly {
    readonly id: string
    readonly kinds: readonly string[]
    readonly isHere: boolean
  }[]
}

interface Target {
  readonly server: ServerTarget
  /** Whether a flow that is there, and differs, gives way. */
  readonly replaces: boolean
}

/** `millrace import flows/ --server http://localhost:4400`: flow files into a server. */
export const importCommand = defineCommand({
  meta: { name: 'import', description: 'Store flow files on a server, each under its id.' },
  args: {
    files: { type: 'positional', description: 'Flow files, or folders of them', required: true },
    server: { type: 'string', description: 'The address of the server', required: true },
    key: keyOption,
    force: { type: 'boolean', description: 'Let a flow that is there, and differs, give way' },
  },
  async run({ args }) {
    const target = { server: serverTarget(args, process.env), replaces: args.force === true }
    let isRight = true
    for (const file of await readFlowFiles(args._)) {
      isRight = (await importFile(file, target)) && isRight
    }
    return isRight ? exitCodes.ok : exitCodes.failed
  },
})

async function importFile(file: NamedFlowFile, target: Target): Promise<boolean> {
  if (file.status !== 'flow') {
    console.error(`${file.path}:\n${formatProblems(file.problems)}`)
    return false
  }
  try {
    const { change, revision, connections } = await importFlow(file.flow, target)
    console.log(`${change}: ${file.flow.id}, revision ${revision}`)
    for (const { id, kinds } of connections.filter((connection) => !connection.isHere)) {
      console.log(`  needs the connection "${id}" of the kind ${kinds.join(' or ')}`)
    }
    return true
  } catch (error) {
    if (!(error instanceof FlowError)) throw error
    const advice = error.code === 'conflict' ? ' Or let it give way with --force.' : ''
    printError({ ...error.toShape(), message: `${file.path}: ${error.message}${advice}` })
    return false
  }
}

async function importFlow(flow: Flow, { server, replaces }: Target): Promise<Imported> {
  const body = serializeFlow(flow)
  const put = async (headers = {}) => {
    const call = { method: 'POST', path: '/api/flows/import', body, headers } as const
    return JSON.parse(await askServer(server, call)) as Imported // the server's contract
  }
  try {
    return await put()
  } catch (error) {
    const current = error instanceof FlowError ? error.details?.['currentRevision'] : undefined
    // Only what was there a moment ago gives way, not what somebody saves meanwhile.
    if (!replaces || typeof current !== 'number') throw error
    return await put({ 'if-match': `"${current}"` })
  }
}
