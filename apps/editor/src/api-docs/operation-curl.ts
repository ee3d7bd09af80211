import { shellText } from '../ui/shell-text.ts'
import type { Operation } from './api-description.ts'
import { schemaExample } from './schema-example.ts'

/** A call as a command; what stands in capitals is to be filled in. */
export function operationCurl(operation: Operation, serverUrl: string): string {
  const { method, path, parameters, body, needsKey, answers } = operation
  const query = parameters
    .filter((parameter) => parameter.in === 'query' && parameter.isRequired)
    .map(({ name }) => `${name}=${name.toUpperCase()}`)
    .join('&')
  const headers = parameters.filter(
    (parameter) => parameter.in === 'header' && parameter.isRequired,
  )
  const isStreamed = answers.some(({ type }) => type === 'text/event-stream')
  const example = body?.examples[0]?.value ?? schemaExample(body?.schema)
  return [
    `curl ${isStreamed ? '-N ' : ''}${method === 'GET' ? '' : `-X ${method} `}${shellText(
      `${serverUrl}${filled(path)}${query === '' ? '' : `?${query}`}`,
    )}`,
    ...(needsKey ? ['-H "Authorization: Bearer $MILLRACE_API_KEY"'] : []),
    ...headers.map(
      ({ name }) => `-H ${shellText(`${name}: ${name === 'If-Match' ? '"1"' : 'VALUE'}`)}`,
    ),
    ...(body === undefined
      ? []
      : [`-H 'Content-Type: application/json'`, `-d ${shellText(JSON.stringify(example))}`]),
  ].join(' \\\n  ')
}

/** `/flows/{id}` as `/flows/FLOW_ID`: braces mean something else to curl. */
function filled(path: string): string {
  const parts = path.split('/')
  return parts
    .map((part, index) => {
      const name = /^\{(\w+)\}$/.exec(part)?.[1]
      if (name === undefined) return part
      const of = name === 'id' ? `${(parts[index - 1] ?? '').replace(/s$/, '')}Id` : name
      return of.replaceAll(/([A-Z])/g, '_$1').toUpperCase()
    })
    .join('/')
}
