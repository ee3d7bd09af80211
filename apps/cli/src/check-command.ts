import { checkCode, type FunctionSandbox } from '@millrace/engine'
import {
  checkFlow,
  hasErrors,
  type CheckOptions,
  type Problem,
  type Registry,
} from '@millrace/flow'
import type { OwnedFunctionSandbox } from '@millrace/nodes/server'
import { defineCommand } from 'citty'
import { readConnections } from './connections-file.ts'
import { exitCodes } from './exit-code.ts'
import { readFlowFiles, type NamedFlowFile } from './flow-files.ts'
import { installedNodes } from './installed-nodes.ts'
import { formatProblems } from './print-problems.ts'

/** `millrace check flow.json flows/`: lists what is wrong with flows. */
export const checkCommand = defineCommand({
  meta: { name: 'check', description: 'List the problems of flows; exit code 1 on errors.' },
  args: {
    files: { type: 'positional', description: 'Flow files, or folders of them', required: true },
    connections: {
      type: 'string',
      description: 'A JSON file of connections by id; those that flows name are looked for in it',
    },
    json: { type: 'boolean', description: 'Print the problems as JSON' },
  },
  async run({ args }) {
    const { registry } = await installedNodes(process.env)
    const options = await optionsOf(args.connections, registry)
    const files = await readFlowFiles(args._)
    const found = await withSandbox((sandbox) =>
      Promise.all(
        files.map(async (file) => ({
          path: file.path,
          problems: await problemsOf(file, { options, registry, sandbox }),
        })),
      ),
    )
    const problems = found.flatMap((file) =>
      file.problems.map((problem) => ({ file: file.path, ...problem })),
    )
    if (args.json === true) console.log(JSON.stringify({ problems }, null, 2))
    else console.log(found.map((file) => reportOf(file, files.length)).join('\n'))
    return hasErrors(problems) ? exitCodes.failed : exitCodes.ok
  },
})

type CodeCheck = Pick<FunctionSandbox, 'check'>

/** Most flows have no code, and are checked without what runs it. */
async function withSandbox<T>(use: (sandbox: CodeCheck) => Promise<T>): Promise<T> {
  let sandbox: Promise<OwnedFunctionSandbox> | undefined
  const open = async () => (await import('@millrace/nodes/server')).createFunctionSandbox()
  try {
    return await use({ check: async (code) => (await (sandbox ??= open())).check(code) })
  } finally {
    await (await sandbox)?.close()
  }
}

async function optionsOf(
  connectionsFile: string | undefined,
  registry: Registry,
): Promise<CheckOptions> {
  if (connectionsFile === undefined) return {}
  const given = await readConnections(connectionsFile, process.env)
  const builtIn = [...registry.connections.values()].filter((kind) => kind.builtIn === true)
  return {
    connections: new Map([...builtIn.map(({ kind }) => [kind, { kind }] as const), ...given]),
  }
}

async function problemsOf(
  file: NamedFlowFile,
  {
    options,
    registry,
    sandbox,
  }: {
    readonly options: CheckOptions
    readonly registry: Registry
    readonly sandbox: CodeCheck
  },
): Promise<readonly Problem[]> {
  if (file.status !== 'flow') return file.problems
  const { flow } = file
  return [...checkFlow(flow, registry, options), ...(await checkCode(flow, registry, sandbox))]
}

/** Of several files, each is named. */
function reportOf(
  { path, problems }: { readonly path: string; readonly problems: readonly Problem[] },
  files: number,
): string {
  const report = problems.length === 0 ? 'No problems.' : formatProblems(problems)
  if (files === 1) return report
  return problems.length === 0 ? `${path}: ${report}` : `${path}:\n${report}`
}
