import { FlowError } from '@millrace/flow'
import { json, type Request, type Response } from 'express'
import { expectDepth } from './expect-depth.ts'
import type { LimitsOfRequests } from './limits.ts'
import { parseChecked } from './parse-checked.ts'
import type { BodyRule } from './route.ts'

/**
 * Reads the body of a request as JSON within its limits. Without a body the rule's schema sees
 * `undefined`. Throws `unsupported_media_type`, `limit_exceeded` or `bad_request`.
 */
export async function readBody<Body>(
  request: Request,
  response: Response,
  { rule, limits }: { readonly rule: BodyRule<Body>; readonly limits: LimitsOfRequests },
): Promise<Body> {
  // The parser takes a body of no bytes, as browsers send it, for an empty object.
  if (!hasBody(request)) return parseChecked(rule.schema, undefined, 'body')
  if (request.is(['json', '+json']) === false) {
    throw new FlowError(
      'unsupported_media_type',
      `A body of type "${request.headers['content-type'] ?? ''}" is not read here. Send JSON with content-type: application/json.`,
    )
  }
  const maxBytes = rule.maxBytes(limits)
  await new Promise<void>((resolve, reject) => {
    parserOf(maxBytes)(request, response, (error?: unknown) => {
      if (error === undefined) resolve()
      else reject(bodyError(error, maxBytes))
    })
  })
  const body: unknown = request.body
  expectDepth(body, limits.jsonDepth, 'The body')
  return parseChecked(rule.schema, body, 'body')
}

const parsers = new Map<number, ReturnType<typeof json>>()

function parserOf(maxBytes: number): ReturnType<typeof json> {
  let parser = parsers.get(maxBytes)
  if (parser === undefined) {
    // The type was looked at before, and there are more than the one that the library takes.
    parser = json({ limit: maxBytes, strict: false, type: () => true })
    parsers.set(maxBytes, parser)
  }
  return parser
}

function hasBody(request: Request): boolean {
  const length = request.headers['content-length']
  return request.headers['transfer-encoding'] !== undefined || (length ?? '0') !== '0'
}

function bodyError(error: unknown, maxBytes: number): FlowError {
  const type = error instanceof Error && 'type' in error ? error.type : undefined
  switch (type) {
    case 'entity.too.large':
      return new FlowError('limit_exceeded', `The body is larger than ${maxBytes} bytes.`, {
        details: { limit: 'body', max: maxBytes },
      })
    case 'encoding.unsupported':
    case 'charset.unsupported':
      return new FlowError(
        'unsupported_media_type',
        'The encoding of the body is not read here. Send plain JSON in UTF-8.',
      )
    default:
      return new FlowError('bad_request', `The body is not JSON${placeOf(error)}.`, {
        cause: error,
      })
  }
}

/** Where the parser stumbled; its message also quotes the text, which may hold secrets. */
function placeOf(error: unknown): string {
  const place = error instanceof Error ? /at position [0-9]+/.exec(error.message)?.[0] : undefined
  return place === undefined ? '' : ` (${place})`
}
