import { FlowError, type ErrorCode } from '@millrace/flow'
import { addressRefusal } from '../../network/address-refusal.server.ts'
import { AddressRefused } from '../../network/checked-lookup.server.ts'
import { codeOf } from '../upstream-fetch.server.ts'

interface Asked {
  readonly url: URL
  /** Of the node: what led there. */
  readonly property: string
}

/** What became of a request for which there is no whole answer. Names the host, never the path. */
export function networkError(error: unknown, { url, property }: Asked): FlowError {
  if (error instanceof AddressRefused) {
    const what = property === 'url' ? 'The URL' : 'The connection'
    return addressRefusal(error, { what, property })
  }
  const thrown = codeOf(error) ?? ''
  const found = failures.find(({ codes }) => codes.some((known) => thrown.startsWith(known)))
  const { code, message, retryable = true, limit } = found ?? brokenOff
  return new FlowError(code, `"${url.host}" ${message}`, {
    property,
    retryable,
    details: { host: url.host, ...limit },
    cause: error,
  })
}

interface Failure {
  /** Of Node.js, undici or zlib, or how they begin. */
  readonly codes: readonly string[]
  readonly code: ErrorCode
  /** The rest of a sentence about the host. */
  readonly message: string
  readonly retryable?: boolean
  readonly limit?: { readonly limit: string; readonly max: number }
}

/** undici's limit of the head of an answer, in bytes. */
const maxHeadBytes = 16_384

const brokenOff: Failure = {
  codes: ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET', 'ERR_STREAM_PREMATURE_CLOSE'],
  code: 'upstream_disconnected',
  message: 'closed the connection before its answer was complete. Try again.',
}

const failures: readonly Failure[] = [
  brokenOff,
  {
    codes: ['ENOTFOUND', 'EAI_AGAIN', 'EAI_FAIL'],
    code: 'provider_unreachable',
    message: 'is not known: its name has no address. Check the address.',
  },
  {
    codes: ['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'EADDRNOTAVAIL'],
    code: 'provider_unreachable',
    message: 'takes no connection. Check the address, and whether the server runs.',
  },
  {
    codes: ['UND_ERR_CONNECT_TIMEOUT', 'ETIMEDOUT'],
    code: 'provider_unreachable',
    message: 'did not take a connection within 10 seconds. Check the address, and whether it runs.',
  },
  {
    codes: ['UND_ERR_HEADERS_OVERFLOW', 'HPE_HEADER_OVERFLOW'],
    code: 'limit_exceeded',
    message: `sent headers of more than ${maxHeadBytes} bytes.`,
    retryable: false,
    limit: { limit: 'responseHeaders', max: maxHeadBytes },
  },
  {
    codes: ['Z_BUF_ERROR', 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH'],
    code: 'upstream_truncated',
    message: 'ended its answer before it was complete. Try again.',
  },
  {
    codes: ['HPE_INVALID', 'ERR_SSL_WRONG_VERSION_NUMBER', 'EPROTO'],
    code: 'upstream_protocol',
    message: 'does not speak HTTP there as it should. Check the address, and http or https.',
    retryable: false,
  },
  {
    codes: ['Z_', 'ERR__ERROR_'],
    code: 'upstream_protocol',
    message: 'packed its answer in a way that cannot be unpacked.',
    retryable: false,
  },
  {
    codes: [
      'CERT_HAS_EXPIRED',
      'DEPTH_ZERO_SELF_SIGNED_CERT',
      'SELF_SIGNED_CERT_IN_CHAIN',
      'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
      'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
      'ERR_TLS_CERT_ALTNAME_INVALID',
    ],
    code: 'provider_unreachable',
    message: 'has a certificate that cannot be trusted. Check the address, and its certificate.',
    retryable: false,
  },
]
