import { useEffect, useState } from 'react'
import { IconButton } from './Button'
import { CheckIcon, CopyIcon } from './icons/general'

interface Props {
  readonly label: string
  readonly copy: () => Promise<void>
}

/** Shows a tick for a moment once the text is on the clipboard. */
export function CopyButton({ label, copy }: Props) {
  const [isDone, setDone] = useState(false)
  useEffect(() => {
    if (!isDone) return
    const timer = setTimeout(() => setDone(false), 1600)
    return () => clearTimeout(timer)
  }, [isDone])
  return (
    <IconButton
      icon={isDone ? CheckIcon : CopyIcon}
      label={isDone ? 'Copied' : label}
      className="button-small"
      onPress={() => void copy().then(() => setDone(true))}
    />
  )
}
