import { defineConnection } from '@millrace/flow'

/** A PostgreSQL server, or anything that speaks its protocol. */
export const postgresConnection = defineConnection({
  kind: 'postgres',
  title: 'PostgreSQL',
  icon: 'postgres',
  description:
    'A PostgreSQL server, on your own machines or in a cloud. Vectors need its extension pgvector.',
  ways: [
    {
      label: 'Host and user',
      fields: ['host', 'port', 'database', 'user', 'password', 'tls'],
    },
    { label: 'Connection string', fields: ['connectionString'] },
  ],
  fields: {
    host: {
      kind: 'text',
      label: 'Host',
      help: 'The name or address of the server.',
      required: true,
      address: true,
      placeholder: 'db.example.com',
    },
    port: { kind: 'number', label: 'Port', default: 5432, address: true },
    database: { kind: 'text', label: 'Database', required: true },
    user: { kind: 'text', label: 'User', required: true },
    password: {
      kind: 'text',
      label: 'Password',
      help: 'Stored encrypted and never shown again.',
      secret: true,
    },
    tls: {
      kind: 'choice',
      label: 'TLS',
      help: 'Whether the connection is encrypted, and whether the certificate of the server is checked.',
      default: 'verify',
      options: {
        verify: 'Encrypted, certificate checked',
        require: 'Encrypted, certificate not checked',
        off: 'Not encrypted',
      },
    },
    connectionString: {
      kind: 'text',
      label: 'Connection string',
      help: 'As PostgreSQL has it: postgres://user:password@host:5432/database?sslmode=require. Stored encrypted and never shown again.',
      required: true,
      secret: true,
      placeholder: 'postgres://…',
    },
    connectTimeoutSeconds: {
      kind: 'number',
      label: 'Connect timeout',
      help: 'How many seconds it may take to connect.',
      default: 60,
    },
  },
  lookups: ['tables'],
})
