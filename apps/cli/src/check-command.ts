import { checkCode, type FunctionSandbox } from '@millrace/engine'
import { checkFlow, hasErrors, type Flow, type Problem } from '@millrace/flow'
import { registry } from '@millrace/nodes'
import type { OwnedFunctionSandbox } from '@millrace/nodes/server'
import { defineCommand } from 'citty'
import { exitCodes } from './exit-code.ts'
import { formatProblems } from './print-problems.ts'
import { readFlow } from './read-flow.ts'

/** `millrace check flow.json`: lists what is wrong with a flow. */
export const checkCommand = defineCommand({
  meta: { name: 'check', description: 'List the problems of a flow; exit code 1 on errors.' },
  args: {
    file: { type: 'positional', description: 'The flow file', required: true },
    json: { type: 'boolean', description: 'Print the problems as JSON' },
  },
  async run({ args }) {
    const file = await readFlow(args.file)
    const problems = file.status === 'flow' ? await problemsOf(file.flow) : file.problems
    if (args.json === true) console.log(JSON.stringify({ problems }, null, 2))
    else console.log(problems.length === 0 ? 'No problems.' : formatProblems(problems))
    return hasErrors(problems) ? exitCodes.failed : exitCodes.ok
  },
})

async function problemsOf(flow: Flow): Promise<readonly Problem[]> {
  let sandbox: OwnedFunctionSandbox | undefined
  const check: FunctionSandbox['check'] = async (code) => {
    // Most flows have no code, and are checked without what runs it.
    sandbox ??= (await import('@millrace/nodes/server')).createFunctionSandbox()
    return sandbox.check(code)
  }
  try {
    return [...checkFlow(flow, registry), ...(await checkCode(flow, registry, { check }))]
  } finally {
    await sandbox?.close()
  }
}
