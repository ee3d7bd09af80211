import type { NodeCategory } from '@millrace/flow'
import {
  Binary,
  Braces,
  CircleStop,
  CornerDownLeft,
  Database,
  FlaskConical,
  GitBranch,
  Globe,
  History,
  MessageSquare,
  Paperclip,
  Play,
  Repeat,
  Scissors,
  ScrollText,
  Server,
  Shapes,
  Sparkles,
  Split,
  Timer,
  Variable,
  Webhook,
  Workflow,
  type LucideIcon,
} from 'lucide-react'
import { PostgresIcon } from './postgres-icon.tsx'

/** The pictures that definitions name: Lucide's own names, and those of systems. */
const icons: Readonly<Record<string, LucideIcon | typeof PostgresIcon>> = {
  binary: Binary,
  braces: Braces,
  'circle-stop': CircleStop,
  'corner-down-left': CornerDownLeft,
  database: Database,
  'flask-conical': FlaskConical,
  'git-branch': GitBranch,
  globe: Globe,
  history: History,
  'message-square': MessageSquare,
  openai: Sparkles,
  postgres: PostgresIcon,
  repeat: Repeat,
  scissors: Scissors,
  'scroll-text': ScrollText,
  split: Split,
  sqlserver: Server,
  timer: Timer,
  variable: Variable,
  webhook: Webhook,
  workflow: Workflow,
}

const byCategory: Readonly<Record<NodeCategory, LucideIcon>> = {
  trigger: Play,
  model: Sparkles,
  data: Database,
  control: GitBranch,
  output: CornerDownLeft,
  attachment: Paperclip,
}

export interface NodeIconProps {
  /** `undefined` for a node whose type is unknown. */
  readonly definition: { readonly icon: string; readonly category: NodeCategory } | undefined
  readonly size?: number
}

/** The picture of a node's type. */
export function NodeIcon({ definition, size = 16 }: NodeIconProps) {
  const Icon =
    definition === undefined ? Shapes : (icons[definition.icon] ?? byCategory[definition.category])
  return <Icon size={size} aria-hidden />
}
