import { FlowError, type Problem } from '@millrace/flow'

/** The error of a flow that has errors, with every problem. */
export function invalidFlow(problems: readonly Problem[]): FlowError {
  const errors = problems.filter(({ severity }) => severity === 'error')
  const [first] = errors
  return new FlowError(
    'flow_invalid',
    errors.length === 1 && first !== undefined
      ? first.message
      : `The flow has ${errors.length} problems to solve before it can run. The first: ${first?.message ?? ''}`,
    {
      ...(first?.nodeId === undefined ? {} : { nodeId: first.nodeId }),
      ...(first?.property === undefined ? {} : { property: first.property }),
      details: { problems },
    },
  )
}
