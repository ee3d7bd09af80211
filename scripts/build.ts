// Builds the editor, the chat and the server bundle into apps/*/dist.
import { artifacts, build, exitUnbuilt } from './artifacts.ts'

for (const artifact of artifacts) await build(artifact).catch(exitUnbuilt)
