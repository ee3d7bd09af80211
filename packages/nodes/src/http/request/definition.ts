import { defineNode, property } from '@millrace/flow'

const bodyTypesWithBody = ['json', 'text', 'form', 'bytes']

/** Sends one request over HTTP and gives its answer. */
export const httpRequest = defineNode({
  type: 'http.request',
  version: 1,
  kind: 'action',
  title: 'HTTP request',
  system: 'HTTP',
  category: 'data',
  icon: 'globe',
  description:
    'Calls an HTTP API. An answer of 200 to 299 runs the nodes at Success, any other answer those at Non-success. Continue comes after either.',
  tags: ['api', 'rest', 'web', 'fetch', 'call', 'get', 'post', 'webhook', 'url'],
  exec: {
    in: true,
    out: {
      success: {
        label: 'Success',
        block: { response: { nameFrom: 'responseVariable', type: 'httpResponse' } },
      },
      nonSuccess: {
        label: 'Non-success',
        block: { response: { nameFrom: 'responseVariable', type: 'httpResponse' } },
      },
      continue: { label: 'Continue' },
    },
  },
  properties: {
    connection: property.connection({
      label: 'Connection',
      help: 'The API that is called, with its address and credential. Empty: the URL says it all, and no credential is sent.',
      kinds: ['http'],
    }),
    method: property.choice({
      label: 'Method',
      help: 'What the request does.',
      options: {
        GET: 'GET',
        POST: 'POST',
        PUT: 'PUT',
        PATCH: 'PATCH',
        DELETE: 'DELETE',
        HEAD: 'HEAD',
        OPTIONS: 'OPTIONS',
      },
      default: 'GET',
    }),
    url: property.text({
      label: 'URL',
      help: 'A whole address, or, with a connection, what comes after its base URL. With a connection and no URL, the base URL itself.',
      placeholder: '/orders',
      port: 1,
    }),
    queryParameters: property.namedValues({
      label: 'Query parameters',
      help: 'Put at the end of the URL, encoded. A list gives the parameter once for each item; null leaves it out.',
      names: 'text',
      itemLabel: 'Parameter',
    }),
    headers: property.namedValues({
      label: 'Headers',
      help: 'Sent with the request. A credential belongs into a connection, where it stays secret.',
      names: 'text',
      itemLabel: 'Header',
      suggests: 'httpHeaders',
      valueType: 'text',
    }),
    bodyType: property.choice({
      label: 'Body type',
      help: 'How the body is written. It sets Content-Type, unless a header does.',
      options: { none: 'None', json: 'JSON', text: 'Text', form: 'Form', bytes: 'Bytes (base64)' },
      default: 'none',
    }),
    body: property.value({
      label: 'Body',
      help: 'What is sent: as JSON any value, where text becomes JSON text; as a form a record; as bytes their base64 text.',
      port: 2,
      visible: { property: 'bodyType', in: bodyTypesWithBody },
    }),
    responseType: property.choice({
      label: 'Response type',
      help: 'How the body of the answer is read. Automatic: by its content type, as JSON or text, anything else as bytes.',
      options: { automatic: 'Automatic', json: 'JSON', text: 'Text', bytes: 'Bytes (base64)' },
      default: 'automatic',
    }),
    responseVariable: property.variableName({
      label: 'Response variable name',
      help: 'The variable that holds the answer: its status, its headers by their names in lower case, and its body.',
      required: true,
      default: 'response',
    }),
    timeout: property.number({
      label: 'Timeout',
      help: 'How many seconds the whole exchange may take, redirects included. Empty: 60.',
      minimum: 0.1,
      maximum: 3600,
      default: 60,
      unit: 'seconds',
    }),
    maximumRedirects: property.number({
      label: 'Maximum redirects',
      help: 'How many redirects are followed, each to an address that is checked again. 0: a redirect is an answer like any other. Empty: 5.',
      integer: true,
      minimum: 0,
      maximum: 20,
      default: 5,
    }),
    maximumSize: property.number({
      label: 'Maximum size',
      help: 'How many MiB the body of the answer may have, unpacked. Empty: 8.',
      minimum: 0.001,
      maximum: 64,
      default: 8,
      unit: 'MiB',
    }),
  },
  outputs: { response: { nameFrom: 'responseVariable', type: 'httpResponse' } },
})
