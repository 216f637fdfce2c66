import { usePrompts } from '../../stores/prompts'
import { HostKeyDialog } from './HostKeyDialog'
import { SecretDialog } from './SecretDialog'

/** Questions of hosts being connected, one at a time, oldest first. */
export function PromptDialogs() {
  const prompt = usePrompts((state) => state.pending[0])
  if (!prompt) return null
  // The key gives every question fresh fields: an answer must never leak into the next one.
  return prompt.kind === 'host-key' ? (
    <HostKeyDialog key={prompt.id} prompt={prompt} />
  ) : (
    <SecretDialog key={prompt.id} prompt={prompt} />
  )
}
