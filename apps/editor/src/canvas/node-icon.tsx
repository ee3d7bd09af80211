import type { NodeCategory } from '@millrace/flow'
import {
  Binary,
  Braces,
  CalendarClock,
  CircleStop,
  CornerDownLeft,
  Database,
  FlaskConical,
  GitBranch,
  Globe,
  History,
  ListTree,
  LogOut,
  MessageSquare,
  Paperclip,
  Play,
  Repeat,
  RotateCw,
  Scissors,
  ScrollText,
  Server,
  Shapes,
  Shield,
  SkipForward,
  Sparkles,
  Split,
  ThumbsUp,
  Timer,
  TriangleAlert,
  Variable,
  Webhook,
  Workflow,
  Wrench,
  type LucideIcon,
} from 'lucide-react'
import { PostgresIcon } from './postgres-icon.tsx'

/** The pictures that definitions name: Lucide's own names, and those of systems. */
const icons: Readonly<Record<string, LucideIcon | typeof PostgresIcon>> = {
  binary: Binary,
  braces: Braces,
  'calendar-clock': CalendarClock,
  'circle-stop': CircleStop,
  'corner-down-left': CornerDownLeft,
  database: Database,
  'flask-conical': FlaskConical,
  'git-branch': GitBranch,
  globe: Globe,
  history: History,
  'list-tree': ListTree,
  'log-out': LogOut,
  'message-square': MessageSquare,
  openai: Sparkles,
  postgres: PostgresIcon,
  repeat: Repeat,
  'rotate-cw': RotateCw,
  scissors: Scissors,
  'scroll-text': ScrollText,
  shield: Shield,
  'skip-forward': SkipForward,
  split: Split,
  sqlserver: Server,
  'thumbs-up': ThumbsUp,
  timer: Timer,
  'triangle-alert': TriangleAlert,
  variable: Variable,
  webhook: Webhook,
  workflow: Workflow,
  wrench: Wrench,
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
