import { defineConnection } from '@millrace/flow'

/** A SQL Server, or Azure SQL. */
export const sqlServerConnection = defineConnection({
  kind: 'sqlserver',
  title: 'SQL Server',
  icon: 'sqlserver',
  description: 'A Microsoft SQL Server, on your own machines or as Azure SQL.',
  ways: [
    {
      label: 'SQL login',
      fields: ['host', 'port', 'database', 'user', 'password', 'encrypt', 'trustServerCertificate'],
    },
    {
      label: 'Entra service principal',
      fields: [
        'host',
        'port',
        'database',
        'tenantId',
        'clientId',
        'clientSecret',
        'encrypt',
        'trustServerCertificate',
      ],
    },
    { label: 'Connection string', fields: ['connectionString'] },
  ],
  fields: {
    host: {
      kind: 'text',
      label: 'Host',
      help: 'The name of the server, such as my-server.database.windows.net.',
      required: true,
      address: true,
      placeholder: 'my-server.database.windows.net',
    },
    port: {
      kind: 'number',
      label: 'Port',
      help: 'Of a named instance, the port that it listens on.',
      default: 1433,
      address: true,
    },
    database: { kind: 'text', label: 'Database', required: true },
    user: { kind: 'text', label: 'User', required: true },
    password: {
      kind: 'text',
      label: 'Password',
      help: 'Stored encrypted and never shown again.',
      required: true,
      secret: true,
    },
    tenantId: {
      kind: 'text',
      label: 'Tenant id',
      help: 'The id of the Entra tenant that the service principal belongs to.',
      required: true,
    },
    clientId: {
      kind: 'text',
      label: 'Client id',
      help: 'The id of the application that signs in.',
      required: true,
    },
    clientSecret: {
      kind: 'text',
      label: 'Client secret',
      help: 'Stored encrypted and never shown again.',
      required: true,
      secret: true,
    },
    encrypt: {
      kind: 'boolean',
      label: 'Encrypt',
      help: 'Whether the connection is encrypted. Azure SQL takes encrypted ones only.',
      default: true,
    },
    trustServerCertificate: {
      kind: 'boolean',
      label: 'Trust server certificate',
      help: 'Takes the certificate of the server without checking it. For a server with a certificate of its own making.',
      default: false,
    },
    connectionString: {
      kind: 'text',
      label: 'Connection string',
      help: 'As SQL Server has it: Server=host,1433;Database=…;User Id=…;Password=…. Stored encrypted and never shown again.',
      required: true,
      secret: true,
      placeholder: 'Server=…;Database=…',
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
