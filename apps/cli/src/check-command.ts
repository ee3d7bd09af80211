import { checkCode } from '@millrace/engine'
import { checkFlow, hasErrors, type Flow, type Problem } from '@millrace/flow'
import { registry } from '@millrace/nodes'
import { createFunctionSandbox } from '@millrace/nodes/server'
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
  const functions = createFunctionSandbox()
  try {
    return [...checkFlow(flow, registry), ...(await checkCode(flow, registry, functions))]
  } finally {
    await functions.close()
  }
}
