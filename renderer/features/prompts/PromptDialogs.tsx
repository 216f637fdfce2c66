import { useEffect, useRef, useState } from 'react'
import type { HostId, PromptId } from '../../../shared/model/ids'
import type { PendingPrompt } from '../../../shared/model/prompt'
import { useDialog, type DialogRequest } from '../../stores/dialogs'
import { usePrompts } from '../../stores/prompts'
import { HostKeyDialog } from './HostKeyDialog'
import { PromptBar } from './PromptBar'
import { SecretDialog } from './SecretDialog'

/**
 * Questions of hosts being connected, one at a time, oldest first. One that comes while the user is busy with another
 * dialog, or typing, waits in a bar: a password must never be typed into the wrong place, nor anything else into it.
 */
export function PromptDialogs() {
  const pending = usePrompts((state) => state.pending)
  const [prompt] = pending
  const [isShown, show] = useIsShown(prompt?.id, prompt?.host)
  if (!prompt) return null
  if (!isShown) return <PromptBar pending={pending} onAnswer={show} />
  const queue = <Queue pending={pending} />
  // The key gives every question fresh fields: an answer must never leak into the next one.
  return prompt.kind === 'host-key' ? (
    <HostKeyDialog key={prompt.id} prompt={prompt} queue={queue} />
  ) : (
    <SecretDialog key={prompt.id} prompt={prompt} queue={queue} />
  )
}

function useIsShown(id: PromptId | undefined, host: HostId | undefined): [boolean, () => void] {
  const isOtherOpen = useDialog(({ open }) => open !== undefined && !waitsFor(open, host))
  const [shown, setShown] = useState<PromptId>()
  const before = useRef<PromptId>(undefined)
  useEffect(() => {
    if (id === undefined) {
      before.current = undefined
      return undefined
    }
    const showIfFree = (): void => {
      if (isOtherOpen) return
      // the user answers one after the other: the next takes the place of the one before
      const isNext = before.current !== undefined && before.current !== id
      if (isNext || !isTyping()) {
        before.current = id
        setShown(id)
      }
    }
    showIfFree()
    const onFocus = (): void => void setTimeout(showIfFree)
    document.addEventListener('focusout', onFocus)
    return () => document.removeEventListener('focusout', onFocus)
  }, [id, isOtherOpen])
  return [
    id !== undefined && shown === id,
    () => {
      before.current = id
      setShown(id)
    },
  ]
}

/** Whoever watches the diagnosis of a host waits for its questions, and has nothing there to type into. */
function waitsFor(dialog: DialogRequest, host: HostId | undefined): boolean {
  return dialog.kind === 'diagnosis' && dialog.host === host
}

function isTyping(): boolean {
  const active = document.activeElement
  return active?.matches('input, textarea, [contenteditable], .console-target *') ?? false
}

/** How many questions there are, and whose come next. */
function Queue({ pending }: { pending: readonly PendingPrompt[] }) {
  if (pending.length < 2) return null
  const next = pending.slice(1).map(({ hostLabel }) => hostLabel)
  return (
    <span className="prompt-queue push truncate secondary" title={`Next: ${next.join(', ')}`}>
      1 of {pending.length}, next {next[0]}
    </span>
  )
}
