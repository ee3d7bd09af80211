import { defineConnection } from '@millrace/flow'

/** An HTTP API: where it is, and what it wants to see before it answers. */
export const httpConnection = defineConnection({
  kind: 'http',
  title: 'HTTP',
  icon: 'globe',
  description:
    'An HTTP API: its address, and the credential that it asks for. The credential is sent to this address only.',
  waysLabel: 'Authentication',
  ways: [
    { label: 'None', fields: [] },
    { label: 'Bearer token', fields: ['token'] },
    { label: 'Basic', fields: ['user', 'password'] },
    { label: 'Header', fields: ['headerName', 'headerValue'] },
    {
      label: 'OAuth 2',
      fields: ['tokenUrl', 'clientId', 'clientSecret', 'scope'],
    },
  ],
  fields: {
    baseUrl: {
      kind: 'text',
      label: 'Base URL',
      help: 'The address of the API. A request names the rest of it, such as /orders/17.',
      required: true,
      address: true,
      url: true,
      placeholder: 'https://api.example.com/v1',
    },
    token: {
      kind: 'text',
      label: 'Token',
      help: 'Sent as "Authorization: Bearer …". Stored encrypted and never shown again.',
      required: true,
      secret: true,
    },
    user: { kind: 'text', label: 'User', required: true },
    password: {
      kind: 'text',
      label: 'Password',
      help: 'Stored encrypted and never shown again. Empty where the API wants a user alone.',
      secret: true,
    },
    headerName: {
      kind: 'text',
      label: 'Header name',
      help: 'The header by which the API knows its callers.',
      required: true,
      placeholder: 'x-api-key',
    },
    headerValue: {
      kind: 'text',
      label: 'Header value',
      help: 'Stored encrypted and never shown again.',
      required: true,
      secret: true,
    },
    tokenUrl: {
      kind: 'text',
      label: 'Token URL',
      help: 'Where an access token is fetched by client credentials, when there is none or it has run out.',
      required: true,
      address: true,
      url: true,
      placeholder: 'https://login.example.com/oauth2/token',
    },
    clientId: { kind: 'text', label: 'Client id', required: true },
    clientSecret: {
      kind: 'text',
      label: 'Client secret',
      help: 'Stored encrypted and never shown again.',
      required: true,
      secret: true,
    },
    scope: {
      kind: 'text',
      label: 'Scope',
      help: 'What the token is for, where the server asks for that; several are separated by spaces.',
    },
  },
  lookups: [],
  http: true,
})
