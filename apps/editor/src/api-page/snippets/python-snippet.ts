import type { ApiTarget } from '../api-target.ts'
import { addressOf } from '../flow-call.ts'
import { pythonLiteral } from './literal.ts'
import { keyVariable, type Snippet } from './snippet.ts'

/** Runs a flow that no chat starts, by what Python brings along. */
export function pythonSnippet(target: ApiTarget): Snippet {
  const call = target.kind === 'run' ? 'run' : 'stream'
  const read =
    call === 'run'
      ? '    print(json.load(response))\n'
      : '    for line in response:\n        print(json.loads(line))\n'
  const code = `import json
import os
from urllib.request import Request, urlopen

request = Request(
    ${pythonLiteral(addressOf(target, call))},
    method="POST",
    headers={
        "Authorization": "Bearer " + os.environ["${keyVariable}"],
        "Content-Type": "application/json",${
          call === 'run' ? '' : '\n        "Accept": "application/x-ndjson",'
        }
    },
    data=json.dumps(${pythonLiteral(target.input, '    ')}).encode(),
)
with urlopen(request) as response:
${read}`
  return {
    id: 'python',
    title: 'Python',
    note:
      call === 'run'
        ? 'It needs no package.'
        : 'It needs no package. Each line is a value, the last one the end.',
    files: [{ name: 'run.py', language: 'python', code }],
  }
}
