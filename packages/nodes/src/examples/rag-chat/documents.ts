/** A passage of the documents that the example answers from. */
export interface ExampleDocument {
  readonly id: string
  readonly title: string
  readonly content: string
  /** A file of this repository that says more. */
  readonly link: string
}

/** What the example knows: Millrace itself. Each passage stands by itself, since each is found alone. */
export const exampleDocuments: readonly ExampleDocument[] = [
  {
    id: 'what-is-millrace',
    title: 'What Millrace is',
    content:
      'Millrace is a visual designer and a runtime for the back ends of streaming chats. A designer draws a flow in the browser, watches it run on the canvas, and chat clients call it over HTTP. A mill race is the channel that leads water to a mill wheel: it turns a stream into steady work.',
    link: 'README.md',
  },
  {
    id: 'start',
    title: 'Installing and starting Millrace',
    content:
      'To install and start Millrace, clone the repository and run "npx -y pnpm@12.21.0 install" and then "npx -y pnpm@12.21.0 start". The server listens on http://localhost:4400 and serves the designer at that address. Nothing else has to be installed: its own database and a demo model come with it.',
    link: 'README.md',
  },
  {
    id: 'flow',
    title: 'What a flow is',
    content:
      'A flow is a document of nodes, edges and variables, with the layout of the canvas apart from the logic. It is stored as canonical JSON: the same flow always gives the same bytes, so that flows can be kept and compared in git.',
    link: 'packages/flow/README.md',
  },
  {
    id: 'kinds-of-nodes',
    title: 'Triggers, actions and resources',
    content:
      'There are three kinds of nodes. A trigger starts a flow, an action does one step of it, and a resource is attached to another node and called by that node. A text embedder and a history reducer are resources.',
    link: 'ARCHITECTURE.md',
  },
  {
    id: 'structured',
    title: 'Why a flow reads like a program',
    content:
      'An exit of a node takes at most one edge and a node is entered by at most one, so a flow is a tree of blocks, like a structured program. A node that repeats or branches owns blocks of its own, and what comes after it is connected to its exit Continue.',
    link: 'packages/flow/README.md',
  },
  {
    id: 'streaming',
    title: 'How streaming works',
    content:
      'Streaming is control flow. Streaming chat completion runs the nodes at its exit For each message once for every piece that the model streams, and goes on at Continue when the answer is complete. Any node may stand there, so streaming never depends on the shape of the graph.',
    link: 'docs/nodes/openai.streamingChatCompletion.md',
  },
  {
    id: 'yield-return',
    title: 'Sending something to the client',
    content:
      'Yield return sends one value to the client at once, and the flow goes on after it. It may stand anywhere: in a loop, in a branch, before or after other work. Return ends the flow with a value instead.',
    link: 'docs/nodes/flow.yieldReturn.md',
  },
  {
    id: 'trigger',
    title: 'What starts a chat flow',
    content:
      'The Chat completion trigger starts a flow when a chat client sends a message. Its variable chatCompletionRequest holds the id of the session, the prompt, the context and the history that the client sent. Runs in the designer use its test data.',
    link: 'docs/nodes/chat.trigger.md',
  },
  {
    id: 'search-vectors',
    title: 'Finding passages by meaning',
    content:
      'Search vectors finds the records in a PostgreSQL table whose meaning is nearest to a text. The text embedder attached to it turns the question into a vector, and pgvector compares that with the vectors in the table. Top says how many passages are found; by default it is three.',
    link: 'docs/nodes/postgres.searchVectors.md',
  },
  {
    id: 'score',
    title: 'What the score of a hit means',
    content:
      'The score of a hit is a distance: the smaller it is, the closer the passage is to the question. Cosine distances go from 0 to 2. A score limit leaves out the hits that are further away than it says.',
    link: 'docs/nodes/postgres.searchVectors.md',
  },
  {
    id: 'record-definition',
    title: 'Describing a table of vectors',
    content:
      'The record definition of Search vectors says which columns of the table hold the key, the vector and the content. Columns marked as metadata come along with each hit and can be used in its prompt template, written as @[link]. The vector itself is never returned.',
    link: 'docs/nodes/postgres.searchVectors.md',
  },
  {
    id: 'save-vectors',
    title: 'Building a knowledge base',
    content:
      'Save vectors builds a knowledge base: it cuts a text into pieces with its text splitter, embeds them with its text embedder, and stores them in a table. Pieces that were stored before for the same document are replaced, so a document can be saved again whenever it has changed.',
    link: 'docs/nodes/postgres.saveVectors.md',
  },
  {
    id: 'text-embedder',
    title: 'Turning text into vectors',
    content:
      'A Text embedder turns texts into vectors, so that they can be compared by meaning. What is searched must have been stored with the same embedding model. The demo connection has a real one: the Universal Sentence Encoder, which knows English and gives 512 numbers for a text.',
    link: 'docs/nodes/openai.textEmbedder.md',
  },
  {
    id: 'get-single-value',
    title: 'Reading the stored history of a chat',
    content:
      'Get single value runs a SQL statement and gives the first column of its first row, or null when there is no row. The example reads the stored chat history of a session with it. On the first question there is none yet.',
    link: 'docs/nodes/postgres.getSingleValue.md',
  },
  {
    id: 'upsert-row',
    title: 'Saving the history of a chat',
    content:
      'Insert or update row writes one row of a table: it updates the row with the same key, or inserts a new one. The example saves the chat history with it after the answer was streamed, so the client never waits for that.',
    link: 'docs/nodes/postgres.upsertRow.md',
  },
  {
    id: 'sql-safety',
    title: 'How SQL stays safe',
    content:
      'Values never become part of the text of a SQL statement. A statement names its parameters as @SessionId, and their values are bound when it runs, so SQL injection by a value is impossible. Names of tables and columns are looked up in the catalogue of the database and quoted.',
    link: 'docs/nodes/postgres.executeCommand.md',
  },
  {
    id: 'history',
    title: 'How a conversation is remembered',
    content:
      'A flow remembers nothing between two runs, so the history of a conversation has to come with each question. Either the client sends its own history, or the flow reads it from a table by the id of the session. The variable response holds the history with the newest question and answer, as JSON text for storing.',
    link: 'docs/nodes/openai.streamingChatCompletion.md',
  },
  {
    id: 'history-reducer',
    title: 'Keeping long conversations short',
    content:
      'A Chat history truncation reducer keeps only the latest messages of a long conversation before a model gets them. It is attached to a chat completion. Its target count says how many messages stay; its threshold says how many more there may be before it cuts.',
    link: 'docs/nodes/chat.historyTruncationReducer.md',
  },
  {
    id: 'prompt-template',
    title: 'Putting passages into a prompt',
    content:
      'The prompt template of a chat completion says how the context and the question become one message. The placeholder @@context stands for what was found, and @@userPrompt for what the user asked. What a variable holds is never read as a placeholder.',
    link: 'docs/nodes/openai.streamingChatCompletion.md',
  },
  {
    id: 'chat-completion',
    title: 'Answers that are not streamed',
    content:
      'Chat completion asks a model and goes on when the whole answer is there. It has the same properties as Streaming chat completion. Use it where a later step needs the complete text, for example to classify a question or to summarise a document.',
    link: 'docs/nodes/openai.chatCompletion.md',
  },
  {
    id: 'connections',
    title: 'Connections and secrets',
    content:
      'A connection is a named set of addresses and secrets, such as an API key. A flow only names its connections and never holds a secret. Secrets are encrypted when they are stored, and are never shown again.',
    link: 'docs/connections/README.md',
  },
  {
    id: 'openai-connection',
    title: 'Connecting a real model',
    content:
      'To use a real model, create an OpenAI connection and choose it in the chat node. The same kind of connection reaches every server that speaks the protocol of OpenAI: Azure OpenAI, Ollama, vLLM, LM Studio, LiteLLM and OpenRouter. Test tells which models it offers, or what would mend it.',
    link: 'docs/connections/openai.md',
  },
  {
    id: 'demo-model',
    title: 'The demo model',
    content:
      'The demo model is not an AI. It needs no key, quotes the sentences of the context that share the most words with the question, and streams them at a human pace. It is there to try flows before a real model is connected, and says what it is in every answer.',
    link: 'docs/connections/demo.md',
  },
  {
    id: 'embedded-postgres',
    title: 'The embedded database',
    content:
      'Embedded PostgreSQL is a real PostgreSQL with pgvector inside the Millrace server, which needs no set-up. It is meant for trying things and for small collections. It does not force its writes to the disk, so a crash of the machine can lose what was written last.',
    link: 'docs/connections/embedded-postgres.md',
  },
  {
    id: 'real-databases',
    title: 'Moving to a database server',
    content:
      'To move from the embedded database to a server of your own, create a PostgreSQL or SQL Server connection, create the tables there, and choose the connection in the nodes. The statements and the flow stay the same. Vectors need the extension pgvector on the PostgreSQL server.',
    link: 'docs/connections/postgres.md',
  },
  {
    id: 'sql-server',
    title: 'SQL Server',
    content:
      'A SQL Server connection takes a SQL login, a service principal of Microsoft Entra, or a connection string. SQL Server and Azure SQL have the same data nodes as PostgreSQL, except for the vectors. Many teams keep their chat history there.',
    link: 'docs/connections/sqlserver.md',
  },
  {
    id: 'variables',
    title: 'Variables and their scope',
    content:
      'A node gives its result a name, and that variable is visible to the nodes after it in the same block and in the blocks inside it. The variable message exists only at For each message. Renaming a variable changes every reference to it.',
    link: 'packages/flow/README.md',
  },
  {
    id: 'expressions',
    title: 'Expressions',
    content:
      'A property can hold an expression in CEL, the Common Expression Language. Expressions are checked for their types before a run, and bounded in time and memory during it. They cannot reach the network, the file system or JavaScript.',
    link: 'packages/flow/README.md',
  },
  {
    id: 'problems',
    title: 'Mistakes are found before a run',
    content:
      'A flow is checked while it is drawn. A missing property, a broken reference or a wrong type is a problem, shown at its field, on its node and in a list, with what to do about it. A flow with an error can be saved, but not run.',
    link: 'packages/flow/README.md',
  },
  {
    id: 'events',
    title: 'A run is a log of events',
    content:
      'Everything that happens in a run is an event with a number. The chat client, the canvas and the history of runs read the same log. That is why a client that was cut off can go on with exactly the next event.',
    link: 'packages/engine/README.md',
  },
  {
    id: 'resume',
    title: 'Resuming after a lost connection',
    content:
      'A client that lost its connection comes back with the header Last-Event-ID and gets the event after that one, with none missing and none twice. The package @millrace/client does that by itself. The server needs no Redis for it.',
    link: 'packages/client/README.md',
  },
  {
    id: 'disconnect',
    title: 'Stopping a run, and clients that leave',
    content:
      'Stopping a run closes the connection to the model at once, so that no more tokens are paid for. What happens when a client leaves is set for each flow: cancel the run, wait a while for the client to come back, or let it finish.',
    link: 'README.md',
  },
  {
    id: 'call-a-flow',
    title: 'Calling a flow from a program',
    content:
      'A program calls a flow with POST /api/flows/{id}/stream and a JSON body with sessionId and prompt. The answer is a stream of server-sent events, or lines of JSON, or one JSON array, as the Accept header says. A flow that returns one value is called with POST /api/flows/{id}/run.',
    link: 'apps/server/README.md',
  },
  {
    id: 'client-library',
    title: 'The client for TypeScript',
    content:
      'The package @millrace/client calls flows from TypeScript, in a browser or in Node.js. A stream gives each value exactly once and in order, and resumes by itself. It tells text, sources and status lines apart.',
    link: 'packages/client/README.md',
  },
  {
    id: 'command-line',
    title: 'The command line',
    content:
      'The command "millrace run flow.json" runs a flow file in the terminal and prints the answer while it streams. "millrace check flow.json" lists the problems of a flow and ends with exit code 1 if it has errors, which suits a build pipeline.',
    link: 'apps/cli/README.md',
  },
  {
    id: 'canvas',
    title: 'Watching a run on the canvas',
    content:
      'While a flow runs, the tokens appear inside the node that streams them, and each node shows how often and how long it ran. The chat preview beside the canvas runs the flow as it is drawn, saved or not. Each turn can be opened to see what the model got and where the time went.',
    link: 'README.md',
  },
  {
    id: 'data-directory',
    title: 'Where data is stored',
    content:
      'Flows, connections and runs are stored in a data directory, by default .millrace in the directory where the server was started. MILLRACE_DATA_DIR names another one. Only one server at a time can use a data directory; to back it up, stop the server and copy it.',
    link: 'apps/server/README.md',
  },
  {
    id: 'network-safety',
    title: 'Which addresses a flow may reach',
    content:
      'The server listens on this machine only. When a flow connects to an address, private and reserved ones are refused unless an operator has listed them in MILLRACE_ALLOW_HOSTS. The address is checked after its name was resolved, and output of a model is never run as code.',
    link: 'SECURITY.md',
  },
  {
    id: 'own-nodes',
    title: 'Adding a node',
    content:
      'A node is a folder with a definition and a run function. From the definition come the card on the canvas, the form, the checks, the types and the page in the documentation. It is listed in the registry, and the types of the run function follow from the definition.',
    link: 'ARCHITECTURE.md',
  },
]
